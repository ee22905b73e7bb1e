import type { AlertReason, InCommon } from "../desk-views.ts";
import type { AlertTexts } from "./alert-texts.ts";
import { durationsIn } from "./duration.ts";

const number = new Intl.NumberFormat("en");
const some = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

const reasons: Readonly<Record<AlertReason, string>> = {
  summary: "present state",
  firing: "new",
  again: "again",
  reminder: "still",
  unmuted: "mute over",
  passed: "came and went",
};

const facets: Readonly<Record<InCommon["facet"], string>> = {
  group: "group",
  template: "model group",
  version: "version",
  user: "user",
  region: "region",
};

const plural = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: "st", two: "nd", few: "rd" };
const ordinal = (count: number): string => `${count}${endings[plural.select(count)] ?? "th"}`;

export const alertsInEnglish: AlertTexts = {
  duration: durationsIn("en"),
  labels: {
    acknowledge: "Acknowledge",
    acknowledged: "acknowledged",
    mute: "Mute",
    unmute: "Unmute",
    unmuteAll: "Unmute all",
    why: "Why",
    status: "Alert status",
    test: "Test",
    off: "Turn off",
    watch: "Watch this",
  },
  columns: { when: "When", change: "Change", state: "State" },
  card: {
    title: (reason, open, count) => {
      const runtimes = some(count, "runtime", "runtimes");
      return `${open === count ? runtimes : `${number.format(open)} of ${runtimes}`} at risk (${reasons[reason]})`;
    },
    ended: (count) => some(count, "alert has ended", "alerts have ended"),
    passed: (count) => `${some(count, "runtime was", "runtimes were")} at risk (${reasons.passed})`,
    did: (what, count, until) => {
      const alerts = some(count, "alert", "alerts");
      switch (what) {
        case "acked":
          return `${alerts} acknowledged: no reminders of ${count === 1 ? "it" : "them"} come any more.`;
        case "muted":
          return `${alerts} muted${until === undefined ? "" : ` until ${until}`}.`;
        case "unmuted":
          return `${alerts} unmuted.`;
      }
    },
    since: (time) => `since ${time}`,
    over: (lasted, since) => `over after ${lasted} (since ${since})`,
    gone: (since) => `no longer listed since ${since}`,
    unwatched: (since) => `no longer watched since ${since}`,
    change: (was, now) => `was ${was}, is ${now}`,
    now: (now) => `now ${now}`,
    pending: "not told yet",
    unlisted: "not listed at the moment",
    again: (times) => `${ordinal(times)} time within an hour`,
    acked: (by) => `acknowledged by ${by}`,
    muted: (until) => `muted until ${until}`,
    common: (shared) => `In common: ${shared.join(", ")}`,
    shared: (facet, value, count, of) => `${facets[facet]} ${value} (${count} of ${of})`,
    todo: "What to do",
    people: "Authorised users",
    page: (page, pages, alerts) => `Page ${page} of ${pages} · ${some(alerts, "alert", "alerts")}`,
    left: (count) =>
      `${some(count, "more is", "more are")} not named here for want of room: Details shows all of this page.`,
    watch: (filter) => (filter === "" ? "Watch: all runtimes" : `Watch: ${filter}`),
    times: (day, offset) => `Times: ${day}, ${offset}`,
    mayRepeat: "This may have been sent before: the platform did not say whether it arrived.",
  },
  over: {
    one: (name, risk) => `Over: ${name} · ${risk}`,
    many: (count) => `Over: ${some(count, "alert", "alerts")}`,
    oneGone: (name) => `No longer listed: ${name}`,
    ended: (count) => some(count, "alert has ended", "alerts have ended"),
    gone: "What is no longer listed was not seen to be in order: it may have been released, or be out of this bot's sight.",
    open: (count) => `${some(count, "alert of this watch is", "alerts of this watch are")} still open.`,
    more: (count) => `And ${number.format(count)} more.`,
  },
  blind: (since) => ({
    title: "This chat's alerts are blind",
    happened: `Since ${since} no scan was complete: new risks, and the end of old ones, may go unseen.`,
    todo: "The bot goes on trying and says when it sees again. If this lasts, tell its operator.",
  }),
  because: (reason) => `Why: ${reason}.`,
  sight: (since, until, lasted) => ({
    title: "Scans are complete again",
    happened: `From ${since} to ${until} (${lasted}) no scan was complete.`,
    todo: "There is nothing to do: what has changed since then is told as usual.",
  }),
  paused: {
    right: {
      title: "This chat's watch stands still",
      happened: "Who set it up may not have alerts here any more, so nothing is told.",
      todo: "Somebody who may can set it up again.",
    },
    filter: {
      title: "This chat's watch stands still",
      happened: "Its filter cannot be read by this version, so nothing is told.",
      todo: "Set it up again with a filter that works.",
    },
    chat: {
      title: "This chat's watch stands still",
      happened: "The bot was not in this chat, so nothing was told.",
      todo: "Set it up again if it is still wanted.",
    },
  },
  budget: {
    title: { calls: "API calls run short this month", pushes: "Messages run short this month" },
    callsOptional: {
      happened: "What is not needed to see risks is left out of the scans from now on.",
      todo: "Alerts come as before. More calls can be allowed in the configuration.",
    },
    callsSlower: (interval) => ({
      happened: `Scans are ${interval} apart from now on.`,
      todo: "Alerts come later than before. More calls can be allowed in the configuration.",
    }),
    pushesOptional: {
      happened: "Reminders and digests are left out from now on.",
      todo: "New risks and their ends are told as before. More messages can be allowed in the configuration.",
    },
    pushesSpent: {
      happened: "Nothing more is sent by itself until next month, alerts included.",
      todo: "Ask for the alert status to see what is open. More messages can be allowed in the configuration.",
    },
  },
  test: {
    title: "Test of alerts",
    arrives: "Alerts arrive in this chat.",
    asked: (by, time, offset) => `${by} asked for this test at ${time} (${offset}). Nothing is at risk by it.`,
    begun: {
      title: "Test of alerts",
      happened: "A test is on its way into this chat, as an alert would be.",
      todo: "If it is not here in a minute, the alert status says why.",
    },
  },
};
