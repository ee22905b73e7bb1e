import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chat, createWorld, type Engine, type World } from "./engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;

let world: World;
beforeEach(async () => {
  world = await createWorld([{ id: "ecd-1" }]);
});
afterEach(() => world.close());

/** An engine that leads and watches, and one that does not lead, whose clock shows so much more. */
async function pair(ahead: number): Promise<{ readonly leader: Engine; readonly other: Engine }> {
  const leader = world.start({ knowsDead: false });
  await world.pass(1_000);
  const other = world.start({ knowsDead: false, ahead: { wall: ahead, elapsed: 0 } });
  await leader.ask("/alerts on");
  await world.pass(12_000);
  return { leader, other };
}

const risk = async () => {
  world.fleet.risk("ecd-1", "model-modified");
  await world.scan();
};

describe.each([
  ["behind", -3 * hour],
  ["ahead", 3 * hour],
])("a process whose clock is %s and that does not lead", (_, ahead) => {
  it("sends a test that it is asked for at once", async () => {
    const { other } = await pair(ahead);
    await other.ask("/alerts test");
    await world.pass(1_100);
    expect(world.platform.messages).toHaveLength(1);
  });

  it("mutes for as long as it is asked to", async () => {
    const { other } = await pair(ahead);
    await other.ask("/alerts mute all for=2h");
    await risk();
    expect(world.platform.messages).toHaveLength(0);
    world.skip(2 * hour);
    await world.scan();
    expect(world.platform.messages).toHaveLength(1);
  });
});

it("a test that is asked for before it is known who leads keeps back nothing", async () => {
  const leader = world.start({ knowsDead: false });
  await leader.ask("/alerts on");
  await world.scan();
  await world.start({ idle: true, ahead: { wall: hour, elapsed: 0 } }).ask("/alerts test");
  await risk();
  expect(world.platform.messages.map((message) => message.chat)).toEqual([chat, chat]);
});

it("a leader whose store failed as it began scans and sends all the same", async () => {
  let failures = 0;
  const { watches } = world.memory;
  const all = async () => {
    failures += 1;
    if (failures === 1) throw new Error("the store failed");
    return watches.all();
  };
  world.options = { memory: { ...world.memory, watches: { ...watches, all } } };
  await world.start().ask("/alerts on");
  await world.pass(5_000);
  await risk();
  expect([failures > 1, world.platform.messages.length]).toEqual([true, 1]);
});
