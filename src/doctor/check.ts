/** What a check can be about, in the order in which findings are told. */
export const parts = ["configuration", "clock", "store", "port", "fleet", "lark", "dingtalk"] as const;

/** What a check is about; findings are grouped by it. */
export type Part = (typeof parts)[number];

/** Something that does not work, in the words that the log and the cards have for it, and what to do, each a sentence. */
export interface Fault {
  readonly says: string;
  readonly todo: string;
}

/** What a check found. Sentences name no secret; they are the same that the log and the cards say of the same fault. */
export type Found =
  /** As it should be. `says` is what was seen, such as which credentials answered. */
  | { readonly state: "ok"; readonly says: string }
  /** Works, but somebody should know. */
  | { readonly state: "note"; readonly says: string; readonly todo?: string | undefined }
  /** Does not work. `todo` is one sentence that says what to do. */
  | ({ readonly state: "failed" } & Fault);

/** One thing that doctor looks at. */
export interface Check {
  readonly part: Part;
  /** Names the check in its part, in one or two words: `token`, `a card to a chat`. */
  readonly name: string;
  /** Names of checks of the same part that have to be well before this one can say anything. */
  readonly needs?: readonly string[] | undefined;
  /** How long it may take, milliseconds; 10,000 unless it says otherwise. */
  readonly deadline?: number | undefined;
  /** Looks. Must heed the signal, which is aborted at the deadline. A rejection is a fault of the program. */
  look(signal: AbortSignal): Promise<Found>;
}

/** A check that was looked at, or could not be. */
export type Finding = { readonly part: Part; readonly check: string } & (
  | Found
  /** Another check, on which it rests, failed. */
  | { readonly state: "skipped"; readonly says: string }
);
