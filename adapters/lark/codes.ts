/** What a failure of the platform means for whoever called. */
export type FailureKind =
  /** The token is missing, stale or revoked: a new one helps. */
  | "token"
  /** The app id or the secret is wrong, or the app is not in use. */
  | "credentials"
  /** A permission of the app is missing. */
  | "scope"
  /** The app as a whole may not: its bot is switched off, or this machine's address is not allowed. */
  | "denied"
  /** Too many calls: later. */
  | "rate"
  /** The bot is not in the chat, or the chat is no more. */
  | "gone"
  /** Nobody may write there now, or not this bot. */
  | "forbidden"
  /** The message that is answered or changed cannot be: it was recalled or deleted, or is out of the bot's sight. */
  | "recalled"
  /** The group knows no threads. */
  | "no-thread"
  /** The message was sent too long ago to be changed. */
  | "too-old"
  /** The card is too long, or the file too large. */
  | "too-long"
  /** The tenant's rules do not let this content pass. */
  | "audit"
  /** The platform cannot make a card of it: our bug. */
  | "refused"
  /** Somebody's press on the card is being answered: later. */
  | "locked"
  /** The platform does not understand the call: our bug, or a wrong base URL. */
  | "parameter"
  /** It could not be reached, or failed inside: later. */
  | "unavailable"
  | "unknown";

/**
 * Codes of the platform, from the documents "Server error codes", "Send message", "Reply message", "Update message card" and
 * "Upload file". 230099, whose meaning stands in its words, is not here.
 */
const codes: readonly (readonly [FailureKind, readonly number[]])[] = [
  ["token", [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677]],
  ["credentials", [10005, 10012, 10013, 10014, 10015, 99991543, 99991662, 99991673]],
  ["scope", [11223, 99991672, 99991676, 230027]],
  ["denied", [11205, 11240, 99991401, 230006, 234007]],
  ["rate", [11232, 11233, 11247, 190005, 230020, 232019, 1000004, 1000005, 99991400]],
  ["gone", [10002, 10030, 11213, 11231, 11237, 230002, 230029, 230053, 232009, 232011]],
  ["forbidden", [11242, 230013, 230018, 230035, 230036, 230038, 230075]],
  ["recalled", [230011, 230019, 230050, 230110, 230111]],
  ["no-thread", [230071, 230072]],
  ["too-old", [230031]],
  ["too-long", [19036, 230025, 234006]],
  ["audit", [11248, 11312, 230022, 230028]],
  [
    "parameter",
    [
      9499, 10001, 10003, 99991201, 99991301, 99992351, 99992402, 230001, 230012, 230034, 230054, 230055, 234001,
      234010,
    ],
  ],
  // 18121 and 230049 say that the first of two calls with one key is not done yet.
  [
    "unavailable",
    [1500, 1503, 1551, 1557, 1642, 1663, 1665, 1668, 2200, 4006, 5000, 10101, 10105, 10500, 18121, 230049, 232096],
  ],
];

const kindOf: ReadonlyMap<number, FailureKind> = new Map(
  codes.flatMap(([kind, list]) => list.map((code) => [code, kind] as const)),
);

/** Of the rates, those that one chat or one message has reached, and not the app. */
const ofChat: ReadonlySet<number> = new Set([11233, 230020, 232019]);

/** The kind of a code; undefined when the code says nothing to us. */
export function kindOfCode(code: number): FailureKind | undefined {
  return kindOf.get(code);
}

/** Whether a code of kind "rate" is about a chat or a message; others are about the app. */
export function isRateOfChat(code: number): boolean {
  return ofChat.has(code);
}
