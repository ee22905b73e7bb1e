import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createAppStream, fleetChecks } from "../../src/appstream/index.ts";
import { textsOf, toCard } from "../../src/cards/index.ts";
import { examine, type Finding } from "../../src/doctor/index.ts";
import type { FleetFailure } from "../../src/fleet/index.ts";
import { systemClock } from "../../src/parts/index.ts";
import { sayFailure } from "../../src/parts/say-failure.ts";
import { createSimulator, type FailureKind, type Simulator } from "../../src/simulator/index.ts";
import { createMemoryLog } from "../appstream/log.ts";

const secret = "PlantedKeySecret0123456789";
const id = "LTAI5tPlantedKeyId77";
let skew = 0;
let simulator: Simulator;
let endpoint = "";

beforeAll(async () => {
  simulator = createSimulator({ key: { id, secret }, runtimes: 30, clock: { now: () => Date.now() + skew } });
  ({ endpoint } = await simulator.start());
});
afterEach(() => {
  skew = 0;
  simulator.faults.clear();
});
afterAll(() => simulator.stop());

interface Setup {
  readonly key?: string;
  readonly secret?: string;
  readonly token?: string;
  readonly endpoint?: string;
  readonly providers?: readonly string[];
}

function optionsOf(setup: Setup, log: ReturnType<typeof createMemoryLog>) {
  return {
    region: "cn-shanghai",
    endpoint: setup.endpoint ?? endpoint,
    protocol: "http",
    credentials: {
      type: "access-key",
      accessKeyId: () => setup.key ?? id,
      accessKeySecret: () => setup.secret ?? secret,
      securityToken: setup.token === undefined ? undefined : () => setup.token ?? "",
    },
    ...{ timeout: 300, attempts: 2, requestsPerSecond: 100, pageSize: 100, reuse: 0 },
    ...{ clock: systemClock, random: () => 0, log, say: sayFailure },
  } as const;
}

async function findingsOf(setup: Setup = {}): Promise<readonly Finding[]> {
  const options = { ...optionsOf(setup, createMemoryLog()), simulated: false };
  const { checks, close } = fleetChecks({ ...options, providers: setup.providers ?? ["OpenClaw", "HermesAgent"] });
  const findings: Finding[] = [];
  const { signal } = new AbortController();
  const onFault = (_: unknown, error: unknown) => {
    throw error;
  };
  for await (const finding of examine({ checks, clock: systemClock, signal, onFault })) {
    findings.push(finding);
  }
  await close();
  return findings;
}

/** The failure of the same call in a running bot, and the line that its log has of it. */
async function inTheBot(setup: Setup): Promise<{ readonly failure: FleetFailure; readonly logged: string }> {
  const log = createMemoryLog();
  const stream = createAppStream(optionsOf(setup, log));
  const request = { provider: "OpenClaw", filters: {}, page: 1, size: 1 };
  const answer = await stream.page(request, { urgency: "person", signal: new AbortController().signal });
  await stream.stop();
  if (answer.ok) {
    throw new Error("the call went well");
  }
  return { failure: answer.failure, logged: JSON.stringify(log.lines) };
}

describe("doctor, of a fleet that answers", () => {
  it("tells the key by its last four characters, how long a call takes, and how many runtimes each provider has", async () => {
    const findings = await findingsOf();

    expect(findings.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(findings[0]?.says).toBe("The AccessKey …Id77 was found in app.yaml.");
    expect(findings[1]?.says).toMatch(
      new RegExp(`^${endpoint} answers in \\d+ ms, and lists runtimes for this key\\.$`),
    );
    const totals = ["OpenClaw", "HermesAgent"].map((AgentProvider) => simulator.rows({ AgentProvider }).length);
    expect(findings.slice(2).map(({ says }) => Number.parseInt(says, 10))).toEqual(totals);
    expect(JSON.stringify(findings)).not.toMatch(/Planted/);
  });

  it("notes a provider without runtimes, as the region may be the wrong one", async () => {
    const findings = await findingsOf({ providers: ["NobodyHasThis"] });

    expect(findings.at(-1)).toMatchObject({ state: "note", todo: expect.stringContaining("cn-shanghai") });
  });
});

type Fault = () => Setup | undefined;

const fail = (kind: FailureKind, more: { status?: number; code?: string } = {}): undefined => {
  simulator.faults.fail(20, { kind, ...more });
};

/** What can be wrong, and a word that must be said of it. */
const faults: readonly (readonly [string, Fault, string])[] = [
  ["a wrong secret", () => ({ secret: "another-secret" }), "The secret does not belong to the access key"],
  ["an unknown key", () => ({ key: "LTAI5tUnknownKey" }), "does not know the access key"],
  ["a missing permission", () => fail("deny"), "appstreaming:ListDesktopAgentRuntime"],
  ["a wrong region or endpoint", () => ({ endpoint: "appstream-center.nowhere.invalid" }), "endpoint in app.yaml"],
  ["an endpoint where nothing listens", () => ({ endpoint: "127.0.0.1:9" }), "cannot be reached"],
  ["an expired token", () => fail("error", { status: 400, code: "InvalidSecurityToken.Expired" }), "has expired"],
  ["a token of another key", () => ({ token: "sts-token-of-another-key" }), "refused the security token"],
  [
    "a clock that is an hour off",
    () => {
      skew = 3_600_000;
      return undefined;
    },
    "clock",
  ],
  ["throttling that stays", () => simulator.faults.throttle(20) as undefined, "slow down"],
  ["a proxy that answers HTML", () => fail("html", { status: 200 }), "proxy"],
  ["an answer that does not come", () => fail("hang"), "did not answer in time"],
  ["a service that fails", () => fail("error", { status: 500, code: "InternalError" }), "failed to answer"],
];

describe("doctor, of a fleet that does not answer", () => {
  it.each(faults)("says of %s what the card and the log say, and what to do", async (_, fault, words) => {
    const setup = fault() ?? {};
    const findings = await findingsOf(setup);
    const permission = findings.find(({ check }) => check === "permission");
    const { failure, logged } = await inTheBot(setup);
    const { happened, todo } = textsOf("en").failure(failure);

    expect(permission).toMatchObject({ state: "failed" });
    const said = permission?.state === "failed" ? `${permission.says} ${permission.todo}` : "";
    expect(said).toContain(happened);
    expect(said).toContain(todo);
    expect(said).toContain(words);
    expect(logged).toContain(JSON.stringify(happened).slice(1, -1));
    const card = JSON.stringify(
      toCard({ kind: "failure", failure, command: { kind: "help", topic: undefined } }, "en"),
    );
    expect(card).toContain(JSON.stringify(happened).slice(1, -1));
    expect(card).toContain(JSON.stringify(todo).slice(1, -1));
    expect(said + logged).not.toMatch(/another-secret|LTAI5t|sts-token|Planted/);
    expect(findings.filter(({ state }) => state === "skipped")).toHaveLength(2);
  });

  it("names who lacks the permission, and shows the policy that gives it", async () => {
    simulator.faults.fail(20, { kind: "deny" });
    const permission = (await findingsOf()).find(({ check }) => check === "permission");

    expect(permission).toMatchObject({
      says: expect.stringContaining("201234567890123456 (SubUser)"),
      todo: expect.stringContaining(
        '{"Effect":"Allow","Action":"appstreaming:ListDesktopAgentRuntime","Resource":"*"}',
      ),
    });
  });
});
