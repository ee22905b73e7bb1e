import type {
  AlertMemory,
  Change,
  Digest,
  Episode,
  NewNotice,
  Notice,
  ScanRow,
  Term,
  Watch,
} from "../../../src/alerts/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { momentAt, noon, watchOf } from "../../alerts/builders.ts";
import type { Site } from "../sites.ts";

export const place = { channel: "lark", chat: "oc_1" } as const;

/** The term of a store that leads; it must be able to. */
export async function lead({ alerts }: Pick<Store, "alerts">): Promise<Term> {
  const term = await alerts.leadership.campaign(noon.steady);
  if (term === undefined) {
    throw new Error("another store leads");
  }
  return term;
}

/** What alerts remember on a site, in the hands of a leader. */
export async function openLeading(site: Site): Promise<{ readonly alerts: AlertMemory; readonly term: Term }> {
  const store = await site.open();
  return { alerts: store.alerts, term: await lead(store) };
}

/** Makes a watch, or edits it. */
export async function makeWatch(alerts: AlertMemory, part: Partial<Watch> = {}): Promise<void> {
  await alerts.watches.save(watchOf(part), () => true, noon);
}

/** A change of the watch w1 in its first revision, of nothing but what a test gives. */
export function changeOf(part: Partial<Change> = {}): Change {
  return {
    ...{ watch: "w1", revision: 1, scan: undefined, episodes: [], notices: [], revised: [], dropped: [], stale: [] },
    ...{ patch: {}, setups: [] },
    ...part,
  };
}

/** A complete scan in which nothing was at risk, so many milliseconds after noon. */
export function scanAt(milliseconds: number, part: Partial<ScanRow> = {}): ScanRow {
  const { steady, wall } = momentAt(milliseconds);
  return {
    ...{ watch: "w1", at: steady, wall, complete: true, atRisk: 0, kinds: {}, reason: undefined, odd: [] },
    ...part,
  };
}

export function newNotice(id: string, part: Partial<NewNotice> = {}): NewNotice {
  return {
    ...{ id, ...place, watch: "w1", kind: "firing", target: undefined },
    ...{ about: { kind: "episodes", total: 1, kinds: { "model-modified": 1 } } },
    ...{ madeAt: noon.wall, owedSince: noon.steady },
    ...part,
  };
}

export function idsOf(some: readonly (Episode | Notice)[]): readonly string[] {
  return some.map(({ id }) => id);
}

/** Sends what is owed, a notice a chat, as if the platform took it. */
export async function sendOwed(alerts: AlertMemory, term: Term, now = noon): Promise<readonly string[]> {
  const claimed = await alerts.outbox.claim(term, now, 100);
  if (claimed === "fenced") {
    throw new Error("another store leads");
  }
  for (const { id } of claimed) {
    await alerts.outbox.settle(term, id, { kind: "sent", message: `message of ${id}` }, now);
  }
  return claimed.map(({ id }) => id);
}

/** A digest at nine on workdays, as somebody sets it up. */
export function digestOf(part: Partial<Digest> = {}): Omit<Digest, "revision"> {
  return {
    ...place,
    ...{ author: "ou_1", locale: "en", at: 540, days: ["mon", "tue", "wed", "thu", "fri"], zone: "Asia/Shanghai" },
    ...{ filter: "status=Running", lastSlot: noon.wall, last: undefined, skipped: [], paused: undefined },
    ...part,
  };
}
