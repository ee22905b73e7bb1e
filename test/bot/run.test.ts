import { beforeEach, describe, expect, test } from "vitest";
import { createRun, type Grant, operatorGrant, type Run } from "../../src/bot/index.ts";
import { type Answer, toCard } from "../../src/cards/index.ts";
import { type FleetCommand, isForDesk, parse } from "../../src/commands/index.ts";
import {
  type CallOptions,
  createReader,
  type Fleet,
  type FleetFailure,
  type PageRequest,
  type Runtime,
} from "../../src/fleet/index.ts";
import { agentOf, failureOf, runtimeOf } from "../builders.ts";

const call: CallOptions = { urgency: "person", signal: new AbortController().signal };

/** A fleet of these runtimes, which keeps what it was asked for. */
function fleetOf(runtimes: readonly Runtime[], failure?: FleetFailure) {
  const asked: Pick<PageRequest, "provider" | "filters">[] = [];
  const fleet: Fleet = {
    async page({ provider, filters, page, size }) {
      asked.push({ provider, filters });
      if (failure !== undefined) {
        return { ok: false, failure };
      }
      const rows = runtimes.slice((page - 1) * size, page * size);
      return { ok: true, value: { runtimes: rows, total: runtimes.length, size, requestId: undefined, unreadable: 0 } };
    },
    async scan({ provider, filters, limit }, fold) {
      asked.push({ provider, filters });
      if (failure !== undefined) {
        return { ok: false, failure };
      }
      const total = runtimes.length;
      const one = fold();
      const tooLarge = limit !== undefined && total > limit;
      if (!tooLarge) {
        runtimes.forEach(one.row);
      }
      const rows = tooLarge ? 0 : total;
      const value = { value: one.result(), complete: !tooLarge, total, tooLarge, rows, calls: 1, unreadable: 0 };
      return { ok: true, value };
    },
  };
  return { fleet, asked };
}

function runOf(runtimes: readonly Runtime[], failure?: FleetFailure) {
  const { fleet, asked } = fleetOf(runtimes, failure);
  const providers = ["OpenClaw"];
  const run: Run = createRun({ reader: createReader({ fleet, providers, scanLimit: 100 }), providers });
  return { run, asked };
}

function commandOf(text: string): FleetCommand {
  const parsed = parse(text);
  if (!parsed.ok || isForDesk(parsed.command)) {
    throw new Error(text);
  }
  return parsed.command;
}

function grantOf(about: Partial<Grant> = {}): Grant {
  return { rights: new Set(["query"]), scope: {}, show: "full", mention: false, ...about };
}

const secretUsers = ["zz.secret.one", "zz.secret.two"];
const fleet = Array.from({ length: 3 }, (_, index) =>
  runtimeOf({
    id: `ecd-${index}`,
    name: index === 0 ? "single" : "twin",
    users: secretUsers,
    agents: [agentOf({ other: { Owner: secretUsers[0] } })],
    other: { Owner: secretUsers[1] },
    risks: ["model-modified"],
  }),
);

const commands = [
  "/runtimes",
  "/runtimes sort=name",
  "/runtimes risk=model-modified",
  "/runtimes show single",
  "/runtimes show twin",
  "/runtimes summary",
  "/help",
  "/help filters",
];

let run: Run;
let asked: ReturnType<typeof fleetOf>["asked"];

beforeEach(() => {
  ({ run, asked } = runOf(fleet));
});

describe("what a command becomes", () => {
  test.each([
    ["/runtimes", "list"],
    ["/runtimes summary", "summary"],
    ["/runtimes show single", "runtime"],
    ["/runtimes show twin", "choices"],
    ["/help", "help"],
  ])("%s is answered by: %s", async (text, kind) => {
    expect(await run(commandOf(text), grantOf(), call)).toMatchObject({ kind });
  });

  test("a name that nobody has is missing", async () => {
    const empty = runOf([]).run;
    expect(await empty(commandOf("/runtimes show nobody"), grantOf(), call)).toMatchObject({
      kind: "missing",
      target: "nobody",
    });
  });

  test("a failure is an answer, with the command to try again", async () => {
    const failure = failureOf({ kind: "throttled" });
    const failing = runOf([], failure).run;
    for (const text of ["/runtimes", "/runtimes summary", "/runtimes show x", "/runtimes sort=name"]) {
      const command = commandOf(text);
      expect(await failing(command, grantOf(), call)).toEqual({ kind: "failure", command, failure });
    }
  });

  test("a list that is too long to be read here says so", async () => {
    const many = Array.from({ length: 101 }, (_, index) => runtimeOf({ id: `ecd-${index}` }));
    const { run: large } = runOf(many);
    expect(await large(commandOf("/runtimes sort=name"), grantOf(), call)).toMatchObject({
      kind: "too-large",
      tooLarge: { total: 101, limit: 100 },
    });
  });
});

