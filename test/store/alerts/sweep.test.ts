import type { Kysely } from "kysely";
import { expect, it } from "vitest";
import { countRuntimes } from "../../../src/fleet/index.ts";
import type { Tables } from "../../../src/store/schema.ts";
import { episodeOf, hour, momentAt, muteOf, noon } from "../../alerts/builders.ts";
import { createManualClock } from "../../manual-clock.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, lasting } from "../sites.ts";
import { changeOf, lead, makeWatch, newNotice, scanAt, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
const day = 24 * hour;

const columns = {
  ...{ episodes: "id", notices: "id", scans: "at", samples: "at", setups: "runtime", mutes: "target" },
} as const;

/** What is left in each table, by a column that names its rows. */
async function left(db: Kysely<Tables>): Promise<Readonly<Record<keyof typeof columns, readonly unknown[]>>> {
  const names = async (table: keyof typeof columns) => {
    const rows = await db.selectFrom(table).select(db.dynamic.ref<string>(columns[table])).execute();
    return rows.flatMap((row) => Object.values(row)).toSorted();
  };
  return {
    ...{ episodes: await names("episodes"), notices: await names("notices"), scans: await names("scans") },
    ...{ samples: await names("samples"), setups: await names("setups"), mutes: await names("mutes") },
  };
}

describeSites(
  "a sweep of alerts",
  postgres,
  (createSite) => {
    it("deletes what is over for long, and neither what lasts nor what was known last", async () => {
      const site = await createSite();
      const store = await site.open(createManualClock(noon.wall));
      const { alerts } = store;
      const term = await lead(store);
      await makeWatch(alerts);
      const over = { state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall } as const;
      const episodes = [episodeOf({ id: "open", notice: "n1" }), episodeOf({ id: "over", notice: "n2", ...over })];
      const scans = [scanAt(-day), scanAt(0), scanAt(1, { complete: false })];
      for (const scan of scans) {
        await alerts.watches.commit(term, changeOf({ scan }));
      }
      const setups = [{ runtime: "ecd-1", template: "mt-1", channels: [] }];
      const notices = ["n1", "n2", "n3"].map((id) => newNotice(id));
      await alerts.watches.commit(term, changeOf({ episodes, notices, setups }));
      await sendOwed(alerts, term);
      await sendOwed(alerts, term);
      await alerts.samples.add(term, [{ list: "", at: noon.wall, counts: countRuntimes([]), facets: {} }], []);
      await alerts.mutes.put(muteOf("ecd-1"));
      await store.stop();
      // Mutes are swept last: when this one is gone, all others were looked at.
      const mark = muteOf("mark", { untilWall: 0 });
      const sweepAfter = async (later: number, expected: object) => {
        const swept = await site.open(createManualClock(noon.wall + later));
        await swept.alerts.mutes.put(mark);
        await swept.stop();
        const sweeping = await site.open(createManualClock(noon.wall + later));
        await expect.poll(async () => (await site.look(left)).mutes, { timeout: 10_000 }).not.toContain("mark");
        expect(await site.look(left)).toEqual(expected);
        await sweeping.stop();
      };
      const all = {
        ...{ episodes: ["open", "over"], notices: ["n1", "n2", "n3"], samples: [noon.wall], setups: ["ecd-1"] },
        ...{ scans: [-day, 0, 1].map((at) => momentAt(at).steady), mutes: ["ecd-1"] },
      };

      await sweepAfter(day, all);
      const known = { ...all, scans: [noon.steady], mutes: [] };
      await sweepAfter(3 * day, known);
      const open = { ...known, episodes: ["open"], notices: ["n1", "n3"] };
      await sweepAfter(31 * day, open);
      await sweepAfter(91 * day, { ...open, samples: [], setups: [] });
    });
  },
  lasting,
);
