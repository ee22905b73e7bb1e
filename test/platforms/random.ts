/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids such as om_1f3c…: a prefix and 32 hex digits, never the same twice. */
export function createIds(random: () => number): (prefix: string) => string {
  let count = 0;
  const run = Array.from({ length: 4 }, () => Math.floor(random() * 0x1_00_00).toString(16)).join("");
  const tail = run.padStart(16, "0").slice(0, 16);
  return (prefix) => {
    count += 1;
    return `${prefix}${count.toString(16).padStart(16, "0")}${tail}`;
  };
}
