import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { Arrival } from "../../src/bot/index.ts";
import type { Store, StoreLocation } from "../../src/store/index.ts";
import { createManualClock } from "../manual-clock.ts";
import { machineClock } from "./machine-clock.ts";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting, messageOf } from "./sites.ts";

const postgres = await findPostgres();
const script = fileURLToPath(new URL("taker.ts", import.meta.url));

/** A process that takes arrivals. */
interface Taker {
  /** Resolves once it took so many. */
  took(enough: number): Promise<void>;
  /** Kills it, and gives the ids that it had heard of. */
  kill(): Promise<readonly string[]>;
}

function startTaker(location: StoreLocation, name: string): Taker {
  const where = location.kind === "postgres" ? location.url() : location.kind === "file" ? location.directory : "";
  const flags = ["--disable-warning=ExperimentalWarning", "--import=./scripts/keep-compiled.js"];
  const child = spawn(process.execPath, [...flags, script, location.kind, where, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const giveUp = setTimeout(() => child.kill("SIGKILL"), 15_000);
  const closed = new Promise((resolve) => child.on("close", resolve));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return {
    async took(enough) {
      const enoughTaken = new Promise<void>((resolve) => {
        child.stdout.on("data", () => {
          if (output.split("\n").length > enough) {
            resolve();
          }
        });
      });
      await Promise.race([enoughTaken, closed]);
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
      clearTimeout(giveUp);
      // The last line may have been cut.
      const lines = output.split("\n").slice(0, -1);
      expect(lines.filter((line) => !line.endsWith(" new"))).toEqual([]);
      return lines.map((line) => line.split(" ")[0] ?? "");
    },
  };
}

/** Runs a process that takes arrivals, kills it once it took so many, and gives the ids that it had heard of. */
async function takeUntilKilled(location: StoreLocation, name: string, enough: number): Promise<readonly string[]> {
  const taker = startTaker(location, name);
  await taker.took(enough);
  return taker.kill();
}

async function adoptAll({ inbox }: Store): Promise<readonly Arrival[]> {
  const adopted: Arrival[] = [];
  for (let some = await inbox.adopt(500); some.length > 0; some = await inbox.adopt(500)) {
    adopted.push(...some);
  }
  return adopted;
}

describeSites(
  "what a killed process had taken",
  postgres,
  (createSite) => {
    it("is on disk: later deliveries are known, and the next process answers it", async () => {
      const site = await createSite();

      const printed = (
        await Promise.all([takeUntilKilled(site.location, "first", 500), takeUntilKilled(site.location, "second", 800)])
      ).flat();
      expect(printed.length).toBeGreaterThan(1_000);
      // After their last sign of life has run out.
      const store = await site.open(createManualClock(Date.now() + 11_000));
      const taken = await Promise.all(printed.map((id) => store.inbox.take(messageOf(id))));
      const adopted = await adoptAll(store);

      expect(new Set(taken)).toEqual(new Set(["known"]));
      const ids = adopted.map((arrival) => (arrival.kind === "message" ? arrival.message.id : ""));
      expect(new Set(ids).size).toBe(ids.length);
      const adoptedIds = new Set(ids);
      expect(printed.filter((id) => !adoptedIds.has(id))).toEqual([]);
    });
  },
  lasting,
);

describeSites(
  "what killed processes had noted and counted",
  postgres,
  (createSite) => {
    it("is on disk but for the last moment, whole, the oldest first, and counted once", async () => {
      const site = await createSite();
      const names = ["first", "second"];
      const takers = names.map((name) => startTaker(site.location, name));
      const store = await site.open(machineClock);
      const count = () => store.tallies.count("taken", "2026-06");
      await Promise.all(takers.map((taker) => taker.took(100)));
      // From here on both write once a second: killed after one of those writes, before or in the next.
      await expect.poll(count, { timeout: 10_000, interval: 100 }).toBeGreaterThan(200);

      const printed = await Promise.all(takers.map((taker) => taker.kill()));

      expect(await count()).toBeLessThanOrEqual(printed.flat().length);
      const notes = await site.look((db) => db.selectFrom("notes").select(["channel", "key", "text"]).execute());
      for (const [index, ids] of printed.entries()) {
        const texts = new Map(
          notes.filter(({ channel }) => channel === names[index]).map(({ key, text }) => [key, text]),
        );
        expect(texts.size).toBeGreaterThan(0);
        expect(texts).toEqual(new Map(ids.slice(0, texts.size).map((id) => [id, `note of ${id}`])));
      }
    }, 30_000);
  },
  lasting,
);
