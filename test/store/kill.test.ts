import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { Arrival } from "../../src/bot/index.ts";
import type { Store, StoreLocation } from "../../src/store/index.ts";
import { createManualClock } from "../manual-clock.ts";
import { startPostgres } from "./postgres.ts";
import { describeSites, lasting, messageOf } from "./sites.ts";

const postgres = await startPostgres();
const script = fileURLToPath(new URL("taker.ts", import.meta.url));

/** Runs a process that takes arrivals, kills it once it took so many, and gives the ids that it had heard of. */
async function takeUntilKilled(location: StoreLocation, name: string, enough: number): Promise<readonly string[]> {
  const where = location.kind === "postgres" ? location.url() : location.kind === "file" ? location.directory : "";
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, location.kind, where, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const giveUp = setTimeout(() => child.kill("SIGKILL"), 15_000);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > enough) {
      child.kill("SIGKILL");
    }
  });
  await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(giveUp);
  // The last line may have been cut.
  const lines = output.split("\n").slice(0, -1);
  expect(lines.filter((line) => !line.endsWith(" new"))).toEqual([]);
  return lines.map((line) => line.split(" ")[0] ?? "");
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
