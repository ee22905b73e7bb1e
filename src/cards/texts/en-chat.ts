import type { ChatTexts } from "./chat-texts.ts";
import { durationsIn } from "./duration.ts";

const number = new Intl.NumberFormat("en");
const duration = durationsIn("en");

const compared = (more: number, than: string): string =>
  more === 0 ? `as many as ${than}` : `${number.format(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than ${than}`;

export const chatInEnglish: ChatTexts = {
  change: (label, more) => (more === 0 ? label : `${label} (${more > 0 ? "+" : "−"}${number.format(Math.abs(more))})`),
  atRisk: (count, more, than) => {
    const now = count === 0 ? "Nothing is at risk" : `${number.format(count)} ${count === 1 ? "is" : "are"} at risk`;
    return more === undefined ? `${now}.` : `${now}, ${compared(more, than)}.`;
  },
  than: { yesterday: "yesterday", on: (time) => `on ${time}` },
  comparedWith: (time) => `Changes are since ${time}.`,
  weekdays: { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" },
  everyDay: "every day",
  daysFrom: (first, last) => `${first}–${last}`,
  everything: "all runtimes",
  trend: {
    title: (days) => `Agent runtimes over ${days === 1 ? "a day" : `${days} days`}`,
    total: "Runtimes",
    atRisk: "At risk",
    most: (count, time) => `Most were at risk on ${time}: ${number.format(count)}.`,
    since: (time, samples, offset, isFirst) =>
      `${number.format(samples)} ${samples === 1 ? "count" : "counts"} since ${time}${offset === "" ? "" : ` (${offset})`}${isFirst ? ", none from before" : ""}.`,
    tooSoon: (time) => `Too soon for all lines: the next count comes at about ${time}.`,
    none: {
      happened: "This list has not been counted over time.",
      todo: "Lists that a chat watches are counted every hour, from when their watch begins.",
    },
    watch: "Look at a watch",
    of: (filter) => (filter === "" ? "Trend of all runtimes" : `Trend of ${filter}`),
    days: "Days",
    dayCount: (days) => (days === 1 ? "1 day" : `${days} days`),
    by: "Count by",
    sums: "Total and at risk",
  },
  digest: {
    title: "Digest of agent runtimes",
    due: (time, offset, late) =>
      `${late > 0 ? `Due ${time}` : time}${offset === "" ? "" : ` (${offset})`}${late > 0 ? `, ${duration(late * 60_000)} late` : ""}`,
    unanswered: {
      happened: "The fleet did not answer: there are no counts this time.",
      todo: "Ask for a summary in a few minutes. The next digest comes as planned.",
    },
    skipped: (times) => `Left out since the last one: ${times.join(", ")}.`,
    filter: (filter) => `Of ${filter}`,
    risks: "Risks",
    set: { new: "Digest set up", edited: "Digest changed" },
    when: "When",
    at: (time, days) => `${time}, ${days}`,
    zone: "Time zone",
    list: "Of what",
    next: "Next",
    last: "Last",
    status: "Status",
    statusTitle: "Digest of this chat",
    off: "Off",
    now: "See it now",
    ended: {
      title: "Digest ended",
      happened: "This chat gets no digest any more.",
      todo: "Set it up again with /digest on whenever it is wanted.",
    },
    none: {
      title: "No digest",
      happened: "This chat has no digest.",
      todo: "Set one up with /digest on, a time, and filters if it is to be of some runtimes only.",
    },
    example: "Workdays at 09:00",
    paused: {
      right: "It stands still: who set it up may not do that here any more. Somebody who may can set it up again.",
      filter: "It stands still: its filter cannot be read any more. Set it up again.",
      chat: "It stands still: the bot could not write to this chat.",
    },
  },
  views: {
    title: "Saved views",
    did: (what, name) =>
      ({ saved: `“${name}” is saved.`, replaced: `“${name}” is replaced.`, dropped: `“${name}” is dropped.` })[what],
    name: "Name",
    filters: "Filters",
    drop: "Drop",
    none: {
      happened: "No view is saved in this chat.",
      todo: "Save filters under a name, and use that name instead of them.",
    },
    use: "A view goes wherever filters go: view=name.",
    all: "Saved views",
    tooMany: (limit) => ({
      title: "Too many views",
      happened: `This chat has ${number.format(limit)} saved views; that is as many as it can have. This one was not saved.`,
      todo: "Drop one that nobody needs, then save it again.",
    }),
    unknown: (name) => ({
      title: "No such view",
      happened: `No view is called “${name}” in this chat.`,
      todo: "The list of views has the names of all.",
    }),
  },
  language: {
    title: "Language",
    is: {
      en: "This chat is answered in English.",
      zh: "This chat is answered in Chinese.",
      auto: "Everybody here is answered in a language of their own, as far as the platform tells it.",
    },
    auto: "Everybody’s own",
  },
};
