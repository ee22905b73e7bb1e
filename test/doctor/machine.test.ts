import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Check, clockChecks, type Found } from "../../src/doctor/index.ts";
import { createHttpServer, portCheck } from "../../src/http/index.ts";
import { systemClock } from "../../src/parts/index.ts";
import { directoryChecks } from "../../src/store/examine-directory.ts";
import { openStore, storeChecks } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";

const { signal } = new AbortController();
const look = async (checks: readonly Check[], name: string): Promise<Found> => {
  const check = checks.find((one) => one.name === name);
  if (check === undefined) {
    throw new Error(`there is no check ${name}`);
  }
  return check.look(signal);
};
const said = (found: Found) => (found.state === "failed" ? `${found.says} ${found.todo}` : found.says);

describe("doctor, of the embedded store", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "deskhand-doctor-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const open = (directory: string) =>
    openStore({
      ...{ location: { kind: "file", directory }, clock: systemClock, log: createRecordingLog(), processId: "test" },
    });
  const checksOf = (directory: string) => storeChecks({ location: { kind: "file", directory }, clock: systemClock });
  const prepared = async (name: string, change: (database: DatabaseSync) => void) => {
    const directory = join(folder, name);
    const opened = await open(directory);
    await (opened.ok ? opened.store.stop() : undefined);
    const database = new DatabaseSync(join(directory, "deskhand.db"));
    change(database);
    database.close();
    return directory;
  };
  const reasonOf = async (directory: string) => {
    const opened = await open(directory);
    return opened.ok ? opened.store.stop().then(() => "opened") : opened.reason;
  };

  it("is content with a directory that is not there yet, and makes nothing", async () => {
    const checks = checksOf(join(folder, "new", "deep"));
    const findings = await Promise.all(checks.map((check) => check.look(signal)));

    expect(findings.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(await readdir(folder)).not.toContain("new");
  });

  it("looks at a store beside the bot that runs on it, and leaves nothing in it", async () => {
    const directory = join(folder, "running");
    const opened = await open(directory);
    if (!opened.ok) {
      throw new Error(opened.reason);
    }
    const findings = await Promise.all(checksOf(directory).map((check) => check.look(signal)));
    const ready = opened.store.ready();
    await opened.store.stop();
    const database = new DatabaseSync(join(directory, "deskhand.db"));
    const rows = database.prepare("select count(*) as rows from cards").get();
    database.close();

    expect(findings.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
    expect([ready, rows?.rows]).toEqual([true, 0]);
    expect(await readdir(directory)).toEqual(["deskhand.db"]);
  });

  it("notes tables that the next start brings up to date, and does not do it itself", async () => {
    const directory = await prepared("older", (database) => {
      database.exec("delete from schema_version where version > 1");
    });

    expect(await look(checksOf(directory), "tables")).toMatchObject({
      state: "note",
      says: expect.stringMatching(/version 1/),
    });
    expect(await look(checksOf(directory), "write")).toMatchObject({ state: "ok" });
    expect(await look(checksOf(directory), "tables")).toMatchObject({ state: "note" });
  });

  it("says of a store of a later release what the start says", async () => {
    const directory = await prepared("newer", (database) => {
      database.exec("insert into schema_version values (9999, 0)");
    });
    const found = await look(checksOf(directory), "tables");

    expect(found.state).toBe("failed");
    expect(said(found)).toBe(await reasonOf(directory));
  });

  it("says of a file that is no database what the start says, and leaves it alone", async () => {
    const directory = join(folder, "letter");
    await mkdir(directory);
    await writeFile(join(directory, "deskhand.db"), "This is a letter and no database. ".repeat(100));
    const found = await look(checksOf(directory), "tables");

    expect(found.state).toBe("failed");
    expect(said(found)).toBe(await reasonOf(directory));
  });

  it("says of a directory that is a file what the start says", async () => {
    await writeFile(join(folder, "file"), "");
    const found = await look(checksOf(join(folder, "file")), "directory");

    expect(said(found)).toBe(await reasonOf(join(folder, "file")));
  });

  it("says of a full disk that there is no room, and notes one that is nearly full, slow, or somewhere else", async () => {
    const disk = { type: 0, free: 10e9 };
    const about = (more: Partial<typeof disk>, sync = async () => {}) =>
      look(
        directoryChecks({
          directory: folder,
          clock: systemClock,
          disk: { about: async () => ({ ...disk, ...more }), sync },
        }),
        "disk",
      );
    const full = () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));

    expect(said(await about({}, full))).toContain("has no room left. Make some");
    expect(await about({ free: 1e6 })).toMatchObject({
      state: "note",
      says: expect.stringMatching(/^Only 0 MB are free/),
    });
    expect(await about({ type: 0x6969 })).toMatchObject({ state: "note", says: expect.stringMatching(/NFS/) });
    expect(await about({})).toMatchObject({ state: "ok" });
  });

  it("says of a database that is locked what the start says", { timeout: 30_000 }, async () => {
    const directory = await prepared("locked", () => {});
    const holder = new DatabaseSync(join(directory, "deskhand.db"));
    holder.exec("begin immediate");
    const [found, reason] = await Promise.all([look(checksOf(directory), "write"), reasonOf(directory)]);
    holder.close();

    expect(said(found)).toContain("another process keeps the database locked");
    expect(said(found)).toBe(reason);
  });

  it("says of a PostgreSQL that nobody listens for what to check, without the password", async () => {
    const location = { kind: "postgres", url: () => "postgres://desk:geheim@127.0.0.1:9/desk" } as const;
    const found = await look(storeChecks({ location, clock: systemClock }), "server");

    expect(found).toMatchObject({
      state: "failed",
      says: expect.stringMatching(/127\.0\.0\.1:9 cannot be used: it cannot be reached/),
    });
    expect(JSON.stringify(found)).not.toContain("geheim");
  });
});

