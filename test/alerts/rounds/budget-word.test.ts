import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBudgetWord } from "../../../src/alerts/rounds/budget-word.ts";
import { createTime } from "../../../src/alerts/time.ts";
import { createManualClock } from "../../manual-clock.ts";
import { noon, watchOf } from "../builders.ts";
import { createWorld, type World } from "../engine/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const [id, chat] of [
    ["w1", "oc_1"],
    ["w2", "oc_1"],
    ["w3", "oc_2"],
  ] as const) {
    await world.memory.watches.save(watchOf({ id, chat }), () => true, noon);
  }
});
afterEach(() => world.close());

const wordFrom = (wall: number) =>
  createBudgetWord({
    ...{ memory: world.memory, budget: 100, onOwed: () => undefined },
    time: createTime(createManualClock(wall)),
  });

const about = { used: 80, interval: 0 };
const owedTo = (chat: string) => world.memory.outbox.last({ channel: "lark", chat }, 10);

describe("what is left out to stay within a budget", () => {
  it("is told to every chat with a watch, once", async () => {
    await wordFrom(noon.wall)("pushes-optional", about);
    expect([await owedTo("oc_1"), await owedTo("oc_2"), await owedTo("oc_3")]).toMatchObject([
      [{ kind: "budget", about: { what: "pushes-optional", used: 80, of: 100 } }],
      [{ kind: "budget" }],
      [],
    ]);
  });

  it("is told once a month, also by another process", async () => {
    await wordFrom(noon.wall)("pushes-optional", about);
    await wordFrom(noon.wall)("pushes-optional", about);
    expect(await owedTo("oc_1")).toHaveLength(1);
  });

  it("is told again in the next month", async () => {
    await wordFrom(noon.wall)("pushes-optional", about);
    await wordFrom(Date.UTC(2026, 6, 1))("pushes-optional", about);
    expect(await owedTo("oc_1")).toHaveLength(2);
  });

  it("is told anew where more is left out", async () => {
    const word = wordFrom(noon.wall);
    await word("pushes-optional", about);
    await word("pushes-spent", about);
    expect(await owedTo("oc_1")).toHaveLength(2);
  });
});
