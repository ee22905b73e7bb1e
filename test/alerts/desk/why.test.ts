import { afterEach, describe, expect, it } from "vitest";
import type { WhyNext } from "../../../src/cards/index.ts";
import { plainRules } from "../builders.ts";
import { createWorld, type Engine, interval, type World } from "../engine/world.ts";

let world: World;
afterEach(() => world.close());

/** What comes next of a runtime whose risk a chat was told. */
async function nextAfter(...commands: readonly string[]): Promise<WhyNext | undefined> {
  world = await createWorld([{ id: "ecd-1" }]);
  world.options = { rules: { ...plainRules, interval } };
  const engine: Engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
  world.fleet.risk("ecd-1", "model-modified");
  await world.scan();
  for (const command of commands) {
    await engine.ask(command);
  }
  const answer = await engine.ask("/why ecd-1");
  return answer.kind === "why" ? answer.episodes[0]?.next : undefined;
}

describe("what comes next of a risk that was told", () => {
  it("is a reminder", async () => {
    expect(await nextAfter()).toMatchObject({ kind: "reminder" });
  });

  it("is only its end where somebody is at it", async () => {
    expect(await nextAfter("/alerts ack ecd-1")).toEqual({ kind: "end-only" });
  });

  it("is the end of a mute", async () => {
    expect(await nextAfter("/alerts mute ecd-1")).toMatchObject({ kind: "muted", acked: false });
  });

  it("is not the end of a mute where somebody is at it", async () => {
    expect(await nextAfter("/alerts ack ecd-1", "/alerts mute ecd-1")).toMatchObject({ kind: "muted", acked: true });
  });
});
