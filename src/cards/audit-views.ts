/** How something came to be done: written, pressed on a card, done by the configuration, or told by the platform. */
export type AuditHow = "typed" | "pressed" | "configuration" | "platform";

/** What became of it. `bad`: it could not be read as a command; `late`: it came too late to be run. */
export type AuditOutcome = "ok" | "refused" | "failed" | "bad" | "late";

/** Entries, those who did something, and what was refused. */
export interface AuditCounts {
  readonly entries: number;
  readonly people: number;
  readonly refused: number;
  /** There are more entries than are counted. */
  readonly more?: boolean | undefined;
}

/** What was changed, or went out, where that is more than the command says. Times are epoch milliseconds. */
export type AuditDetail =
  /** The bot was added to the chat, or taken out of it. */
  | { readonly kind: "joined" }
  | { readonly kind: "left" }
  | { readonly kind: "file"; readonly name: string; readonly rows: number }
  /** `count`: how many alerts, or mutes that ended, it was. */
  | {
      readonly kind: "quieted";
      readonly what: "acked" | "muted" | "unmuted";
      readonly count: number;
      readonly target?: string | undefined;
      readonly until?: number | undefined;
    }
  /** `none`: there was nothing to turn off. */
  | { readonly kind: "watch" | "digest"; readonly what: "new" | "edited" | "off" | "none" }
  | { readonly kind: "view"; readonly what: "saved" | "replaced" | "dropped"; readonly name: string }
  /** Undefined: everybody's own. */
  | { readonly kind: "language"; readonly locale?: "en" | "zh" | undefined };

/** Who did something: by the platform's id, empty where that is not told, and by name where it is known and may be shown. */
export interface Actor {
  readonly id: string;
  readonly name: string | undefined;
}

/** One entry of an audit, as somebody may see it. */
export interface AuditLine {
  /** Where it stands in the chat's audit; see `auditPlace` of the commands. */
  readonly place: string;
  readonly at: number;
  readonly who: Actor;
  readonly how: AuditHow;
  /** The command; empty where there was none, and undefined where it may not be shown. */
  readonly text: string | undefined;
  readonly outcome: AuditOutcome;
  readonly detail: AuditDetail | undefined;
}
