import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { inOne, storeError, storeFault } from "../../src/store/reasons.ts";

const fileReason = (error: unknown, directory: string) => inOne(storeFault(error, { kind: "file", directory }));
const postgresReason = (error: unknown, url: string) => inOne(storeFault(error, { kind: "postgres", url: () => url }));
const coded = (code: string, message = "") => Object.assign(new Error(message), { code });

describe("the reason why a store cannot be used", () => {
  it.each([
    ["EACCES", "may not be written by this user"],
    ["EROFS", "read-only"],
    ["ENOSPC", "no room left"],
    ["ENOTDIR", "is not a directory"],
  ])("names the directory and what to do for %s", (code, words) => {
    const reason = fileReason(coded(code), "/var/lib/deskhand");

    expect(reason).toContain("/var/lib/deskhand");
    expect(reason).toContain(words);
  });

  it("says that the disk is full when SQLite does", () => {
    const database = new DatabaseSync(":memory:");
    database.exec("create table letters (text); pragma max_page_count = 3");
    let error: unknown;
    try {
      database.exec("insert into letters values (zeroblob(100000))");
    } catch (thrown) {
      error = thrown;
    }
    database.close();

    expect(fileReason(error, "/data")).toBe("The store in /data cannot be used: the disk is full (13). Make room.");
  });

  it.each([
    ["28P01", "refuses the user or the password"],
    ["3D000", "no database of this name"],
    ["ECONNREFUSED", "cannot be reached"],
    ["ENOTFOUND", "cannot be reached"],
    ["ETIMEDOUT", "does not answer"],
    ["42501", "allowed to create tables"],
    ["42703", "a database or a schema of its own"],
  ])("names the server and no password for %s", (code, words) => {
    const reason = postgresReason(coded(code), "postgres://deskhand:geheim@db.example:5433/desk");

    expect(reason).toContain(" at db.example:5433 ");
    expect(reason).toContain(words);
    expect(reason).not.toContain("geheim");
  });

  it("names no server when a part of the password could be taken for it", () => {
    const reason = postgresReason(coded("ECONNREFUSED"), "postgres://deskhand:12/34@db.example/desk");

    expect(reason).not.toContain("12");
  });
});

describe("an error of the store", () => {
  it("carries no address and nothing of what the library hung on it", () => {
    const thrown = Object.assign(new Error("no route to postgres://deskhand:geheim@db.example/desk"), {
      client: { password: "geheim" },
      detail: "Key (content)=(a message) exists",
    });

    const error = storeError(thrown);

    expect(error.message).toBe("no route to [address]");
    expect(JSON.stringify({ ...error })).toBe("{}");
  });

  it("keeps its code, and says the same when it is described again", () => {
    const once = storeError(coded("XX000", "something odd"));

    expect(once.message).toBe("something odd (XX000)");
    expect(storeError(once).message).toBe(once.message);
  });
});
