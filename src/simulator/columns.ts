/** Risks of a runtime, as bits. */
export const risk = { modelModified: 1, channelModified: 2, agentUninstalled: 4 } as const;

/** What can change about a runtime; statuses and versions are indexes in the vocabulary. */
export interface Cells {
  readonly serial: number;
  readonly status: number;
  readonly agentStatus: number;
  readonly version: number;
  readonly risks: number;
}

/**
 * What can change about each runtime, eight bytes a runtime, in the order of creation (rising serials).
 * Every array is longer than `size`: only the first `size` entries mean anything.
 */
export interface Columns {
  readonly size: number;
  readonly serials: Uint32Array;
  readonly statuses: Uint8Array;
  readonly agentStatuses: Uint8Array;
  readonly versions: Uint8Array;
  readonly risks: Uint8Array;
  /** Adds a runtime at the end; its serial must be higher than all before. False when the capacity is used up. */
  append(cells: Cells): boolean;
  /** Takes the runtimes out that `gone` says, and keeps the order of the rest. */
  remove(gone: (index: number) => boolean): void;
  /** Where the runtime with this serial stands, or -1. */
  indexOf(serial: number): number;
}

/** Empty columns with room for `capacity` runtimes. */
export function createColumns(capacity: number): Columns {
  const serials = new Uint32Array(capacity);
  const statuses = new Uint8Array(capacity);
  const agentStatuses = new Uint8Array(capacity);
  const versions = new Uint8Array(capacity);
  const risks = new Uint8Array(capacity);
  const all = [serials, statuses, agentStatuses, versions, risks];
  let size = 0;
  return {
    get size() {
      return size;
    },
    serials,
    statuses,
    agentStatuses,
    versions,
    risks,
    append(cells) {
      if (size === capacity) return false;
      serials[size] = cells.serial;
      statuses[size] = cells.status;
      agentStatuses[size] = cells.agentStatus;
      versions[size] = cells.version;
      risks[size] = cells.risks;
      size += 1;
      return true;
    },
    remove(gone) {
      let kept = 0;
      for (let index = 0; index < size; index += 1) {
        if (gone(index)) continue;
        if (kept < index) for (const column of all) column[kept] = column[index] ?? 0;
        kept += 1;
      }
      size = kept;
    },
    indexOf(serial) {
      let low = 0;
      let high = size - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const found = serials[middle] ?? 0;
        if (found === serial) return middle;
        if (found < serial) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    },
  };
}
