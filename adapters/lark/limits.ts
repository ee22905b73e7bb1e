/** What Lark and Feishu allow, as their public documents say, and what this adapter holds at most. */
export const limits = {
  /** Bytes of a card's JSON: the whole request must stay within 30 KB (document of "Send message"). */
  cardBytes: 29_000,
  /** Elements of a card, texts and columns included (document of card JSON 2.0). */
  cardElements: 200,
  /** Bytes of a request's body in webhook mode; the longest message has 150 KB (document of "Send message"). */
  webhookBytes: 1_048_576,
  /** How deep the JSON of such a body is nested; callbacks reach about ten levels. */
  webhookDepth: 32,
  /**
   * Within which such a request is answered, milliseconds: after 3 s Lark takes it for failed (document "Receive events"),
   * and the answer has to get there.
   */
  webhookDeadline: 2_500,
  /** How far the timestamp of a signature may be off, milliseconds. */
  webhookSkew: 300_000,
  /** Characters of the command that a press brings. */
  pressedCommand: 20_000,
  /** Milliseconds of one exchange with the platform, from the request to the last byte of its answer. */
  exchange: 6_000,
  /** Bytes of an answer of the platform; the longest that are asked for are a few kB. */
  answerBytes: 1_000_000,
  /** Open connections to the platform; further requests wait for one. */
  connections: 64,
  /** Milliseconds before its end at which a token is used no more, as it has to arrive. */
  tokenMargin: 180_000,
  /**
   * Milliseconds before its end at which a token is asked for anew: with 30 minutes left the platform still gives the same
   * one (document "Get custom app's tenant_access_token").
   */
  tokenRenewal: 1_500_000,
  /**
   * Messages to a chat a second, those of other bots of the group included, and changes of a message a second (documents
   * "Send message", "Update message card").
   */
  chatPerSecond: 5,
  /** Calls of one API a second and a minute (the same documents). */
  apiPerSecond: 50,
  apiPerMinute: 1_000,
  /** Milliseconds in which a message is sent, with all tries; the bot waits 20 s for a channel. */
  sendPatience: 18_000,
  sendTries: 6,
  /** Characters of the key against doubles (document of "Send message"). */
  uuid: 50,
  /** Bytes of a file (document of "Upload file": 30 MB). */
  fileBytes: 30_000_000,
} as const;

/** What the long connection holds and how long it waits; milliseconds where nothing else is said. */
export const linkLimits = {
  /** From the first request of an attempt to its open socket. */
  attempt: 40_000,
  /** Of that, the handshake of the socket. */
  handshake: 15_000,
  /**
   * The longest time between two pings. The platform asks for 120 s, with which a dead connection would go unnoticed for
   * minutes.
   */
  ping: 20_000,
  /** Within which a ping is answered. */
  pong: 10_000,
  /** A connection on which nothing has arrived for so long is dead: two pings went unanswered. */
  silence: 45_000,
  /** Frames of one event, bytes of all events that are not whole yet, and how long a missing frame is waited for. */
  fragments: 100,
  fragmentBytes: 4_194_304,
  fragmentPatience: 30_000,
  /** Events under way at once; more are left for the platform to deliver again. */
  events: 5_000,
  /** Within which an event is answered: Lark takes 3 s for a failure (document "Receive events through long connection"). */
  answer: 2_800,
  /** How long the end waits for what is under way, and after that for the platform to take its leave. */
  farewell: 3_000,
  goodbye: 1_000,
} as const;

/** What the drawing of cards goes by. */
export const renderLimits = {
  /**
   * Bytes of a card as it stands in a request: JSON text within JSON, where each quotation mark takes two. Cards of all
   * kinds share the 30 KB of a whole request (document "Send message").
   */
  cardInRequest: 29_900,
  /** UTF-16 units of the text on a button: 100 characters (document of the button). */
  button: 100,
  /** Tags beside the title (document of the title). */
  tags: 3,
  /** Rows of a table that are shown at once (document of the table). */
  tablePage: 10,
  columns: 50,
  /** Charts of a card: advised, not enforced (document of the chart). */
  charts: 5,
  /** Points of a chart of lines: more are not told apart on a phone. */
  points: 240,
  /** UTF-16 units of a text in a cell, of another text, of a title and of a name beside a chart or in a menu. */
  cell: 400,
  text: 2_000,
  title: 200,
  label: 100,
  /** UTF-16 units of what a legend says of a slice: longer ones leave no room for the ring. */
  slice: 48,
  /** What is listed of one kind, as facts of a block. */
  entries: 150,
  /** UTF-16 units of a command: longer ones are not taken back from a press. */
  command: limits.pressedCommand,
} as const;
