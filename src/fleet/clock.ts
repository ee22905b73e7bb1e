/** Time as something that is passed in, so that tests own it. */
export interface Clock {
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** Milliseconds that only ever grow; for durations. */
  elapsed(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when that is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
