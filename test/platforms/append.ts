/** Appends and drops the oldest above `keep`, some at a time. */
export function append<T>(list: T[], entry: T, keep: number): void {
  list.push(entry);
  if (list.length > keep + Math.max(keep / 4, 16)) list.splice(0, list.length - keep);
}

/** Adds to a map, and drops the oldest above `keep`. */
export function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, keep: number): void {
  map.set(key, value);
  if (map.size <= keep) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
