/** What the stand-in for any platform has. */
export interface StandIn {
  start(): Promise<void>;
  /** Closes every connection and timer at once; what waits on a condition is rejected. */
  stop(): Promise<void>;
  /** Base URL, without a slash at the end. Known from `start` on. */
  readonly url: string;
  /** What the bot did that the real platform would refuse or lose; a good run leaves none. */
  complaints(): readonly string[];
  /** Forgets what was asked, acknowledged, lost and complained of. */
  forget(): void;
  /** Resolves when the condition holds. It is looked at after each change; rejects after so many milliseconds (5,000). */
  until(condition: () => boolean, milliseconds?: number, what?: string): Promise<void>;
}

/** Milliseconds that tests wait for a condition unless they say otherwise. */
export const patience = 5_000;
