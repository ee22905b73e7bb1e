import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodyOf, createCaller, idsOf, still } from "./calls.ts";

let simulator = still();
let call = createCaller("");
beforeEach(async () => {
  simulator = still();
  call = createCaller((await simulator.start()).endpoint);
});
afterEach(() => simulator.stop());

const page = (number: number, size = 10) => ({
  query: { AgentProvider: "OpenClaw", PageSize: String(size), PageNumber: String(number) },
});

describe("a fault", () => {
  it("throttles as many requests as were ordered", async () => {
    simulator.faults.throttle(2, 700);
    const answers = [await call(), await call(), await call()];
    expect(answers.map((answer) => [answer.status, bodyOf(answer).Code, answer.headers["x-acs-retry-after"]])).toEqual([
      [400, "Throttling.User", "700"],
      [400, "Throttling.User", "700"],
      [200, undefined, undefined],
    ]);
  });

  it("is served after the ones ordered before, and not to those who are refused anyway", async () => {
    simulator.faults.fail(1, { status: 503, code: "ServiceUnavailable" });
    simulator.faults.fail(1, { code: "InternalError" });
    await call({ key: { id: "nobody", secret: "x" } });
    const answers = [await call(), await call(), await call()];
    expect(answers.map(({ status }) => status)).toEqual([503, 500, 200]);
  });

  it("denies with who may not do what", async () => {
    simulator.faults.fail(1, { kind: "deny" });
    const answer = await call();
    expect([answer.status, bodyOf(answer)]).toMatchObject([
      403,
      {
        Code: "Forbidden.RAM",
        AccessDeniedDetail: {
          AuthAction: "appstreaming:ListDesktopAgentRuntime",
          AuthPrincipalType: "SubUser",
          AuthPrincipalDisplayName: expect.any(String),
          NoPermissionType: "ImplicitDeny",
          PolicyType: expect.any(String),
          EncodedDiagnosticMessage: expect.any(String),
        },
      },
    ]);
  });

  it("can be an error with status 200", async () => {
    simulator.faults.fail(1, { kind: "error-in-200", code: "InternalError" });
    const answer = await call();
    expect([answer.status, bodyOf(answer).Code]).toEqual([200, "InternalError"]);
  });

  it("can be bodies that are not JSON", async () => {
    simulator.faults.fail(1, { kind: "html" });
    simulator.faults.fail(1, { kind: "truncated" });
    simulator.faults.fail(1, { kind: "empty" });
    simulator.faults.fail(1, { kind: "body", status: 500, body: "oops" });
    const answers = [await call(), await call(), await call(), await call()];
    expect(answers.map(({ status }) => status)).toEqual([502, 200, 200, 500]);
    expect(answers[0]?.text).toMatch(/^<html>/);
    expect(answers[1]?.text).toMatch(/^{"RequestId":/);
    expect(answers[2]?.text).toBe("");
    for (const answer of answers) expect(() => bodyOf(answer)).toThrow();
  });

  it("can break the connection", async () => {
    simulator.faults.fail(1, { kind: "reset" });
    await expect(call()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(simulator.stats().byCode).toEqual({ reset: 1 });
  });

  it("can hang until the simulator stops, which is at once", async () => {
    simulator.faults.fail(1, { kind: "hang" });
    const hanging = expect(call()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect.poll(() => simulator.stats().requests).toBe(1);
    await simulator.stop();
    await hanging;
  });

  it("can be slowness, which a stop does not wait for", async () => {
    simulator.faults.latency = 30;
    const started = performance.now();
    await call();
    expect(performance.now() - started).toBeGreaterThan(25);
    let asked = 0;
    Object.defineProperty(simulator.faults, "latency", {
      get() {
        asked += 1;
        return 3_600_000;
      },
    });
    const waiting = expect(call()).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect.poll(() => asked).toBe(1);
    await simulator.stop();
    await waiting;
  });

  it("is everyday and the same for the same seed with an error rate", async () => {
    const codes = async () => {
      const one = still({ faults: { errorRate: 0.5 } });
      const ask = createCaller((await one.start()).endpoint);
      for (let turn = 0; turn < 60; turn += 1) await ask().catch(() => undefined);
      await one.stop();
      return one.requests().map(({ code }) => code);
    };
    const [first, second] = [await codes(), await codes()];
    expect(first).toEqual(second);
    expect(first.filter((code) => code === "OK").length).toBeGreaterThan(10);
    expect(first.filter((code) => code !== "OK").length).toBeGreaterThan(10);
  });

  it("is over when cleared", async () => {
    simulator.faults.throttle(10);
    simulator.faults.errorRate = 1;
    simulator.faults.clear();
    expect((await call()).status).toBe(200);
  });

  it("is refused when far too many are ordered", () => {
    expect(() => {
      for (let turn = 0; turn < 2000; turn += 1) simulator.faults.throttle(1);
    }).toThrow(RangeError);
  });
});

describe("a list that shifts", () => {
  const all = () => simulator.rows({ AgentProvider: "OpenClaw" }).map(({ DesktopId }) => DesktopId);

  it("loses a row to whoever pages through it, and the total says so", async () => {
    simulator.faults.shift = 1;
    const answers = [await call(page(1)), await call(page(2)), await call(page(3))];
    const seen = answers.flatMap((answer) => idsOf(answer));
    expect(answers.map((answer) => bodyOf(answer).TotalCount)).toEqual([all().length, all().length - 1, all().length]);
    expect(seen).not.toContain(all()[10]);
    // The row that came back pushes one onto the next page again.
    expect(seen.filter((id) => id === all()[20])).toHaveLength(2);
  });

  it("can turn with the total unchanged", async () => {
    simulator.faults.shift = 1;
    simulator.faults.shiftKind = "rotate";
    const answers = [await call(page(1)), await call(page(2))];
    expect(answers.map((answer) => bodyOf(answer).TotalCount)).toEqual([all().length, all().length]);
    expect(answers.flatMap((answer) => idsOf(answer))).toEqual([...all().slice(0, 10), ...all().slice(11, 21)]);
  });

  it("still has every runtime that is asked for by id", async () => {
    simulator.faults.shift = 1;
    await call(page(1));
    const [first = ""] = all();
    const answer = await call({ query: { AgentProvider: "OpenClaw", "DesktopIds.1": String(first) } });
    expect(idsOf(answer)).toEqual([first]);
  });

  it("stands still again when told so", async () => {
    simulator.faults.shift = 1;
    await call(page(1));
    simulator.faults.shift = 0;
    expect(idsOf(await call(page(1)))).toEqual(all().slice(0, 10));
  });
});

describe("a smaller page limit", () => {
  it("holds from the next request on", async () => {
    simulator.faults.maxPageSize = 5;
    expect(bodyOf(await call(page(1, 50)))).toMatchObject({ PageSize: 5 });
  });
});
