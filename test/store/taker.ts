import { openStore } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { machineClock } from "./machine-clock.ts";
import { messageOf } from "./sites.ts";

// Takes arrivals for as long as it lives, and prints the id of each that it was told is on disk. Of each it puts a note, and
// counts it, before that is printed.

const [kind, where, name] = process.argv.slice(2);
const place = where ?? "";
const opened = await openStore({
  location: kind === "postgres" ? { kind, url: () => place } : { kind: "file", directory: place },
  clock: machineClock,
  log: createRecordingLog(),
  processId: name ?? "taker",
});
if (!opened.ok) {
  throw new Error(opened.reason);
}
const { inbox, notes, tallies } = opened.store;
let next = 0;

async function takeOn(): Promise<never> {
  for (;;) {
    next += 1;
    const id = `${name}-${next}`;
    const taken = await inbox.take(messageOf(id));
    notes.put({ channel: name ?? "", kind: "taken", key: id, text: `note of ${id}` });
    tallies.add("taken", "2026-06", 1);
    process.stdout.write(`${id} ${taken}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, takeOn));
