import { afterEach, beforeEach, expect, test } from "vitest";
import { renderJson, renderText } from "../../adapters/terminal/index.ts";
import type { FailureKind as Ordered } from "../../src/simulator/index.ts";
import { type Desk, openDesk } from "./desk.ts";

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk({ runtimes: 60, providers: ["OpenClaw"], timeout: "300ms", attempts: 2 });
});

afterEach(() => desk.close());

const command = "/runtimes status=Running";

/** What the API can do to a call, what becomes of it, and a word that the person reads. */
const faults: readonly (readonly [string, { kind: Ordered; status?: number; code?: string }, string, string])[] = [
  ["an HTML page of a proxy", { kind: "html" }, "unreadable", "proxy"],
  ["a body that is cut", { kind: "truncated" }, "unreadable", "not an answer"],
  ["an empty body", { kind: "empty" }, "unreadable", "not an answer"],
  ["a reset connection", { kind: "reset" }, "unreachable", "cannot be reached"],
  ["no answer at all", { kind: "hang" }, "timeout", "did not answer in time"],
  ["a RAM denial", { kind: "deny" }, "denied", "appstreaming:ListDesktopAgentRuntime"],
  ["an error in a 200", { kind: "error-in-200", code: "InternalError" }, "service", "failed to answer"],
  ["an internal error", { kind: "error", status: 500, code: "InternalError" }, "service", "failed to answer"],
  [
    "a refused parameter",
    { kind: "error", status: 400, code: "InvalidParameter.BizType" },
    "parameter",
    "refused a value",
  ],
  ["a wrong signature", { kind: "error", status: 400, code: "SignatureDoesNotMatch" }, "signature", "secret"],
  ["an unknown key", { kind: "error", status: 404, code: "InvalidAccessKeyId.NotFound" }, "credentials", "access key"],
  ["a clock that is off", { kind: "error", status: 400, code: "InvalidTimeStamp.Expired" }, "clock", "clock"],
];

test.each(faults)("%s becomes a card that says what happened and what to do", async (_name, fault, kind, word) => {
  desk.simulator.faults.fail(10, fault);
  const answer = await desk.ask(command);
  expect(answer).toMatchObject({ kind: "failure", failure: { kind } });
  const text = renderText(await desk.card(command), { width: 200, colour: false });
  expect(text).toContain(word);
  expect(text).toContain(`Try again: ${command}`);
  expect(text).not.toMatch(/\bat .+\.ts:\d+|undefined|\[object/);
});

test("a failure names the request id", async () => {
  desk.simulator.faults.fail(10, { kind: "deny" });
  const card = await desk.card(command);
  expect(renderText(card, { width: 200, colour: false })).toMatch(/Request id [0-9A-F-]{36}/);
});

test("throttling that ends is waited for and leaves a list", async () => {
  desk.simulator.faults.throttle(1);
  expect(await desk.ask(command)).toMatchObject({ kind: "list" });
});

test("throttling that stays becomes a card", async () => {
  desk.simulator.faults.throttle(10);
  expect(await desk.ask(command)).toMatchObject({ kind: "failure", failure: { kind: "throttled", attempts: 2 } });
});

test("an answer slower than the caller's deadline is given up", async () => {
  desk.simulator.faults.fail(10, { kind: "hang" });
  const answer = await desk.ask(command, AbortSignal.timeout(100));
  expect(answer).toMatchObject({ kind: "failure", failure: { kind: "timeout" } });
});

test("nothing that is shown of a failure holds the key, the signature or the address", async () => {
  // The simulator's answer to a wrong signature carries the string to sign, as the service's does.
  desk.simulator.faults.fail(10, {
    kind: "error",
    status: 400,
    code: "SignatureDoesNotMatch",
    message: "AccessKeyId=LTAI5tSECRETKEY&Signature=abc%3D http://10.0.0.1/?AccessKeyId=LTAI5tSECRETKEY",
  });
  const json = renderJson(await desk.card(command));
  expect(json).not.toMatch(/LTAI5tSECRETKEY|abc%3D|10\.0\.0\.1/);
});
