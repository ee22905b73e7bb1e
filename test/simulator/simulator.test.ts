import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator } from "../../src/simulator/index.ts";
import { bodyOf, createCaller, idsOf, now, send, still } from "./calls.ts";

describe("a page", () => {
  const simulator = still();
  let call: ReturnType<typeof createCaller>;
  let endpoint = "";
  beforeAll(async () => {
    ({ endpoint } = await simulator.start());
    call = createCaller(endpoint);
  });
  afterAll(() => simulator.stop());

  it("has the form of the API's page", async () => {
    const answer = await call({ query: { AgentProvider: "OpenClaw", IncludeRiskInfo: "true", PageSize: "2" } });
    const { Data, ...rest } = bodyOf(answer);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    expect(rest).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      TotalCount: simulator.rows({ AgentProvider: "OpenClaw" }).length,
      PageSize: 2,
      PageNumber: 1,
    });
    expect(Data).toEqual(
      JSON.parse(JSON.stringify(simulator.rows({ AgentProvider: "OpenClaw", IncludeRiskInfo: "true" }).slice(0, 2))),
    );
  });

  it("after page makes the whole list once, in order", async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 22; page += 1) {
      seen.push(
        ...idsOf(await call({ query: { AgentProvider: "OpenClaw", PageSize: "7", PageNumber: String(page) } })),
      );
    }
    expect(seen).toEqual(simulator.rows({ AgentProvider: "OpenClaw" }).map((row) => row.DesktopId));
  });

  it("beyond the last is empty and still says the total", async () => {
    const body = bodyOf(await call({ query: { AgentProvider: "OpenClaw", PageNumber: "999999999" } }));
    expect(body).toMatchObject({
      Data: [],
      PageNumber: 999999999,
      TotalCount: simulator.rows({ AgentProvider: "OpenClaw" }).length,
    });
  });

  it("0 is page 1, and larger pages than allowed are cut", async () => {
    const body = bodyOf(await call({ query: { AgentProvider: "OpenClaw", PageNumber: "0", PageSize: "500" } }));
    expect(body).toMatchObject({ PageNumber: 1, PageSize: 100 });
    expect(body.Data).toHaveLength(100);
  });

  it("that cannot be has an error with all its words", async () => {
    const answer = await call({ query: { AgentProvider: "OpenClaw", HasRisk: "perhaps" } });
    expect([answer.status, bodyOf(answer)]).toEqual([
      400,
      {
        RequestId: expect.any(String),
        HostId: endpoint,
        Code: "InvalidParameter.HasRisk",
        Message: expect.stringContaining("HasRisk"),
        Recommend: expect.stringContaining("q=InvalidParameter.HasRisk"),
      },
    ]);
  });

  it("is kept in the journal with its parameters", async () => {
    await call({ query: { AgentProvider: "HermesAgent", "AuthUsers.1": "张三" } });
    expect(simulator.requests().at(-1)).toEqual({
      action: "ListDesktopAgentRuntime",
      parameters: { AgentProvider: "HermesAgent", "AuthUsers.1": "张三" },
      status: 200,
      code: "OK",
      at: now,
    });
  });

  const odd: readonly (readonly [string, string, string, number])[] = [
    ["another path", "POST", "/v1/list", 404],
    ["another method", "PUT", "/?AgentProvider=OpenClaw", 405],
    ["a broken query", "POST", "/?AgentProvider=%E5%", 400],
    ["a doubled parameter", "POST", "/?AgentProvider=a&AgentProvider=b", 400],
    ["no query at all", "POST", "/", 400],
  ];
  for (const [what, method, target, status] of odd) {
    it(`is not there for ${what}`, async () => {
      const answer = await send(endpoint, { method, target, body: "", headers: {} });
      expect([answer.status, bodyOf(answer)]).toMatchObject([status, { Code: expect.any(String) }]);
    });
  }

  it("is not there for a body that is too large, nor for bytes that are not HTTP", async () => {
    const large = await send(endpoint, { method: "POST", target: "/", body: "x".repeat(70_000), headers: {} });
    const broken = await send(endpoint, {
      method: "POST",
      target: "/",
      body: "",
      headers: { "x-acs-action": "x".repeat(200_000) },
    });
    expect([large.status, broken.status]).toEqual([413, 400]);
    expect((await call()).status).toBe(200);
  });
});

describe("a simulator", () => {
  it("starts, stops and starts again with the same fleet", async () => {
    const simulator = still();
    const first = await simulator.start();
    expect(await simulator.start()).toEqual(first);
    await simulator.stop();
    await simulator.stop();
    await expect(createCaller(first.endpoint)()).rejects.toThrow(/ECONNREFUSED/);
    const { endpoint } = await simulator.start();
    expect((await createCaller(endpoint)()).status).toBe(200);
    await simulator.stop();
  });

  it("says when it cannot listen, and can try again", async () => {
    const holder = still();
    const { port } = await holder.start();
    const second = still({ port });
    await expect(second.start()).rejects.toThrow(/EADDRINUSE/);
    await holder.stop();
    expect((await second.start()).port).toBe(port);
    await second.stop();
  });

  it("refuses to be reachable from elsewhere and options that make no sense", () => {
    const wrong = [
      { host: "0.0.0.0" },
      { runtimes: -1 },
      { runtimes: 1.5 },
      { riskRate: 2 },
      { tick: -1 },
      { sharedRate: -1 },
    ];
    for (const options of wrong) expect(() => createSimulator(options)).toThrow(RangeError);
  });

  it("moves by itself when it has a tick", async () => {
    const simulator = still({ tick: 1 });
    const picture = () => JSON.stringify(simulator.rows({ AgentProvider: "OpenClaw" }));
    const before = picture();
    await simulator.start();
    await expect.poll(() => picture() !== before).toBe(true);
    await simulator.stop();
  });

  it("keeps the last thousand requests and counts all", async () => {
    const simulator = still();
    const call = createCaller((await simulator.start()).endpoint);
    for (let turn = 1; turn <= 1010; turn += 1) await call({ query: { PageNumber: String(turn) } });
    await simulator.stop();
    expect(simulator.requests().map(({ parameters }) => parameters.PageNumber)).toEqual(
      Array.from({ length: 1000 }, (_, turn) => String(turn + 11)),
    );
    expect(simulator.stats()).toEqual({ requests: 1010, byCode: { MissingAgentProvider: 1010 } });
  });

  it("has 100,000 runtimes in twenty megabytes, and every one of them on its pages", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const simulator = still({ runtimes: 100_000 });
    const call = createCaller((await simulator.start()).endpoint);
    const first = await call({ query: { AgentProvider: "OpenClaw", PageSize: "100" } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    const seen = new Set(idsOf(first));
    for (let page = 2; page <= 100; page += 1) {
      for (const id of idsOf(
        await call({ query: { AgentProvider: "OpenClaw", PageSize: "100", PageNumber: String(page) } }),
      )) {
        seen.add(id);
      }
    }
    await simulator.stop();
    expect(seen.size).toBe(10_000);
  });
});
