import { everything, muteTimes, print } from "../../commands/index.ts";
import type { Block, Button, Card, Colour, Fact } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { WhyEpisode } from "../desk-views.ts";
import { button, buttons, card, note, type Setting, text } from "../parts.ts";
import { usersText } from "../runtime-row.ts";
import { type Times, timesIn } from "../times.ts";
import { alertedName, changeText, endedColour, isOpen, kindColour, stateTexts, whenText } from "./alerted.ts";
import { detailsOf, pressable } from "./pressable.ts";
import { watchSection } from "./watch-section.ts";
import { nextText, noticesText, observedText } from "./why-words.ts";
import { personText } from "./words.ts";

type WhyAnswer = Extract<DeskAnswer, { kind: "why" }>;

const mostEpisodes = 5;
const mostWatches = 5;

/** What was observed, decided and sent about a runtime or an alert, and what would come next. */
export function whyCard(answer: WhyAnswer, setting: Setting): Card {
  const { command, target, episodes, watches } = answer;
  const { texts } = setting;
  const { why } = texts;
  const times = timesIn(answer.zone, setting.locale, latestOf(answer));
  const [newest] = episodes;
  const shown = episodes.slice(0, mostEpisodes);
  const name = newest === undefined ? clip(target, lengths.label) : alertedName(newest.alerted, texts);
  const nothing = newest === undefined;
  return card(setting, {
    title: why.title(name),
    colour: whyColour(answer),
    command: print(command),
    blocks: [
      nothing ? text(why.nothing(name), "strong") : undefined,
      nothing && watches.length === 0 ? text(why.noWatch) : undefined,
      ...shown.map((episode, index) => episodeSection(episode, index > 0, answer.showsUsers, times, setting)),
      note(episodes.length > shown.length && why.earlier(episodes.length - shown.length)),
      ...(nothing ? watches.slice(0, mostWatches).map((watch) => watchSection(watch, times, setting)) : []),
      note(texts.alerts.card.times(times.day, times.offset)),
      { kind: "command", text: print(command) },
      buttons(button(texts.labels.refresh, command, "refresh"), ...whyButtons(answer, setting)),
    ],
  });
}

/** The last that happened: what is shown without a day is of this one. */
function latestOf({ episodes, watches }: WhyAnswer): number {
  const seen = episodes.flatMap(({ alerted, observed }) => [alerted.since, alerted.end?.at, observed[0]?.at]);
  const scans = watches.flatMap(({ last, lastComplete }) => [last?.at, lastComplete?.at]);
  return Math.max(0, ...[...seen, ...scans].filter((at) => at !== undefined));
}

function whyColour({ episodes }: WhyAnswer): Colour {
  const alerted = episodes.map((one) => one.alerted);
  const open = alerted.filter(isOpen);
  if (open.length > 0) {
    return open.some(({ kind }) => kindColour(kind) === "red") ? "red" : "orange";
  }
  return alerted.length === 0 ? "grey" : endedColour(alerted.slice(0, 1));
}

function episodeSection(
  episode: WhyEpisode,
  collapsed: boolean,
  showsUsers: boolean,
  times: Times,
  setting: Setting,
): Block {
  const { alerted } = episode;
  const { texts } = setting;
  const title = texts.why.heading(texts.risks[alerted.kind].short, times.time(alerted.since));
  const facts = [...stateFacts(episode, showsUsers, times, setting), ...storyFacts(episode, times, setting)];
  return { kind: "section", title, collapsed, blocks: [{ kind: "facts", style: "list", facts }] };
}

/** What an alert is, and how it stands. */
function stateFacts(
  { alerted, watch }: WhyEpisode,
  showsUsers: boolean,
  times: Times,
  { texts }: Setting,
): readonly Fact[] {
  const { why } = texts;
  const change = changeText(alerted, texts);
  const lasting = isOpen(alerted) ? why.lasting : whenText(alerted, texts, times);
  const states = [lasting, ...stateTexts(alerted, texts, times)];
  const filter = clip(watch.filter, lengths.cell) || texts.watches.watching.everything;
  const author =
    watch.origin === "configuration" ? texts.watches.status.configuration : watch.author && personText(watch.author);
  return [
    { label: why.state, value: states.join(" · "), colour: isOpen(alerted) ? kindColour(alerted.kind) : undefined },
    ...(change === undefined ? [] : [{ label: why.change, value: change }]),
    ...(showsUsers && alerted.users.length > 0
      ? [{ label: texts.fields.users, value: usersText(alerted.users, texts) }]
      : []),
    { label: why.watch, value: author === "" ? filter : why.setUpBy(filter, author) },
  ];
}

/** What the scans saw, what was sent, and what comes next. */
function storyFacts(episode: WhyEpisode, times: Times, setting: Setting): readonly Fact[] {
  const { why } = setting.texts;
  const observed = observedText(episode.observed, times, setting.texts);
  return [
    ...(observed === undefined ? [] : [{ label: why.observed, value: clip(observed, lengths.value) }]),
    { label: why.sent, value: clip(noticesText(episode.notices, times, setting.texts), lengths.value) },
    { label: why.next, value: nextText(episode.next, times, setting.texts) },
  ];
}

/** What can be done about the alert that is open, and where the runtime is shown. */
function whyButtons({ episodes }: WhyAnswer, { texts }: Setting): readonly (Button | false | undefined)[] {
  const { labels } = texts.alerts;
  const [newest] = episodes;
  const open = episodes.map(({ alerted }) => alerted).find(isOpen);
  const details = newest === undefined ? undefined : detailsOf([newest.alerted.runtime]);
  const muted = open?.mutedUntil !== undefined;
  const allMuted = open?.mutedBy === "everything";
  return [
    open !== undefined &&
      open.acked === undefined &&
      pressable(labels.acknowledge, { kind: "alerts-ack", target: open.id }, "other", "primary"),
    open !== undefined &&
      !muted &&
      pressable(labels.mute, { kind: "alerts-mute", target: open.runtime, for: muteTimes.usual }),
    allMuted && button(labels.unmuteAll, { kind: "alerts-unmute", target: everything }),
    open !== undefined &&
      muted &&
      !allMuted &&
      pressable(labels.unmute, { kind: "alerts-unmute", target: open.runtime }),
    details !== undefined && button(texts.labels.details, details, "details"),
    button(labels.status, { kind: "alerts-status" }),
  ];
}