describe("without the right to ask", () => {
  test.each(commands)("%s is refused, and nothing is called", async (text) => {
    const none = grantOf({ rights: new Set(["alerts", "export", "views", "admin"]) });
    expect(await run(commandOf(text), none, call)).toEqual({ kind: "refused" });
    expect(asked).toEqual([]);
  });
});

describe("the right to have files", () => {
  const exporting = grantOf({ rights: new Set(["query", "export"]) });

  test("is offered to those who have it, also where the same list was read for others", async () => {
    for (const text of ["/runtimes sort=name", "/runtimes summary"]) {
      const offered = [exporting, grantOf(), exporting].map(async (grant) => {
        const answer = await run(commandOf(text), grant, call);
        return "canExport" in answer && answer.canExport;
      });
      expect(await Promise.all(offered)).toEqual([true, false, true]);
    }
  });

  test("is needed for an export, and so is the right to ask", async () => {
    const command = commandOf("/runtimes export");
    expect(await run(command, grantOf(), call)).toEqual({ kind: "refused" });
    expect(await run(command, grantOf({ rights: new Set(["export"]) }), call)).toEqual({ kind: "refused" });
    const masked = grantOf({ rights: new Set(["query", "export"]), show: "masked" });
    expect(await run(commandOf("/runtimes export user=li.na"), masked, call)).toEqual({ kind: "refused" });
  });
});

describe("a scope", () => {
  test.each(["/runtimes", "/runtimes sort=name", "/runtimes summary", "/runtimes show single"])(
    "narrows %s, whatever it asks for",
    async (text) => {
      await run(commandOf(text), grantOf({ scope: { group: ["rg-finance"] } }), call);
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every(({ filters }) => filters.ResourceGroupId === "rg-finance")).toBe(true);
    },
  );

  test("cannot be left by a filter of the same key", async () => {
    const answer = await run(
      commandOf("/runtimes group=rg-other"),
      grantOf({ scope: { group: ["rg-finance"] } }),
      call,
    );
    expect(answer).toMatchObject({ kind: "list", listing: { total: 0 } });
    expect(asked).toEqual([]);
  });
});

describe("a fleet without a runtime", () => {
  const hint = "fleet.alibabaCloud.region and fleet.providers";
  const said = (answer: Answer): boolean => JSON.stringify(toCard(answer, "en")).includes(hint);

  test("is hinted at on a list that nothing narrows, and told once", async () => {
    let told = 0;
    const { fleet } = fleetOf([]);
    const reader = createReader({ fleet, providers: ["OpenClaw"], scanLimit: 100 });
    const run = createRun({ reader, providers: ["OpenClaw"], onNothing: () => (told += 1) });
    // The order matters: an answer is not shared with someone whom it would tell more.
    expect(said(await run(commandOf("/runtimes"), grantOf({ scope: { group: ["rg-1"] } }), call))).toBe(false);
    expect([said(await run(commandOf("/runtimes status=Running"), grantOf(), call)), told]).toEqual([false, 0]);
    expect(said(await run(commandOf("/runtimes"), grantOf(), call))).toBe(true);
    expect(said(await run(commandOf("/runtimes sort=name"), grantOf(), call))).toBe(true);
    expect(said(await run(commandOf("/runtimes"), grantOf({ scope: { group: ["rg-1"] } }), call))).toBe(false);
    expect(told).toBe(1);
  });

  test("is not hinted at where there is one", async () => {
    expect(said(await run(commandOf("/runtimes"), grantOf(), call))).toBe(false);
  });
});

describe.each(["masked", "hidden"] as const)("where users are %s", (show) => {
  test.each(commands)("%s tells no user by any text of its card", async (text) => {
    const answer = await run(commandOf(text), grantOf({ show }), call);
    for (const locale of ["en", "zh"] as const) {
      expect(JSON.stringify(toCard(answer, locale))).not.toContain("secret");
    }
  });

  test.each(["/runtimes user=zz.secret.one", "/runtimes sort=user", "/runtimes summary user=zz.secret.one"])(
    "%s is refused, and nothing is called",
    async (text) => {
      expect(await run(commandOf(text), grantOf({ show }), call)).toEqual({ kind: "refused" });
      expect(asked).toEqual([]);
    },
  );

  test("help does not offer what would be refused", async () => {
    const answer = await run(commandOf("/help filters"), grantOf({ show }), call);
    expect(answer).toMatchObject({ byUser: false });
  });
});

test("where users are masked a list shows their first letters; where they are hidden it has no such column", async () => {
  const masked = await run(commandOf("/runtimes"), grantOf({ show: "masked" }), call);
  expect(JSON.stringify(toCard(masked, "en"))).toContain("z***, z***");
  const hidden = await run(commandOf("/runtimes"), grantOf({ show: "hidden" }), call);
  expect(JSON.stringify(toCard(hidden, "en"))).not.toContain('"users"');
});

test("the operator sees users in full", async () => {
  const answer = await run(commandOf("/runtimes show single"), operatorGrant, call);
  expect(JSON.stringify(toCard(answer, "en"))).toContain("zz.secret.one");
});
