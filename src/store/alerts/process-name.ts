import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { errorCode } from "../reasons.ts";

/** A name for this process by which another one on this machine finds out whether it lives: host/pid/uuid. */
export function processName(): string {
  return `${hostname()}/${process.pid}/${randomUUID()}`;
}

/**
 * Whether a process on this machine is known to live no longer. One with the number of this process is an earlier one: in a
 * container every process has the same.
 */
export function isDeadProcess(name: string): boolean {
  const [, host, id] = /^(.*)\/(\d+)\/[^/]*$/.exec(name) ?? [];
  if (host !== hostname()) {
    return false;
  }
  const pid = Number(id);
  return pid === process.pid || !isRunning(pid);
}

/**
 * Whether another process on this machine has the number of the one that a name ends with, so that it may live although it has
 * given no sign of life for long: it may be stopped, or the machine slept.
 */
export function mayLive(name: string): boolean {
  const [, host, id] = /([^/]*)\/(\d+)\/[^/]*$/.exec(name) ?? [];
  const pid = Number(id);
  return host === hostname() && pid !== process.pid && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
