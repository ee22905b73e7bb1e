import type { RiskKind } from "../../fleet/index.ts";
import type { Episode } from "../episode.ts";
import type { Change } from "../memory.ts";
import type { Moment } from "../moment.ts";
import type { About, Notice, NoticeKind } from "../notice.ts";
import type { Watch } from "../watch.ts";

/** A notice that can still be changed: it was never tried, or this scan makes it. */
export interface Draft {
  readonly id: string;
  readonly kind: NoticeKind;
  /** In its chat; those of this scan come after all others. */
  readonly order: number;
  readonly target: string | undefined;
  readonly about: About;
}

/** What a watch owes its chat and has not tried to say, while one scan is judged. */
export interface Drafts {
  /** The latest of some kinds that comes after an order. */
  latest(kinds: readonly NoticeKind[], after?: number): Draft | undefined;
  get(id: string | undefined): Draft | undefined;
  all(): readonly Draft[];
  make(kind: NoticeKind, about: About, target?: string): Draft;
  say(id: string, about: About): void;
  /** Whether there was one. */
  drop(id: string): boolean;
  /** What came of it: what is new, in the order in which it is to be sent, what says something else, what nobody needs. */
  outcome(): Pick<Change, "notices" | "revised" | "dropped">;
}

export interface DraftsOptions {
  readonly watch: Watch;
  readonly untried: readonly Notice[];
  readonly now: Moment;
  readonly newNoticeId: () => string;
}

/** In which order notices of one scan are sent: what is new before what lasts, and before what is over. */
const ranks: Readonly<Partial<Record<NoticeKind, number>>> = {
  sight: 0,
  summary: 1,
  firing: 1,
  again: 1,
  unmuted: 2,
  reminder: 3,
  passed: 4,
  resolved: 5,
  blind: 6,
};

const rank = ({ kind }: Draft) => ranks[kind] ?? Number.POSITIVE_INFINITY;

export function createDrafts({ watch, untried, now, newNoticeId }: DraftsOptions): Drafts {
  const drafts = new Map<string, Draft>(untried.map((notice) => [notice.id, notice]));
  const before = new Map(untried.map(({ id, about }) => [id, about]));

  return {
    latest: (kinds, after = Number.NEGATIVE_INFINITY) =>
      [...drafts.values()]
        .filter(({ kind, order }) => kinds.includes(kind) && order > after)
        .sort((one, other) => one.order - other.order)
        .at(-1),
    get: (id) => (id === undefined ? undefined : drafts.get(id)),
    all: () => [...drafts.values()],
    make(kind, about, target) {
      const draft = { id: newNoticeId(), kind, order: Number.POSITIVE_INFINITY, target, about };
      drafts.set(draft.id, draft);
      return draft;
    },
    say(id, about) {
      const draft = drafts.get(id);
      if (draft !== undefined) {
        drafts.set(id, { ...draft, about });
      }
    },
    drop: (id) => drafts.delete(id),
    outcome() {
      const made = [...drafts.values()].filter(({ id }) => !before.has(id));
      const { channel, chat, id } = watch;
      const given = { channel, chat, watch: id, madeAt: now.wall, owedSince: now.steady };
      return {
        notices: made
          .sort((one, other) => rank(one) - rank(other))
          .map(({ id, kind, about, target }) => ({ ...given, id, kind, about, target })),
        revised: [...before].flatMap(([id, about]) => {
          const draft = drafts.get(id);
          return draft === undefined || sameAbout(draft.about, about) ? [] : [{ id, about: draft.about }];
        }),
        dropped: [...before.keys()].filter((id) => !drafts.has(id)),
      };
    },
  };
}

function sameAbout(one: About, other: About): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

type Counted = Extract<About, { kind: "episodes" }>;

/** What a notice says of episodes that point at it. */
export function counted(episodes: readonly Episode[]): Counted {
  const kinds: Partial<Record<RiskKind, number>> = {};
  for (const { kind } of episodes) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { kind: "episodes", total: episodes.length, kinds };
}

/** The same of more of them. */
export function countedWith(about: About, episodes: readonly Episode[]): Counted {
  const more = counted(episodes);
  if (about.kind !== "episodes") {
    return more;
  }
  const kinds = { ...about.kinds };
  for (const { kind } of episodes) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { kind: "episodes", total: about.total + more.total, kinds };
}

/** The ids that a notice lists; none where its episodes point at it. */
export function listed(about: About): readonly string[] {
  return about.kind === "some" ? about.episodes : [];
}
