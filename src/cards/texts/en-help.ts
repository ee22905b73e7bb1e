import type { Texts } from "./texts.ts";

export const helpInEnglish: Texts["help"] = {
  intro: "Ask about cloud desktops and the AI agents on them.",
  title: (topic) => `Help: ${topic}`,
  topics: {
    runtimes: "List",
    show: "One runtime",
    summary: "Summary",
    risks: "Risks",
    export: "Export",
    trend: "Trend",
    why: "Why",
    alerts: "Alerts",
    digest: "Digest",
    view: "Views",
    lang: "Language",
    audit: "Audit",
    filters: "Filters",
  },
  commands: {
    runtimes: "Lists runtimes, a page a card.",
    show: "Shows everything that is known of one runtime, by its name or its id.",
    summary: "Shows counts and shares.",
    risks: "Lists runtimes whose agent was changed or removed.",
    export: "Brings the whole result into the chat as a file.",
    trend: "Shows how counts went over the last days, of lists that are scanned for a chat.",
    why: "Shows what was observed, decided and sent about a runtime or an alert, and what comes next.",
    alerts: "Tells this chat when runtimes are at risk, and when that is over.",
    digest: "Brings a summary into this chat on a schedule.",
    view: "Saves filters under a name, for this chat.",
    lang: "Sets the language of this chat.",
    audit: "Shows who did what in this chat, refused attempts included.",
    filters: "Every filter with its values.",
  },
  ofChat: "For this chat",
  syntax:
    "key=value, key:value and --key value mean the same. Several values take commas; a value with spaces takes quotation marks.",
};
