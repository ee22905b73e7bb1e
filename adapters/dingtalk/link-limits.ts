/** What the stream connection holds and how long it waits; milliseconds where nothing else is said. */
export const linkLimits = {
  /**
   * From the question where to connect to up to the open socket. A ticket is good for 90 s (document "Stream mode protocol
   * access description").
   */
  attempt: 30_000,
  /** Of that, the answer of the gateway. */
  gateway: 10_000,
  /** Between two pings. The platform sends pings of its own, but does not say how often. */
  ping: 20_000,
  /** Pings after which nothing has arrived at all: the connection is dead. */
  misses: 2,
  /** Bytes of a frame; a longer one is refused. */
  frameBytes: 1_048_576,
  /** Bytes of a frame with which the connection is given up, before they are held in memory. */
  longestFrame: 8_388_608,
  /** How deep the JSON of a frame and of its data is nested; callbacks reach about five levels. */
  depth: 32,
  /** Bytes of acknowledgements that the platform has not taken; with more the connection is given up. */
  backlog: 4_194_304,
  /** Messages and presses under way at once; more are left for the platform to deliver again. */
  underWay: 5_000,
  /** Within which a press is answered: after 2 s the person sees an error. */
  card: 1_950,
  /** After which a message is not acknowledged any more: the platform has it delivered again about then (a minute). */
  message: 30_000,
  /**
   * How long a connection that the platform wants to end is kept while the next one is made: the platform closes it after
   * 10 s (the same document).
   */
  overlap: 6_000,
  /** How long the end waits for what is under way, and after that for the platform to take its leave. */
  farewell: 3_000,
  goodbye: 1_000,
} as const;

/** Milliseconds; see `linkLimits`. */
export interface LinkTimes {
  readonly attempt: number;
  readonly gateway: number;
  readonly ping: number;
  readonly card: number;
  readonly message: number;
  readonly overlap: number;
  readonly farewell: number;
  readonly goodbye: number;
}
