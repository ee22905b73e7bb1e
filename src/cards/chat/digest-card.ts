import { type Command, defaultSize } from "../../commands/index.ts";
import type { Filters } from "../../fleet/index.ts";
import type { Block, Card } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { askable, button, buttons, card, note, type Setting, text } from "../parts.ts";
import {
  type Counted,
  facetChart,
  isRiskKnown,
  summaryColour,
  summaryFacts,
  summaryNotes,
  summaryTags,
} from "../summary-parts.ts";
import type { Texts } from "../texts/index.ts";
import { timesIn } from "../times.ts";
import { filtersOf } from "./filters.ts";

type Digest = Extract<DeskAnswer, { kind: "digest" }>;

/** What a digest draws: more belongs to a summary that somebody asks for. */
const facets = ["status", "risk"] as const;

/** A summary on a schedule, with what has changed since the one before. */
export function digestCard(answer: Digest, setting: Setting): Card {
  const { slot, zone, filter, late, summary, skipped } = answer;
  const { texts, locale } = setting;
  const { digest } = texts.chat;
  const times = timesIn(zone, locale, slot);
  const filters = filtersOf(filter);
  return card(setting, {
    title: digest.title,
    colour: summary === undefined ? "orange" : summaryColour(summary),
    tags: summary && summaryTags(summary.counts, texts),
    blocks: [
      ...(summary === undefined
        ? [text(digest.unanswered.happened, "strong"), text(digest.unanswered.todo)]
        : countBlocks(answer, summary, filters, setting)),
      note(filter !== "" && digest.filter(clip(filter, lengths.cell))),
      note(digest.due(times.dated(slot), times.offset, late)),
      note(skipped.length > 0 && digest.skipped(skipped.map(times.dated))),
      filters && digestButtons(filters, texts),
    ],
  });
}

function countBlocks(
  answer: Digest,
  summary: Counted,
  filters: Filters | undefined,
  setting: Setting,
): readonly (Block | undefined)[] {
  const { texts } = setting;
  const { counts } = summary;
  const before = answer.last?.counts;
  const than = thanOf(answer, setting);
  const charts = facets.flatMap((facet) => facetChart({ filters }, summary, facet, texts));
  const more = before && isRiskKnown(before) ? counts.atRisk - before.atRisk : undefined;
  return [
    isRiskKnown(counts) ? text(texts.chat.atRisk(counts.atRisk, more, than.words), "strong") : undefined,
    { kind: "facts", style: "headline", facts: summaryFacts(counts, texts, before) },
    counts.runtimes === 0 ? text(texts.notes.empty) : undefined,
    summary.complete ? undefined : text(texts.notes.moved, "warning"),
    ...charts,
    ...summaryNotes(summary, charts, texts).map((one) => text(one, "small")),
    note(before !== undefined && texts.chat.comparedWith(than.time)),
  ];
}

/** What this digest is compared with, as a sentence has it, and as a time. */
function thanOf({ slot, zone, last }: Digest, { texts: { chat }, locale }: Setting) {
  if (last === undefined) {
    return { words: "", time: "" };
  }
  const time = timesIn(zone, locale, slot).dated(last.slot);
  return { words: isDayBefore(last.slot, slot, zone) ? chat.than.yesterday : chat.than.on(time), time };
}

const hour = 60 * 60_000;

/** Whether a time is of the day before; days may have an hour more or less. */
function isDayBefore(earlier: number, later: number, zone: string): boolean {
  const day = (at: number): string => timesIn(zone, "en", at).day;
  return day(earlier) !== day(later) && [23, 24, 25].some((hours) => day(later - hours * hour) === day(earlier));
}

function digestButtons(filters: Filters, { labels, chat }: Texts): Block | undefined {
  const press = (label: string, command: Command) => {
    const told = askable(command);
    return told !== undefined && button(label, told);
  };
  const list = { kind: "list", page: 1, size: defaultSize } as const;
  return buttons(
    press(chat.digest.risks, { ...list, filters: { ...filters, risk: filters.risk ?? ["yes"] } }),
    press(labels.list, { ...list, filters }),
    press(labels.summary, { kind: "summary", filters }),
  );
}
