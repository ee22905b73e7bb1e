import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../../../src/bot/index.ts";
import type { Answer } from "../../../src/cards/index.ts";
import { hour, minute, plainRules } from "../builders.ts";
import { chat, createWorld, type Engine, interval, type World } from "../engine/world.ts";

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([{}, {}]);
  world.options = { rules: { ...plainRules, interval } };
  engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
});
afterEach(() => world.close());

/** The one alert of the story of a target. */
async function storyOf(target = "ecd-1") {
  const answer: Answer = await engine.ask(`/why ${target}`);
  const [story] = answer.kind === "why" ? answer.episodes : [];
  if (story === undefined) throw new Error(`nothing is known of ${target}`);
  return story;
}

async function told(): Promise<void> {
  world.fleet.risk("ecd-1", "model-modified");
  await world.scan();
}

/** The engine starts anew, by other rules. */
async function ruled(rules: Partial<typeof plainRules>, options: World["options"] = {}): Promise<void> {
  engine.process.kill();
  world.options = { ...options, rules: { ...plainRules, interval, ...rules } };
  engine = world.start();
  await world.scan();
}

describe("why", () => {
  it("of a runtime that was always quiet has no story, but the watches that would have told of it", async () => {
    expect(await engine.ask("/why ecd-2")).toMatchObject({ kind: "why", target: "ecd-2", episodes: [], watches: [{}] });
  });

  it("tells what was sent about an alert, in its order", async () => {
    await told();
    world.fleet.risk("ecd-1");
    await world.scan();
    const { notices } = await storyOf();
    expect(notices.map(({ kind, state }) => [kind, state])).toEqual([
      ["firing", "sent"],
      ["resolved", "sent"],
    ]);
  });

  it("tells what the last scans saw of it, the latest first", async () => {
    await told();
    world.fleet.state = "down";
    await world.scan();
    const { observed } = await storyOf();
    expect(observed.map(({ observation, complete }) => [observation, complete])).toEqual([
      ["unknown", false],
      ["risk", true],
    ]);
  });

  it("tells that it was seen to be over", async () => {
    await told();
    world.fleet.risk("ecd-1");
    await world.scan();
    const { observed } = await storyOf();
    expect(observed.map(({ observation }) => observation)).toEqual(["clear", "risk"]);
  });

  it("is answered by the name, the id of the alert and of its card as well", async () => {
    await told();
    const { alerted, notices } = await storyOf();
    for (const target of ['"agent of ecd-1"', alerted.id, notices[0]?.id ?? "", "all"]) {
      expect((await storyOf(target)).alerted.id).toBe(alerted.id);
    }
  });

  it("of another chat's alert has no story", async () => {
    await told();
    const { alerted } = await storyOf();
    expect(await engine.ask(`/why ${alerted.id}`, { chat: "oc_2" })).toMatchObject({
      episodes: [],
      target: alerted.id,
    });
  });
});

describe("what comes next", () => {
  it("of an alert that lasts is a reminder", async () => {
    await told();
    const { next } = await storyOf();
    expect(next.kind === "reminder" && next.at - world.now()).toBeGreaterThan(23 * hour);
  });

  it("of one that was acknowledged is its end only", async () => {
    await told();
    await engine.ask("/alerts ack all");
    expect((await storyOf()).next).toEqual({ kind: "end-only" });
  });

  it("of one that is muted is the end of the mute", async () => {
    await told();
    await engine.ask("/alerts mute ecd-1 for=10m");
    expect((await storyOf()).next).toMatchObject({ kind: "muted", until: world.now() + 10 * minute });
  });

  it("of one that has not lasted for long enough is the rest of its hold", async () => {
    await ruled({ hold: 5 * minute });
    await told();
    await world.scan();
    const { next } = await storyOf();
    expect(next.kind === "held" && next.left).toBeLessThan(5 * minute);
  });

  it("of one whose message was not sent yet is that", async () => {
    world.platform.always = "fails";
    await told();
    expect((await storyOf()).next).toMatchObject({ kind: "owed" });
  });

  it("of one that is not listed any more is so many scans", async () => {
    await told();
    world.fleet.set("ecd-1");
    await world.scan();
    expect((await storyOf()).next).toEqual({ kind: "not-listed", scansLeft: 2 });
  });

  it("of one that is over is nothing", async () => {
    await told();
    world.fleet.risk("ecd-1");
    await world.scan();
    expect((await storyOf()).next).toEqual({ kind: "over" });
  });

  it("of one whose watch stands still is nothing until it goes on", async () => {
    await told();
    world.platform.always = "gone";
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan(2);
    expect((await world.memory.watches.of({ channel: "lark", chat }))[0]?.paused).toBe("chat");
    expect((await storyOf()).next).toEqual({ kind: "paused", why: "chat" });
  });
});

describe("to whom may see one group only, why", () => {
  const rule = { channel: "*", chats: undefined, mention: false, allow: ["query", "alerts"] } as const;
  const access: Access = {
    default: "deny",
    rules: [
      { ...rule, users: ["ou_2"], show: "masked", scope: { group: ["rg-2"] } },
      { ...rule, users: undefined, show: "full", scope: {} },
    ],
  };

  it("tells of an alert that stands behind many others", async () => {
    await ruled({}, { access });
    for (let more = 3; more < 12; more += 1) {
      world.fleet.set(`ecd-${more}`, { groupId: "rg-1", risks: ["agent-uninstalled"] });
    }
    world.fleet.set("ecd-2", { groupId: "rg-2", risks: ["model-modified"] });
    await world.scan();
    const [notice] = await world.memory.outbox.last({ channel: "lark", chat }, 1);
    for (const target of ["all", notice?.id ?? ""]) {
      expect(await engine.ask(`/why ${target}`, { user: "ou_2" })).toMatchObject({
        episodes: [{ alerted: { runtime: "ecd-2" } }],
      });
    }
  });
});
