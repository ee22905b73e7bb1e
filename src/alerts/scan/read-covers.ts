import { type CallOptions, type FailureKind, type Fleet, type Outcome, type Scan, sawAll } from "../../fleet/index.ts";
import type { Seen } from "../sighting.ts";
import { type Collected, type Collecting, collectSeen, mergeCollected } from "./collect.ts";
import { type Cover, coverNeeds, type Need } from "./cover.ts";
import { inPool } from "./pool.ts";

const atOnce = 4;

/**
 * Why a scan is not complete: a call failed, the list moved under every pass, more are at risk than can be read, the
 * filter and the scope leave nothing to watch, or a fault of this bot.
 */
export type Trouble = FailureKind | "moved" | "too-large" | "unwatchable" | "fault";

/** What all lists of a watch have brought. */
export interface Brought {
  readonly troubles: readonly Trouble[];
  readonly runtimes: ReadonlyMap<string, Seen>;
}

export interface Reading {
  /** By the watch's id. */
  readonly brought: ReadonlyMap<string, Brought>;
  /** Rows that nothing tells apart from others, and rows that could not be read. */
  readonly unidentified: number;
  readonly unreadable: number;
}

export interface ReadingOptions {
  readonly fleet: Fleet;
  /** Rows of one list that are read at most. */
  readonly mostRows: number;
}

/** What one list has brought. */
interface Part {
  readonly cover: Cover;
  readonly trouble: Trouble | undefined;
  readonly collected: Collected;
  readonly unidentified: number;
  readonly unreadable: number;
}

/**
 * Reads the lists that are needed, each once. Where one is too large, those whose own lists are narrower get those.
 * Never rejects.
 */
export async function readCovers(needs: readonly Need[], options: ReadingOptions, call: CallOptions): Promise<Reading> {
  const parts: Part[] = [];
  let pending = needs;
  while (pending.length > 0) {
    const read = await inPool(coverNeeds(pending), atOnce, (cover) => readCover(cover, options, call));
    parts.push(...read.map(settled));
    pending = read.flatMap(narrowerNeeds);
  }
  const collected = mergeCollected(parts.map((part) => part.collected));
  const brought = new Map<string, { readonly troubles: Trouble[]; readonly runtimes: ReadonlyMap<string, Seen> }>();
  for (const { cover, trouble } of parts) {
    for (const { need } of cover.serves) {
      const { id } = need.want;
      const entry = brought.get(id) ?? { troubles: [], runtimes: collected.get(id) ?? new Map<string, Seen>() };
      entry.troubles.push(...(trouble === undefined ? [] : [trouble]));
      brought.set(id, entry);
    }
  }
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  return { brought, unidentified: sum((part) => part.unidentified), unreadable: sum((part) => part.unreadable) };
}

/** Those for whom another, narrower list may still be read. */
function narrowerNeeds({ cover, trouble }: Part): readonly Need[] {
  return trouble === "too-large" ? cover.serves.filter(({ own }) => !own).map(({ need }) => need) : [];
}

/** A part as it counts for those who get no other. */
function settled(part: Part): Part {
  const { cover, trouble } = part;
  return trouble === "too-large"
    ? { ...part, cover: { ...cover, serves: cover.serves.filter(({ own }) => own) } }
    : part;
}

async function readCover(cover: Cover, { fleet, mostRows }: ReadingOptions, call: CallOptions): Promise<Part> {
  const passes: Collecting[] = [];
  const fold = () => {
    const collecting = collectSeen(cover.serves);
    passes.push(collecting);
    return collecting;
  };
  const { provider, filters } = cover;
  const scan = await fleet.scan({ provider, filters, limit: mostRows }, fold, call);
  const trouble = troubleOf(scan);
  return {
    cover,
    trouble,
    // Of a list that was not read to its end, what any pass has seen at risk was at risk.
    collected:
      scan.ok && trouble === undefined ? scan.value.value : mergeCollected(passes.map((pass) => pass.result())),
    unidentified: passes.at(-1)?.unidentified() ?? 0,
    unreadable: scan.ok ? scan.value.unreadable : 0,
  };
}

/** Rows that cannot be read are no trouble: they would be one for good, and what is missing is asked for by its id. */
function troubleOf(scan: Outcome<Scan<Collected>>): Trouble | undefined {
  if (!scan.ok) {
    return scan.failure.kind;
  }
  if (scan.value.tooLarge) {
    return "too-large";
  }
  return sawAll(scan.value) ? undefined : "moved";
}
