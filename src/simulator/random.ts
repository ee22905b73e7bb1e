/** A generator of numbers from 0 (included) to 1 (not included). */
export type Random = () => number;

/**
 * A well-spread 32-bit number of three others. The fleet's lasting traits are drawn with it from (seed, serial, trait)
 * instead of being stored: that is what keeps a large fleet small.
 */
export function mix(seed: number, key: number, salt: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(key + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(salt + 1, 0x27d4eb2f), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same as a share from 0 (included) to 1 (not included). */
export function share(seed: number, key: number, salt: number): number {
  return mix(seed, key, salt) / 0x1_0000_0000;
}

/** A small seeded generator (mulberry32), for what is drawn in sequence. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Gives, for a number from 0 to 1, the index that it falls on when the weights lie side by side. */
export function weighted(weights: readonly number[]): (drawn: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const ends = weights.map((weight) => {
    sum += weight;
    return sum / total;
  });
  return (drawn) => {
    let index = 0;
    while (index < ends.length - 1 && drawn >= (ends[index] ?? 1)) index += 1;
    return index;
  };
}

/** The entry of a list that is never empty which `drawn` (0 to 1) falls on. */
export function pick<Value>(list: readonly [Value, ...Value[]], drawn: number): Value {
  return list[Math.floor(drawn * list.length)] ?? list[0];
}
