/** What DingTalk allows, as its public documents say, and what the calls to it hold at most. */
export const apiLimits = {
  /** Milliseconds of one exchange with the platform, from the request to the last byte of its answer. */
  exchange: 6_000,
  /** Bytes of an answer of the platform; the longest that are asked for are a few kB. */
  answerBytes: 1_000_000,
  /** Open connections to the platform; further requests wait for one. */
  connections: 64,
  /** Milliseconds before its end at which a token is used no more, as it has to arrive. */
  tokenMargin: 180_000,
  /**
   * Milliseconds before its end at which a token is asked for anew: the platform then gives the same one and lets it last
   * longer, or gives another (document "Obtain the access token of an internal app").
   */
  tokenRenewal: 600_000,
  /** Calls of one API a second, in the free edition (document "Call frequency and throttling"). */
  apiPerSecond: 20,
  /** Calls for one chat, one person or one card a second. No document names it: it keeps one from taking the turns of all. */
  keyPerSecond: 5,
  /** Milliseconds for all tries of a call; the bot waits 20 s for a channel. */
  patience: 18_000,
  tries: 6,
  /** Bytes of `msgParam` (document "Robot sends a group message"). */
  msgParamBytes: 15_000,
  /** Bytes of what a session webhook takes: it says "message too long, exceed 20000 bytes" (460101). */
  webhookBytes: 20_000,
  /** Bytes of an uploaded file (document "Upload media files"). */
  fileBytes: 20_971_520,
  /** The part of the month's calls above which what is optional is left out. */
  sparingAbove: 0.8,
  /** Milliseconds between two looks at what all processes have counted. */
  tallyInterval: 60_000,
  /** Within which the first look has to succeed for the start to wait for it, milliseconds. */
  tallyPatience: 5_000,
} as const;
