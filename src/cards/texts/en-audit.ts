import type { AuditDetail } from "../audit-views.ts";
import type { AuditTexts } from "./audit-texts.ts";

const number = new Intl.NumberFormat("en");
const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const auditInEnglish: AuditTexts = {
  title: "Audit of this chat",
  columns: { when: "When", who: "Who", what: "What", outcome: "Outcome" },
  entries: (count) => (count === 1 ? "entry" : "entries"),
  people: (count) => (count === 1 ? "person" : "people"),
  refused: "refused",
  page: ({ page, pages, total, newer }) =>
    `Page ${page} of ${pages} · ${total} ${total === 1 ? "entry" : "entries"}${newer === 0 ? "" : ` · ${newer} newer`}`,
  pageOfMany: (page, counted) => `Page ${page} · more than ${number.format(counted)} entries`,
  outcomes: { ok: "OK", refused: "Refused", failed: "Failed", bad: "Not a command", late: "Too late" },
  how: { pressed: "button", configuration: "configuration", platform: "platform" },
  nobody: { configuration: "the configuration", unknown: "not known" },
  concealed: "(names a user)",
  detail: detailInEnglish,
  times: (day, offset) => `Times are of ${day}${offset === "" ? "" : ` (${offset})`} unless they say otherwise.`,
  kept: (duration) => `Entries are kept for ${duration}.`,
  keptOnly: (duration) => `Entries are kept for ${duration}: there are none from before.`,
  off: {
    happened: "Nothing is written down: the configuration says to keep no audit.",
    todo: "Whoever runs the bot can set audit.keep, for example to 90d.",
  },
  none: "Nothing was done in this time.",
  beyond: "There is nothing on this page.",
  newest: "Newest",
  days: "Days",
  dayCount: (days) => (days === 1 ? "1 day" : `${days} days`),
  who: "Who",
  everybody: "Everybody",
};

function detailInEnglish(detail: AuditDetail, until: string | undefined): string {
  switch (detail.kind) {
    case "joined":
      return "added the bot to this chat";
    case "left":
      return "took the bot out of this chat";
    case "file":
      return `${counted(detail.rows, "row", "rows")} in ${detail.name}`;
    case "quieted": {
      const { what, target, count } = detail;
      const word = { acked: "acknowledged", muted: "muted", unmuted: "unmuted" }[what];
      const alerts = counted(
        count,
        what === "unmuted" ? "mute ended" : "alert",
        what === "unmuted" ? "mutes ended" : "alerts",
      );
      return `${word}${target === undefined ? "" : ` ${target}`}${until === undefined ? "" : ` until ${until}`}, ${alerts}`;
    }
    case "watch":
      return { new: "watch set up", edited: "watch changed", off: "watch ended", none: "there was no watch" }[
        detail.what
      ];
    case "digest":
      return { new: "digest set up", edited: "digest changed", off: "digest ended", none: "there was no digest" }[
        detail.what
      ];
    case "view":
      return `view ${detail.name} ${detail.what}`;
    case "language":
      return { en: "language: English", zh: "language: Chinese", auto: "language: everybody's own" }[
        detail.locale ?? "auto"
      ];
  }
}
