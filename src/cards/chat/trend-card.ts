import { defaultSize, print, printFilters, type TrendCommand } from "../../commands/index.ts";
import { facetKeys } from "../../fleet/index.ts";
import type { Block, Button, Card, Colour, Fact, Picker } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import { courseOf } from "../course.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { TrendSeries } from "../desk-views.ts";
import { facetColour, facetText } from "../facet-words.ts";
import { button, buttons, card, note, type Setting, text } from "../parts.ts";
import type { Texts } from "../texts/index.ts";
import { type Times, timesIn } from "../times.ts";
import { filtersOf } from "./filters.ts";
import { isLine, type TimelineLine, timelineOf } from "./timeline.ts";

type Trend = Extract<DeskAnswer, { kind: "trend" }>;

const hour = 60 * 60_000;
const day = 24 * hour;

/** How a list went over time: first and last beside each other, then the lines, then other ways to look at it. */
export function trendCard(answer: Trend, setting: Setting): Card {
  const { command } = answer;
  const { texts } = setting;
  const { trend } = texts.chat;
  const known = answer.series.filter(({ points }) => points.some(({ value }) => value !== undefined));
  return card(setting, {
    title: trend.title(command.days),
    colour: colourOf(known),
    command: print(command),
    blocks: [
      ...(known.length === 0 ? noneBlocks(texts) : trendBlocks(answer, known, setting)),
      { kind: "command", text: print(command) },
      buttons(...trendButtons(answer, known.length === 0, texts)),
      ...(known.length === 0
        ? []
        : [{ kind: "pickers" as const, pickers: [daysPicker(command, texts), byPicker(command, texts)] }]),
    ],
  });
}

function colourOf(known: readonly TrendSeries[]): Colour {
  const atRisk = known.find((one) => one.of === "at-risk");
  const last = atRisk && courseOf(valuesOf(atRisk))?.last;
  return known.length === 0 ? "grey" : last === undefined ? "blue" : last > 0 ? "orange" : "green";
}

function noneBlocks({ chat: { trend } }: Texts): readonly Block[] {
  return [text(trend.none.happened, "strong"), text(trend.none.todo)];
}

function trendBlocks(answer: Trend, known: readonly TrendSeries[], setting: Setting): readonly (Block | undefined)[] {
  const { zone, since, samples, command } = answer;
  const { trend } = setting.texts.chat;
  const latest = Math.max(...known.flatMap(({ points }) => points.map(({ at }) => at)));
  const times = timesIn(zone, setting.locale, latest);
  const pictures = picturesOf(answer, known, setting.texts);
  const drawn = pictures.filter(({ lines }) => isLine(lines.flatMap(({ points }) => points)));
  const shorter = since !== undefined && latest - since < 0.9 * command.days * day;
  return [
    { kind: "facts", style: "headline", facts: known.map((one) => factOf(one, answer, setting.texts)) },
    ...sentences(known, times, setting.texts).map((one) => text(one)),
    ...drawn.map(({ title, lines }) => timelineOf(title, lines, times)),
    note(answer.by !== undefined && drawn.length > 0 && comparedWith(known, times, setting.texts)),
    note(since !== undefined && trend.since(times.dated(since), samples, times.offset, shorter)),
    note(drawn.length < pictures.length && trend.tooSoon(times.time(nextCount(latest)))),
  ];
}

/** Lists are counted once in every hour of the clock, soon after it has begun. */
function nextCount(latest: number): number {
  return (Math.floor(latest / hour) + 1) * hour;
}

function comparedWith(known: readonly TrendSeries[], { dated }: Times, { chat }: Texts): string {
  return chat.comparedWith(dated(Math.min(...known.flatMap(({ points }) => points.map(({ at }) => at)))));
}

function factOf(series: TrendSeries, answer: Trend, texts: Texts): Fact {
  const course = courseOf(valuesOf(series));
  const label = clip(factLabel(series, answer, texts), lengths.label);
  if (course === undefined) {
    return { label, value: "–" };
  }
  const { first, last } = course;
  const colour = last > 0 ? lineColour(series, answer) : undefined;
  return { label: texts.chat.change(label, last - first), value: String(last), colour };
}

