/** Milliseconds before the next try. */
const first = 1_000;
const most = 5 * 60_000;

/**
 * How long to wait before a notice is tried again: twice as long with each try, up to five minutes, spread so that chats do not
 * knock in step.
 *
 * @param attempts how often it was tried
 */
export function backoff(attempts: number, random: () => number): number {
  const longest = Math.min(most, first * 2 ** Math.min(attempts - 1, 20));
  return Math.round(longest * (0.5 + random() / 2));
}
