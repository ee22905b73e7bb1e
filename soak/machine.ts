import { cpus, loadavg } from "node:os";

/** Programs that wait for each core. */
const crowd = 2;

/** Whether this machine has so much to do that what is slow says nothing of the bot. */
export function isCrowded(): boolean {
  return (loadavg()[0] ?? 0) > crowd * cpus().length;
}
