import { faultOf, type Log } from "../../bot/index.ts";
import type { CallOptions, Fleet, RiskKind } from "../../fleet/index.ts";
import type { Seen, Sighting } from "../sighting.ts";
import type { Setup } from "../sketch.ts";
import { countCalls } from "./count-calls.ts";
import { needsOf } from "./cover.ts";
import { createLookUps } from "./look-up.ts";
import { findMissing, type Missing } from "./missing.ts";
import { type Brought, type Reading, readCovers, type Trouble } from "./read-covers.ts";
import { type Due, showsKind, type Want, wantOf } from "./want.ts";

/** What a scan has brought for a watch. */
export interface Scanned extends Sighting {
  /** The calls that the scan has made for all, counted with the first of its watches alone, so that they add up. */
  readonly calls: number;
}

export interface Scans {
  /**
   * Scans the fleet for some watches at once; the answer has each of them, by its id. What could not be found out is not
   * complete, and says why by a `Trouble`. Never rejects.
   *
   * @param signal gives up what has not been asked yet
   */
  scan(due: readonly Due[], signal: AbortSignal): Promise<ReadonlyMap<string, Scanned>>;
}

export interface ScansOptions {
  readonly fleet: Fleet;
  /** The providers that are asked when a watch names none. */
  readonly providers: readonly string[];
  /** How some runtimes were set up before they were at risk, where that is known. */
  readonly setups: (runtimes: readonly string[]) => Promise<ReadonlyMap<string, Setup>>;
  readonly log: Log;
  /** Rows of one list that are read at most; default 50,000. */
  readonly mostRows?: number | undefined;
}

export function createScans({ fleet, providers, setups, log, mostRows = 50_000 }: ScansOptions): Scans {
  const warn = createWarning(log);

  async function scanAll(
    fleet: Fleet,
    due: readonly Due[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Sighting>> {
    const call: CallOptions = { urgency: "scan", signal };
    const wants = due.map((one) => wantOf(one, providers));
    const reading = await readCovers(wants.flatMap(needsOf), { fleet, mostRows }, call);
    warn(reading);
    const parts = wants.map((want) => partOf(want, sightingOf(want, reading.brought.get(want.id))));
    const found = await findMissing(parts, createLookUps(fleet, call));
    const before = await setupsOf(parts);
    return new Map(parts.map((part) => [part.want.id, together(part, found.get(part.want.id), before)]));
  }

  /** What was there before helps to tell; that it cannot be read keeps nothing from being told. */
  async function setupsOf(parts: readonly Part[]): Promise<ReadonlyMap<string, Setup>> {
    const runtimes = new Set<string>();
    for (const identity of parts.flatMap(({ news }) => news)) {
      runtimes.add(identity);
    }
    try {
      return runtimes.size === 0 ? new Map() : await setups([...runtimes]);
    } catch (error) {
      log.warn({ fault: faultOf(error) }, "The store could not be asked how runtimes were set up before.");
      return new Map();
    }
  }

  return {
    async scan(due, signal) {
      const counting = countCalls(fleet);
      try {
        return withCalls(await scanAll(counting.fleet, due, signal), counting.calls());
      } catch (error) {
        log.error({ fault: faultOf(error) }, "A scan failed by a fault of the bot.");
        const nothing = new Map(due.map(({ watch }) => [watch.id, nothingSeen([], "fault")]));
        return withCalls(nothing, counting.calls());
      }
    },
  };
}

function withCalls(sightings: ReadonlyMap<string, Sighting>, calls: number): ReadonlyMap<string, Scanned> {
  return new Map([...sightings].map(([id, one], index) => [id, { ...one, calls: index === 0 ? calls : 0 }]));
}

function nothingSeen(kinds: readonly RiskKind[], reason: Trouble | undefined): Sighting {
  return { complete: reason === undefined, reason, runtimes: new Map(), before: new Map(), kinds };
}

/** What the lists have shown of a watch, before anything is looked up. */
function sightingOf({ kinds, providers, open }: Want, brought: Brought | undefined): Sighting {
  if (kinds.length === 0) {
    return nothingSeen([], "unwatchable");
  }
  if (providers.length === 0) {
    // Filter and scope exclude each other: whatever a runtime is like, it does not match.
    return { ...nothingSeen(kinds, undefined), runtimes: new Map([...open].map((id) => [id, { kind: "elsewhere" }])) };
  }
  return { ...nothingSeen(kinds, brought?.troubles[0]), runtimes: brought?.runtimes ?? new Map() };
}

/** What the lists have shown of a watch, and what is still to be found out. */
interface Part extends Missing {
  readonly sighting: Sighting;
  /** Those at risk that have no open episode. */
  readonly news: readonly string[];
}

function partOf(want: Want, sighting: Sighting): Part {
  const { kinds, open } = want;
  const { complete, runtimes } = sighting;
  const news: string[] = [];
  for (const [identity, seen] of runtimes) {
    if (!open.has(identity) && seen.kind === "row" && showsKind(seen.runtime, kinds)) {
      news.push(identity);
    }
  }
  // Nothing is looked up for a scan that is not complete: whatever came of it would not count.
  const identities = complete ? [...open].filter((identity) => !runtimes.has(identity)) : [];
  return { want, sighting, news, identities };
}

function together(
  { sighting, news }: Part,
  found: ReadonlyMap<string, Seen> | undefined,
  before: ReadonlyMap<string, Setup>,
): Sighting {
  const known = new Map<string, Setup>();
  for (const identity of news) {
    const setup = before.get(identity);
    if (setup !== undefined) {
      known.set(identity, setup);
    }
  }
  const runtimes = found === undefined ? sighting.runtimes : new Map([...sighting.runtimes, ...found]);
  return { ...sighting, runtimes, before: known };
}

/** Says what is odd about the rows of scans, each oddity once: it would be the same with every scan. */
function createWarning(log: Log): (reading: Pick<Reading, "unidentified" | "unreadable">) => void {
  const said = new Set<string>();
  return ({ unidentified, unreadable }) => {
    if (unidentified > 0 && !said.has("unidentified")) {
      said.add("unidentified");
      log.warn(
        { rows: unidentified },
        "Runtimes at risk came without an id and a resource: nothing can be told of them.",
      );
    }
    if (unreadable > 0 && !said.has("unreadable")) {
      said.add("unreadable");
      log.warn({ rows: unreadable }, "Rows of runtimes at risk could not be read.");
    }
  };
}
