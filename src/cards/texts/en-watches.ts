import type { WatchTexts } from "./watch-texts.ts";

const number = new Intl.NumberFormat("en");
const some = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const watchesInEnglish: WatchTexts = {
  troubles: {
    denied: "Alibaba Cloud does not allow this bot to read the list",
    credentials: "the access key is unknown or its token has expired",
    signature: "Alibaba Cloud refused the signature",
    clock: "the clock of the bot's machine is wrong",
    parameter: "Alibaba Cloud refused a value of the filter",
    throttled: "Alibaba Cloud is asking this bot to slow down",
    service: "Alibaba Cloud App Streaming failed to answer",
    unreachable: "Alibaba Cloud App Streaming cannot be reached",
    timeout: "Alibaba Cloud App Streaming did not answer in time",
    unreadable: "what came back was no answer of the API",
    overloaded: "too many requests are waiting",
    stopped: "the bot was being restarted",
    moved: "the list changed while it was read",
    "too-large": "more runtimes are at risk than can be read",
    unwatchable: "the filter leaves nothing to watch",
    fault: "a fault of the bot, which is in its log",
  },
  notices: {
    summary: "present state",
    firing: "new alert",
    again: "alert that came again",
    reminder: "reminder",
    unmuted: "alert after a mute",
    passed: "alert that came and went",
    resolved: "end of alerts",
    blind: "blind",
    sight: "scans complete again",
    paused: "watch stands still",
    budget: "budget",
    test: "test",
    digest: "digest",
  },
  stands: {
    right: "It stands still: who set it up may not have alerts here any more.",
    filter: "It stands still: its filter cannot be read by this version.",
    chat: "It stands still: the bot was not in this chat.",
  },
  every: (interval) => `every ${interval}`,
  budgetUsed: (used, of) => (of === undefined ? `${used} this month` : `${used} of ${of} this month`),
  watching: {
    title: { new: "This chat is watching", edited: "The watch is changed", preview: "What a watch would tell" },
    summary: "What is at risk now follows with the first complete scan; after that, each change is told.",
    goOn: "Alerts that the new filter matches as well go on.",
    previewed: "Nothing is saved yet.",
    ended: (count) =>
      `${some(count, "alert that it does not match has", "alerts that it does not match have")} ended without a message.`,
    unanswered: (preview) =>
      preview ? "What matches now is not known." : "It is saved, but what matches now is not known.",
    filter: "Watches",
    everything: "all runtimes",
    kinds: "Tells of",
    interval: "Scans",
    hold: "New risks",
    held: (hold) => `told when they have lasted ${hold}`,
    atOnce: "told at once",
    reminders: "Reminders",
    never: "never",
    end: "When it is over",
    told: "that is told",
    untold: "nothing is said",
    limit: "On one card",
    named: (count) => `up to ${some(count, "runtime", "runtimes")}, the rest by paging`,
  },
  unwatchable: {
    title: "Nothing to watch",
    happened: "This filter leaves out all that is at risk: a watch on it would never say anything.",
    todo: "Leave out risk and risk-info, or name the risks that matter.",
  },
  withoutRisk: "Without these filters",
  off: {
    was: {
      title: "The watch is off",
      happened: "This chat gets no more alerts of its watch.",
      todo: "What was open has ended without a message.",
    },
    wasNot: {
      title: "No watch to turn off",
      happened: "This chat has no watch of its own.",
      todo: "/alerts on sets one up.",
    },
    configured: (count) =>
      `${some(count, "watch of this chat stands", "watches of this chat stand")} in the bot's configuration and can be turned off only there.`,
  },
  status: {
    title: "Alerts of this chat",
    none: "This chat watches nothing. /alerts on begins; with preview it shows first what would be told.",
    open: (count) => (count === 1 ? "open alert" : "open alerts"),
    owed: "to be sent",
    owedSince: (count, since) =>
      `${some(count, "message has", "messages have")} still to be sent, the oldest since ${since}.`,
    author: "Set up by",
    configuration: "the configuration",
    lastComplete: "Last complete scan",
    atRisk: (time, count) => `${time}, ${number.format(count)} at risk`,
    notYet: "none yet",
    last: "Last scan",
    incomplete: (time, reason) => `${time}, not complete: ${reason}`,
    blind: (since) => `Blind since ${since}: no scan was complete.`,
    mutes: "Muted",
    everything: "all runtimes",
    mute: (until, by) => `until ${until}, by ${by}`,
    more: (count) => `And ${number.format(count)} more.`,
    failed: "Not delivered",
    means: "Means",
    interval: "Scans",
    calls: "API calls",
    pushes: "Messages",
  },
  quieted: {
    title: { acked: "Acknowledged", muted: "Muted", unmuted: "Unmuted" },
    nothing: "Nothing to do",
    acked: (target, count) =>
      count === 0
        ? `No open alert${target === undefined ? "" : ` of ${target}`} is left to acknowledge.`
        : `${some(count, "alert", "alerts")}${target === undefined ? "" : ` of ${target}`} acknowledged.`,
    ackedMeans: "No reminders come any more while it lasts.",
    muted: (target, until) =>
      `${target === undefined ? "Everything is" : `${target} is`} muted${until === undefined ? "" : ` until ${until}`}.`,
    mutedMeans: (count) =>
      `${count === 0 ? "" : `${some(count, "open alert is", "open alerts are")} quiet. `}Scans go on; what lasts and is not acknowledged is told when the mute ends.`,
    unmuted: (target, count) =>
      count === 0
        ? `${target === undefined ? "Nothing was" : `${target} was not`} muted.`
        : `${target === undefined ? "Everything is" : `${target} is`} unmuted.`,
  },
  noAlert: (target) => ({
    title: "No such alert",
    happened: `No alert of this chat, and no runtime that its watches have seen at risk, is called “${target}”.`,
    todo: "The alert status lists what is open.",
  }),
  which: {
    title: "Which runtime?",
    question: (target) => `Several runtimes are called “${target}”. Which one?`,
    choose: "Runtime",
  },
  chatsOnly: {
    title: "Only in a chat",
    happened: "This is kept for a chat, and can only be asked for in one.",
    todo: "Send it to the bot in Lark, in DingTalk or on the playground.",
  },
  storeFailed: {
    title: "The bot could not remember",
    happened: "Its store gave no answer, so that this was not done.",
    todo: "Try again in a minute; if it stays, tell the operator.",
  },
};
