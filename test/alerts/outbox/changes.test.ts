import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainRules } from "../builders.ts";
import { owe, stateOf, wordsOf } from "../engine/owed.ts";
import { read, shown } from "../engine/platform.ts";
import { createWorld, type Engine, interval, type World } from "../engine/world.ts";

const minute = 60_000;

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([{}, {}]);
  // What comes back within a minute and a bit is told as such.
  world.options = { rules: { ...plainRules, interval, hold: 0, repeat: 0 } };
  engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
});
afterEach(() => world.close());

async function told(id = "ecd-1"): Promise<void> {
  world.fleet.risk(id, "model-modified");
  await world.scan();
}

async function over(id = "ecd-1"): Promise<void> {
  world.fleet.risk(id);
  await world.scan();
}

const courses = () => world.platform.messages.map(({ cards }) => cards.map(({ header }) => header.title));

describe("the card of an alert", () => {
  it("shows in the end that it is over", async () => {
    await told();
    await over();
    expect(courses()[0]).toEqual(["1 runtime at risk (new)", "1 alert has ended"]);
  });

  it("is changed once for all that changes at once", async () => {
    world.fleet.risk("ecd-2", "model-modified");
    await told();
    world.fleet.risk("ecd-2");
    await over();
    expect(courses()[0]).toHaveLength(2);
  });

  it("shows at once who has acknowledged it", async () => {
    await told();
    await engine.ask("/alerts ack all", { user: "ou_7" });
    await world.pass(1_100);
    expect(wordsOf(world.platform.messages[0])).toContain("ou_7");
  });

  it("ends with its watch, and nothing can be quieted on it", async () => {
    await told();
    await engine.ask("/alerts off");
    await world.pass(1_100);
    const [message] = world.platform.messages;
    const labels = message && shown(message).blocks.flatMap((one) => (one.kind === "buttons" ? one.buttons : []));
    expect(labels?.map(({ label }) => label)).toEqual(["Details", "Why"]);
    expect(message && shown(message).header.colour).toBe("blue");
  });

  it("offers the end of a mute of everything as long as there is one", async () => {
    await told();
    const labels = () => wordsOf(world.platform.messages[0]);
    await engine.ask("/alerts mute ecd-1");
    await engine.ask("/alerts mute all");
    await world.pass(1_100);
    expect(labels()).toContain("/alerts unmute all");
    await engine.ask("/alerts unmute all");
    await world.pass(1_100);
    expect(labels()).not.toContain("/alerts unmute");
  });

  it("that cannot be changed for the moment is changed later", async () => {
    await told();
    world.platform.onCall = () => {
      // The message that it is over arrives, the change does not.
      world.platform.faults.push("works", "fails");
      world.platform.onCall = () => undefined;
    };
    await over();
    expect(courses()[0]).toHaveLength(1);
    world.skip(minute);
    await world.pass(1_100);
    expect(courses()[0]).toEqual(["1 runtime at risk (new)", "1 alert has ended"]);
  });

  it("that cannot be changed any more is left as it is", async () => {
    await told();
    world.platform.onCall = () => {
      world.platform.faults.push("works", "refuses");
      world.platform.onCall = () => undefined;
    };
    await over();
    const { calls } = world.platform;
    world.skip(minute);
    await world.pass(5_000);
    expect(world.platform.calls).toBe(calls);
  });

  it("whose first try was shown although its answer was lost shows how things are", async () => {
    world.platform.faults.push("lost", "fails");
    await told();
    await over();
    world.skip(minute);
    await world.scan();
    expect(world.platform.messages.map((message) => read(shown(message)))[0]).toBe(
      "1 alert has ended (green), agent of ecd-1 grey",
    );
  });
});

describe("the card of a reminder", () => {
  it("shows in the end that it is over, as that of the alert does", async () => {
    await told();
    await engine.ask("/alerts mute all for=2m");
    await world.scan();
    world.skip(3 * minute);
    await world.scan();
    await over();
    expect(courses().map((course) => course.at(-1))).toEqual([
      "1 alert has ended",
      "1 alert has ended",
      "Over: agent of ecd-1 · model changed",
    ]);
  });
});

describe("a risk that comes back soon", () => {
  it("is shown on the card that told it the first time", async () => {
    await told();
    await over();
    await told();
    expect(courses()).toEqual([
      ["1 runtime at risk (new)", "1 alert has ended", "1 runtime at risk (again)"],
      ["Over: agent of ecd-1 · model changed"],
    ]);
  });

  it("is shown on a card of its own where that one cannot be changed any more", async () => {
    await told();
    await over();
    world.platform.faults.push("refuses", "works", "refuses");
    await told();
    expect(courses().at(-1)).toEqual(["1 runtime at risk (again)"]);
  });

  it("waits for a card that cannot be changed for the moment, so that it does not stand there twice", async () => {
    await told();
    await over();
    world.platform.faults.push("fails");
    await told();
    await world.pass(3_000);
    expect(courses()).toHaveLength(2);
    expect(courses()[0]?.at(-1)).toBe("1 runtime at risk (again)");
  });
});

describe("cards whose changes hang", () => {
  it("keep nothing waiting that is owed", async () => {
    for (const chat of ["oc_2", "oc_3", "oc_4"]) await engine.ask("/alerts on", { chat });
    await told();
    // Another process: this one learns of all three at once.
    const people = world.start({ idle: true });
    for (const chat of ["oc_2", "oc_3", "oc_4"]) await people.ask("/alerts ack all", { chat });
    world.platform.faults.push("hangs", "hangs", "hangs");
    await world.pass(1_100);
    await owe(world, "first", { chat: "oc_9" });
    await world.pass(1_100);
    expect(await stateOf(world, "first")).toBe("sent");
  });
});
