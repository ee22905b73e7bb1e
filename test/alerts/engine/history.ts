import fc from "fast-check";
import type { RiskKind } from "../../../src/fleet/index.ts";
import type { TestFleet } from "./fleet.ts";
import { type Fault, read, shown } from "./platform.ts";
import type { Engine, World } from "./world.ts";

export const ids = ["ecd-1", "ecd-2", "ecd-3"] as const;

/** What happens around an engine. */
export type Act =
  /** Undefined: it is not listed any more. */
  | { readonly act: "runtime"; readonly id: string; readonly risks: readonly RiskKind[] | undefined }
  | { readonly act: "fleet"; readonly state: TestFleet["state"] }
  | { readonly act: "platform"; readonly always: Fault | undefined }
  | { readonly act: "faults"; readonly faults: readonly Fault[] }
  | { readonly act: "ask"; readonly text: string }
  | { readonly act: "wait"; readonly minutes: number }
  | { readonly act: "restart" };

const anyRisks = fc.constantFrom<readonly RiskKind[]>([], [], ["model-modified"], ["agent-uninstalled"]);

const arbitraries = {
  runtime: fc.record({ id: fc.constantFrom(...ids), risks: anyRisks }),
  unlisted: fc.record({ id: fc.constantFrom(...ids) }),
  fleet: fc.record({ state: fc.constantFrom<TestFleet["state"]>("up", "up", "down", "moving") }),
  platform: fc.record({ always: fc.constantFrom<Fault | undefined>(undefined, undefined, "fails", "lost", "hangs") }),
  faults: fc.record({ faults: fc.array(fc.constantFrom<Fault>("fails", "lost"), { minLength: 1, maxLength: 3 }) }),
  ask: fc.record({
    text: fc.constantFrom(
      "/alerts ack all",
      "/alerts mute ecd-1 for=10m",
      "/alerts mute all for=2m",
      "/alerts unmute all",
    ),
  }),
  wait: fc.record({ minutes: fc.constantFrom(1, 3) }),
  restart: fc.constant({}),
};

type Kind = keyof typeof arbitraries;

const weights: Readonly<Record<Kind, number>> = {
  ...{ runtime: 10, unlisted: 2, fleet: 2, platform: 2, faults: 2, ask: 2, wait: 1, restart: 2 },
};

function actOf(kind: Kind): fc.Arbitrary<Act> {
  switch (kind) {
    case "runtime":
      return arbitraries.runtime.map((part) => ({ act: "runtime", ...part }));
    case "unlisted":
      return arbitraries.unlisted.map((part) => ({ act: "runtime", ...part, risks: undefined }));
    case "fleet":
      return arbitraries.fleet.map((part) => ({ act: "fleet", ...part }));
    case "platform":
      return arbitraries.platform.map((part) => ({ act: "platform", ...part }));
    case "faults":
      return arbitraries.faults.map((part) => ({ act: "faults", ...part }));
    case "ask":
      return arbitraries.ask.map((part) => ({ act: "ask", ...part }));
    case "wait":
      return arbitraries.wait.map((part) => ({ act: "wait", ...part }));
    case "restart":
      return arbitraries.restart.map(() => ({ act: "restart" }));
  }
}

/** What happens to a watch, of some kinds. */
export function anyActs(kinds: readonly Kind[], most: number): fc.Arbitrary<readonly Act[]> {
  const weighted = kinds.map((kind) => ({ weight: weights[kind], arbitrary: actOf(kind) }));
  return fc.array(fc.oneof(...weighted), { minLength: 2, maxLength: most });
}

/** Lets something happen, without letting time pass; the engine that runs after it. */
export async function follow(world: World, engine: Engine, act: Act): Promise<Engine> {
  switch (act.act) {
    case "runtime":
      world.fleet.set(act.id, act.risks && { risks: act.risks });
      return engine;
    case "fleet":
      world.fleet.state = act.state;
      return engine;
    case "platform":
      world.platform.always = act.always;
      return engine;
    case "faults":
      world.platform.faults.push(...act.faults);
      return engine;
    case "ask":
      await engine.ask(act.text);
      return engine;
    case "wait":
      world.skip(act.minutes * 60_000);
      return engine;
    case "restart":
      engine.process.kill();
      return world.start();
  }
}

/** Everything works from now on, and there is time for all that waits. */
export async function heal(world: World): Promise<void> {
  world.fleet.state = "up";
  world.platform.always = undefined;
  world.platform.faults.length = 0;
  // What hangs is given up, and after some tries the next one is minutes away.
  await world.pass(4_000);
  for (let round = 0; round < 6; round += 1) {
    world.skip(5 * 60_000);
    await world.scan();
  }
}

/** What people see in the end, without times and whichever came first. */
export function seen({ platform }: World): readonly string[] {
  return platform.messages.map((message) => `${message.chat}: ${read(shown(message))}`).toSorted();
}

/** Names that some message shows in a colour: as at risk. */
export function shownAtRisk({ platform }: World): ReadonlySet<string> {
  const blocks = platform.messages.flatMap((message) => shown(message).blocks);
  const rows = blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
  return new Set(rows.filter(({ colour }) => colour === "orange" || colour === "red").map(({ label }) => label));
}
