import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, open, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Check, Found } from "../doctor/index.ts";
import type { Clock } from "../fleet/index.ts";
import { errorCode, storeFault } from "./reasons.ts";

/** What is asked of the disk; that of this machine unless a test has another. */
export interface Disk {
  /** The kind of the file system, as its number in Linux, and the bytes that are free for this user. */
  about(directory: string): Promise<{ readonly type: number; readonly free: number }>;
  /** Writes so many bytes into a new file there, has them put on the disk, and deletes it. */
  sync(directory: string, bytes: number): Promise<void>;
}

export interface DirectoryChecksOptions {
  readonly directory: string;
  readonly clock: Pick<Clock, "elapsed">;
  readonly disk?: Disk | undefined;
}

/** Below which room is short, bytes; above which a commit is slow, milliseconds; how often that is measured. */
const limits = { room: 256 * 1024 * 1024, slow: 100, tries: 5, block: 4_096 } as const;

/** Whether the directory of the embedded store can be used, and what its disk promises. */
export function directoryChecks({ directory, clock, disk = systemDisk }: DirectoryChecksOptions): readonly Check[] {
  const place = resolve(directory);
  const failed = (error: unknown): Found => ({
    state: "failed",
    ...storeFault(error, { kind: "file", directory }),
  });
  return [
    {
      part: "store",
      name: "directory",
      look: () => lookAtDirectory(place).catch(failed),
    },
    {
      part: "store",
      name: "disk",
      needs: ["directory"],
      look: () => lookAtDisk(place, disk, clock).catch(failed),
    },
  ];
}

/** Whether the directory holds a database already. */
export async function hasDatabase(directory: string): Promise<boolean> {
  return stat(join(directory, "deskhand.db")).then(
    () => true,
    () => false,
  );
}

async function lookAtDirectory(place: string): Promise<Found> {
  const there = await nearest(place);
  if (!(await stat(there)).isDirectory()) {
    throw Object.assign(new Error("not a directory"), { code: "ENOTDIR" });
  }
  await access(there, constants.W_OK | constants.X_OK);
  return { state: "ok", says: there === place ? `${place} can be written.` : `The first start makes ${place}.` };
}

/** The place itself, or the first above it that is there. */
async function nearest(place: string): Promise<string> {
  try {
    await stat(place);
    return place;
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || dirname(place) === place) {
      throw error;
    }
    return nearest(dirname(place));
  }
}

async function lookAtDisk(place: string, disk: Disk, clock: Pick<Clock, "elapsed">): Promise<Found> {
  const there = await nearest(place);
  const { type, free } = await disk.about(there);
  // Nothing is written beside the directory while it is not there yet.
  const took = there === place ? await measure(place, disk, clock) : undefined;
  const says = `${sizeOf(free)} are free${took === undefined ? "" : `, and a commit takes ${Math.max(1, Math.round(took))} ms`}.`;
  const system = fileSystems.get(type);
  if (system !== undefined) {
    return { state: "note", says: `${place} is on ${system.name}: ${system.means}.`, todo: system.todo };
  }
  if (free < limits.room) {
    return { state: "note", says: `Only ${says}`, todo: "Make room on the disk of the store." };
  }
  return took !== undefined && took > limits.slow
    ? { state: "note", says, todo: "Put the store on a faster disk: each message waits for a commit." }
    : { state: "ok", says };
}

/** How long it takes until what is written is on the disk, milliseconds: the median of some tries. */
async function measure(place: string, disk: Disk, clock: Pick<Clock, "elapsed">): Promise<number> {
  const times: number[] = [];
  for (let tried = 0; tried < limits.tries; tried += 1) {
    const begun = clock.elapsed();
    await disk.sync(place, limits.block);
    times.push(clock.elapsed() - begun);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(limits.tries / 2)] ?? 0;
}

const overNetwork = {
  means: "locks and commits of the embedded store are not safe there",
  todo: "Choose a directory on a local disk, or PostgreSQL, in store.url.",
};
const inMemory = {
  means: "nothing in it outlives a restart of the machine",
  todo: "Choose a directory on a disk in store.url.",
};

/** Kinds of file systems that the store should not be on, by their numbers in statfs(2) of Linux. */
const fileSystems: ReadonlyMap<number, { readonly name: string; readonly means: string; readonly todo: string }> =
  new Map([
    [0x6969, { name: "NFS", ...overNetwork }],
    [0x517b, { name: "SMB", ...overNetwork }],
    [0xfe534d42, { name: "SMB", ...overNetwork }],
    [0xff534d42, { name: "CIFS", ...overNetwork }],
    [0x00c36400, { name: "Ceph", ...overNetwork }],
    [0x5346414f, { name: "AFS", ...overNetwork }],
    [0x01021994, { name: "a file system in memory (tmpfs)", ...inMemory }],
    [0x858458f6, { name: "a file system in memory (ramfs)", ...inMemory }],
  ]);

const systemDisk: Disk = {
  async about(directory) {
    const { type, bavail, bsize } = await statfs(directory);
    // On 32 bits and some systems the number comes signed.
    return { type: type >>> 0, free: bavail * bsize };
  },
  async sync(directory, bytes) {
    const path = join(directory, `.deskhand-doctor-${randomUUID()}`);
    const file = await open(path, "wx", 0o600);
    try {
      await file.write(Buffer.alloc(bytes, 1));
      await file.sync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  },
};

function sizeOf(bytes: number): string {
  const gigabyte = 1024 ** 3;
  return bytes >= gigabyte ? `${(bytes / gigabyte).toFixed(1)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
}
