import type { WhyTexts } from "./why-texts.ts";

const number = new Intl.NumberFormat("en");
const times = (count: number): string => (count === 1 ? "once" : `${number.format(count)} times`);
const because = (reason: string | undefined): string => (reason === undefined || reason === "" ? "" : `: ${reason}`);

export const whyInEnglish: WhyTexts = {
  title: (name) => `Why: ${name}`,
  nothing: (name) => `No watch of this chat has seen “${name}” at risk.`,
  noWatch: "This chat watches nothing. /alerts on begins.",
  heading: (risk, since) => `${risk} · since ${since}`,
  state: "State",
  lasting: "at risk",
  change: "Change",
  watch: "Watch",
  setUpBy: (filter, author) => `${filter}, set up by ${author}`,
  observed: "Last scans",
  observation: {
    risk: "at risk",
    clear: "not at risk",
    "not-seen": "not listed",
    unknown: "not known",
    incomplete: "not complete",
  },
  scans: (span, what, count) => `${span} ${what} (${number.format(count)} scans)`,
  sent: "Messages",
  noNotice: "none",
  delivered: (what, time, message) => `${what} sent ${time}${message === undefined ? "" : ` (message ${message})`}`,
  owed: (what, since, attempts, reason) =>
    attempts === 0
      ? `${what} to be sent since ${since}`
      : `${what} to be sent since ${since}, tried ${times(attempts)}${because(reason)}`,
  dropped: (what, time) => `${what} of ${time} left out, as nobody needed it any more`,
  failed: (what, time, attempts, reason) =>
    `${what} of ${time} given up after it was tried ${times(attempts)}${because(reason)}`,
  next: "Next",
  held: (left) => `It is told when it has been seen for ${left} more.`,
  owedNext: (time) => (time === undefined ? "Its message is sent now." : `Its message is tried again at ${time}.`),
  reminder: (time) => `A reminder comes at ${time} if it still lasts; when it is over, that is told.`,
  endOnly: "No more reminders; when it is over, that is told.",
  mutedNext: (until, acked) =>
    `Nothing while it is muted; ${acked ? `after ${until}, only its end is told` : `if it still lasts at ${until}, that is told`}.`,
  notListed: (scans) =>
    `It is not listed: it ends as no longer listed after ${number.format(scans)} more complete ${scans === 1 ? "scan" : "scans"}.`,
  over: "Nothing: it has ended. If it comes back, that is a new alert.",
  earlier: (count) => `${number.format(count)} earlier ${count === 1 ? "alert is" : "alerts are"} not shown.`,
};
