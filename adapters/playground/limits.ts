/** What the playground holds at most. Everything that comes from a browser meets one of these. */
export const limits = {
  /** Bytes of a request's body: a message far over what the bot accepts must still reach it, to be refused in words. */
  bodyBytes: 256 * 1024,
  /** Chats in memory; the one that was quiet longest goes first. */
  chats: 100,
  entriesPerChat: 200,
  /** UTF-16 units of JSON that a chat's history may hold. The newest entry is always kept. */
  charactersPerChat: 1_000_000,
  /** UTF-16 units of a person's text that the history keeps; the bot gets the whole text. */
  keptText: 4_000,
  /** Open pages of a chat. Browsers allow six connections to a host, and messages need one, too. */
  streamsPerChat: 4,
  /** Open pages over all chats; a page beyond them is refused, and tries again. */
  streams: 400,
  /** Bytes that may wait for a page that does not read; beyond it the page is cut off and comes back by itself. */
  streamBacklog: 2_000_000,
  /** Milliseconds between signs of life on an open stream. */
  heartbeat: 15_000,
  /** UTF-16 units of a text that is completed; nobody needs help with a longer one. */
  completedText: 4_000,
  completions: 50,
  /** Bytes of a file. */
  fileBytes: 100_000_000,
  /** Files on disk, and the bytes of all of them; the oldest go first. */
  files: 20,
  allFileBytes: 500_000_000,
  /** Milliseconds for which a file can be fetched. */
  fileLife: 3_600_000,
} as const;
