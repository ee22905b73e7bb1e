import { statfs } from "node:fs/promises";
import type { Meter } from "../telemetry/index.ts";

/**
 * Tells how full the disk of a directory is. What is shown is what was found when somebody asked last, and each question
 * looks anew beside it: a disk that hangs holds up nobody.
 */
export function tellDisk(directory: string, meter: Meter): void {
  let known: { readonly free: number; readonly size: number } | undefined;
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    try {
      const { bavail, blocks, bsize } = await statfs(directory);
      known = { free: bavail * bsize, size: blocks * bsize };
    } catch {
      known = undefined;
    } finally {
      looking = false;
    }
  }

  function read(what: "free" | "size"): number | undefined {
    if (!looking) {
      void look();
    }
    return known?.[what];
  }

  void look();
  meter.gauge("store_disk_free_bytes", () => read("free"));
  meter.gauge("store_disk_size_bytes", () => read("size"));
}