/** What a number is of: in a row of numbers, it goes on after each. */
function factLabel(series: TrendSeries, answer: Trend, texts: Texts): string {
  switch (series.of) {
    case "total":
      return texts.words.total(courseOf(valuesOf(series))?.last ?? 0);
    case "at-risk":
      return texts.words.atRisk;
    case "facet":
      return labelOf(series, answer, texts);
  }
}

function sentences(known: readonly TrendSeries[], { dated }: Times, { chat }: Texts): readonly string[] {
  const atRisk = known.find((one) => one.of === "at-risk");
  const course = atRisk && courseOf(valuesOf(atRisk));
  const first = atRisk?.points.find(({ value }) => value !== undefined);
  if (course === undefined || first === undefined || atRisk === undefined) {
    return [];
  }
  const peak = atRisk.points.findLast(({ value }) => value === course.most);
  return [
    chat.atRisk(
      course.last,
      isLine(atRisk.points) ? course.last - course.first : undefined,
      chat.than.on(dated(first.at)),
    ),
    ...(peak !== undefined && course.most > course.last ? [chat.trend.most(course.most, dated(peak.at))] : []),
  ];
}

interface Picture {
  readonly title: string;
  readonly lines: readonly TimelineLine[];
}

/** A facet's values share one picture; the total and what is at risk do not, as the one would be a flat line beside the other. */
function picturesOf(answer: Trend, known: readonly TrendSeries[], texts: Texts): readonly Picture[] {
  const lines = known.map((series) => ({
    label: clip(labelOf(series, answer, texts), lengths.label),
    points: series.points,
    colour: lineColour(series, answer),
  }));
  return answer.by === undefined
    ? lines.map((line) => ({ title: line.label, lines: [line] }))
    : [{ title: texts.facets[answer.by], lines }];
}

function labelOf({ of, label }: TrendSeries, { by }: Trend, texts: Texts): string {
  switch (of) {
    case "total":
      return texts.chat.trend.total;
    case "at-risk":
      return texts.chat.trend.atRisk;
    case "facet":
      return by === undefined ? (label ?? texts.words.none) : facetText(by, label, texts);
  }
}

function lineColour({ of, label }: TrendSeries, { by }: Trend): Colour | undefined {
  return of === "at-risk" ? "orange" : of === "facet" && by !== undefined ? facetColour(by, label) : undefined;
}

function valuesOf({ points }: TrendSeries) {
  return points.map(({ value }) => value ?? null);
}

/** Lists that can be shown instead of one that was never counted. */
const mostKnown = 4;

function trendButtons({ command, known }: Trend, isNone: boolean, texts: Texts): readonly (Button | false)[] {
  const { labels, chat } = texts;
  const { filters, view } = command;
  if (isNone) {
    const own = printFilters(filters);
    const others = known.filter((filter) => filter !== own).slice(0, mostKnown);
    return [
      ...others.flatMap((filter) => trendButton(filter, command, texts) ?? []),
      button(chat.trend.watch, { kind: "alerts-on", filters, view, preview: true }),
      button(labels.help, { kind: "help", topic: "trend" }),
    ];
  }
  return [
    button(labels.refresh, command, "refresh"),
    button(labels.list, { kind: "list", filters, view, page: 1, size: defaultSize }),
    button(labels.summary, { kind: "summary", filters, view }),
  ];
}

function trendButton(filter: string, { days }: TrendCommand, { chat }: Texts): Button | undefined {
  const filters = filtersOf(filter);
  return filters && button(chat.trend.of(clip(filter, lengths.label)), { kind: "trend", filters, days });
}

function daysPicker(command: TrendCommand, { chat: { trend } }: Texts): Picker {
  const all = [...new Set([1, 7, 30, command.days])].sort((a, b) => a - b);
  return {
    label: trend.days,
    options: all.map((days) => ({
      label: trend.dayCount(days),
      command: print({ ...command, days }),
      selected: days === command.days,
    })),
  };
}

function byPicker({ by: current, ...command }: TrendCommand, { chat: { trend }, facets }: Texts): Picker {
  return {
    label: trend.by,
    options: [
      { label: trend.sums, command: print(command), selected: current === undefined },
      ...facetKeys.map((by) => ({ label: facets[by], command: print({ ...command, by }), selected: by === current })),
    ],
  };
}