describe("doctor, of the port", () => {
  const serve = (ready: boolean) =>
    createHttpServer({
      ...{ host: "127.0.0.1", port: 0, routes: [] },
      readiness: () => [
        { part: "store", ready: true },
        { part: "lark", ready },
      ],
    });

  it("says of a running Deskhand that it is ready, or which parts are not", async () => {
    for (const ready of [true, false]) {
      const server = serve(ready);
      const listening = await server.start();
      const found = await portCheck({ host: "127.0.0.1", port: listening.ok ? listening.port : 0 }).look(signal);
      await server.stop(0);

      expect(found).toMatchObject(
        ready
          ? { state: "ok", says: expect.stringMatching(/ready/) }
          : { state: "note", says: expect.stringMatching(/not ready: lark/) },
      );
    }
  });

  it("says of a port that something else uses what the start says", async () => {
    const other: Server = createServer((_, response) => response.end("<html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const found = await portCheck({ host: "127.0.0.1", port }).look(signal);
    const server = createHttpServer({ host: "127.0.0.1", port, readiness: () => [], routes: [] });
    const listening = await server.start();
    other.close();
    other.closeAllConnections();

    expect(found.state).toBe("failed");
    expect(said(found)).toBe(listening.ok ? "" : listening.reason);
  });

  it("is content with a free port, and leaves it free", async () => {
    expect(await portCheck({ host: "127.0.0.1", port: 0 }).look(signal)).toMatchObject({ state: "ok" });
  });
});

describe("doctor, of the clock", () => {
  const refused = { says: "Alibaba Cloud refused the time.", todo: "Set the clock right." };
  let server: Server;
  let url = "";
  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const offBy = (milliseconds: number, at = url) =>
    look(
      clockChecks({ servers: [{ name: "Alibaba Cloud", url: at }], now: () => Date.now() + milliseconds, refused }),
      "Alibaba Cloud",
    );

  it("agrees with a server within a minute, notes what is more, and fails with what is refused", async () => {
    expect(await offBy(0)).toMatchObject({ state: "ok" });
    expect(await offBy(-55_000)).toMatchObject({ state: "ok" });
    expect(await offBy(90_000)).toMatchObject({
      state: "note",
      says: expect.stringMatching(/(?:89|90|91) seconds ahead of/),
    });
    expect(await offBy(-3_600_000)).toEqual({
      state: "failed",
      says: "This clock is 60 minutes behind that of Alibaba Cloud. Alibaba Cloud refused the time.",
      todo: "Set the clock right.",
    });
  });

  it("notes a server that cannot be asked: other checks say why", async () => {
    expect(await offBy(0, "http://127.0.0.1:9/")).toEqual({
      state: "note",
      says: "Alibaba Cloud did not tell the time.",
    });
  });
});
