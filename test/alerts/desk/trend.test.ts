import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../../../src/bot/index.ts";
import type { Answer } from "../../../src/cards/index.ts";
import { createWorld, type Engine, type World } from "../engine/world.ts";

const hour = 60 * 60_000;

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([{ status: "Running", risks: ["model-modified"] }, { status: "Stopped" }]);
  engine = world.start();
});
afterEach(() => world.close());

async function trend(text: string, by: Parameters<Engine["ask"]>[1] = {}) {
  const answer: Answer = await engine.ask(text, by);
  if (answer.kind !== "trend") throw new Error(`${text} is answered by ${answer.kind}`);
  return answer;
}

/** Values of each line, by what it is of. */
const linesOf = ({ series }: Extract<Answer, { kind: "trend" }>) =>
  Object.fromEntries(series.map(({ of, label, points }) => [label ?? of, points.map(({ value }) => value)]));

/** Watches something, and lets it be counted in so many hours. */
async function counted(hours: number, text = "/alerts on"): Promise<void> {
  await engine.ask(text);
  await world.pass(5_100);
  for (let more = 1; more < hours; more += 1) {
    world.skip(hour);
    await world.pass(5_100);
  }
}

describe("a trend", () => {
  it("of a list that is counted has its sums, one a count", async () => {
    await counted(2);
    world.fleet.set("ecd-3", { status: "Running" });
    world.skip(hour);
    await world.pass(5_100);
    expect(linesOf(await trend("/runtimes trend"))).toMatchObject({ total: [2, 2, 3] });
  });

  it("has what is at risk up to the last scan", async () => {
    await counted(1);
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan();
    expect(linesOf(await trend("/runtimes trend"))["at-risk"]?.at(-1)).toBe(2);
  });

  it("by something has a line for each of its values", async () => {
    await counted(2);
    expect(linesOf(await trend("/runtimes trend by=status"))).toEqual({ Running: [1, 1], Stopped: [1, 1] });
  });

  it("of what is at risk is that of its list", async () => {
    await counted(1, "/alerts on status=Running");
    expect(linesOf(await trend("/runtimes trend status=Running risk=yes"))).toMatchObject({ total: [1] });
  });

  it("looks back no further than was asked for", async () => {
    await counted(1);
    world.skip(47 * hour);
    await world.pass(5_100);
    expect(linesOf(await trend("/runtimes trend days=1"))).toMatchObject({ total: [2] });
  });

  it("has at most sixty points, the first and the last among them", async () => {
    await counted(70);
    const { series, samples } = await trend("/runtimes trend");
    expect([series[0]?.points.length, samples >= 70]).toEqual([60, true]);
  });
});

describe("a trend of a list that is not counted", () => {
  it("is empty, and says which lists are", async () => {
    await counted(1, "/alerts on status=Running");
    expect(await trend("/runtimes trend status=Stopped")).toMatchObject({
      series: [],
      since: undefined,
      samples: 0,
      known: ["", "status=Running"],
    });
  });

  it("in a chat that watches nothing knows of none", async () => {
    await counted(1);
    expect((await trend("/runtimes trend status=Stopped", { chat: "oc_2" })).known).toEqual([]);
  });

  it("within a scope is that of the scope alone", async () => {
    await counted(1);
    const rule = { channel: "*", chats: undefined, users: undefined, show: "full", mention: false } as const;
    world.options = {
      access: { default: "deny", rules: [{ ...rule, allow: ["query", "alerts"], scope: { group: ["rg-1"] } }] },
    };
    engine.process.kill();
    engine = world.start({ idle: true });
    expect((await trend("/runtimes trend", { chat: "oc_2" })).series).toEqual([]);
  });
});

describe("what scans have seen", () => {
  const rule = { channel: "*", chats: undefined, show: "full", mention: false, allow: ["query", "alerts"] } as const;
  const access: Access = {
    default: "deny",
    rules: [
      { ...rule, users: ["ou_2"], scope: { group: ["rg-1"] } },
      { ...rule, users: undefined, scope: {} },
    ],
  };

  it("within a wider scope is not shown to who may see less", async () => {
    world.options = { access };
    engine.process.kill();
    engine = world.start();
    await counted(1);
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan();
    expect((await trend("/runtimes trend", { user: "ou_2" })).series).toEqual([]);
    expect(linesOf(await trend("/runtimes trend"))["at-risk"]?.at(-1)).toBe(2);
  });

  it("is of no list by user where users are not shown", async () => {
    const masked = { ...rule, users: undefined, show: "masked", scope: {} } as const;
    await engine.ask("/alerts on user=li.na");
    world.options = { access: { default: "deny", rules: [masked] } };
    engine.process.kill();
    engine = world.start({ idle: true });
    expect((await trend("/runtimes trend")).known).toEqual([""]);
  });

  it("before the watch was edited is not that of its list", async () => {
    await counted(1);
    await world.scan();
    world.skip(1_000);
    await engine.ask("/alerts on status=Stopped");
    expect((await trend("/runtimes trend status=Stopped")).series).toEqual([]);
  });
});
