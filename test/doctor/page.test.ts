import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { textsOf } from "../../src/cards/index.ts";
import { parts } from "../../src/doctor/index.ts";
import { ownFailure } from "../../src/fleet/index.ts";
import { listenFault } from "../../src/http/listen-fault.ts";
import { proxyFaultOf } from "../../src/network/index.ts";
import { emptyFleet } from "../../src/parts/in-force.ts";
import { newerFault, storeFault } from "../../src/store/reasons.ts";

const page = await readFile("docs/doctor.md", "utf8");
const rows = page
  .slice(page.indexOf("## When something is wrong"), page.indexOf("## As JSON"))
  .split("\n")
  .filter((line) => /^\| (?!---|what is said)/.test(line))
  .map((line) => line.split(" | ")[0]?.slice(2) ?? "");

const failureOf = (kind: Parameters<typeof ownFailure>[0], code?: string) =>
  textsOf("en").failure({ ...ownFailure(kind).failure, code }).happened;
const stored = (errcode: number) =>
  storeFault(Object.assign(new Error("sqlite"), { errcode }), { kind: "file", directory: "data" }).says;

it("each sentence of the table of docs/doctor.md is one that the code says", () => {
  const sentences = [
    ...["InvalidCredentials", "InvalidSecurityToken.Expired", "InvalidAccessKeyId"].map((code) =>
      failureOf("credentials", code),
    ),
    ...(["signature", "denied", "clock", "unreachable", "unreadable", "throttled"] as const).map((kind) =>
      failureOf(kind),
    ),
    ...["ENOTFOUND", "EPROTO"].map((code) => failureOf("unreachable", code)),
    emptyFleet,
    ...[407, 403, 502].map((statusCode) => proxyFaultOf({ code: "ERR_PROXY_TUNNEL", statusCode }, true)?.reason ?? ""),
    proxyFaultOf({ code: "ECONNREFUSED", syscall: "connect" }, true)?.reason ?? "",
    newerFault({ version: 2, known: 1 }).says,
    ...[13, 5, 26].map(stored),
    listenFault(Object.assign(new Error("in use"), { code: "EADDRINUSE" }), { host: "127.0.0.1", port: 80 }).says,
  ];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => !sentences.some((sentence) => sentence.includes(row.replace(/\.$/, ""))))).toEqual([]);
});

it("every part is named in docs/doctor.md", () => {
  expect(parts.filter((part) => !page.includes(part))).toEqual([]);
});
