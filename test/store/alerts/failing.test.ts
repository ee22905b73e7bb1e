import { expect, it } from "vitest";
import { createAlertMemory } from "../../../src/store/alerts/memory.ts";
import { noon } from "../../alerts/builders.ts";
import { createRecordingLog } from "../../bot/rig.ts";
import { createBreakable } from "../breakable.ts";
import { describeSites } from "../sites.ts";
import { changeOf, lead, makeWatch, newNotice, place, scanAt } from "./rig.ts";

async function createFailing() {
  const breakable = await createBreakable();
  const { database, clock } = breakable;
  const log = createRecordingLog();
  const alerts = createAlertMemory({ database, clock, log, holder: "one", isDead: () => false });
  const term = await lead({ alerts });
  await makeWatch(alerts);
  return { ...breakable, alerts, term };
}

it("what the store does not take rejects, and none of it is there", async () => {
  const { alerts, term, set } = await createFailing();
  const change = changeOf({ scan: scanAt(0), notices: [newNotice("n1")] });
  set("before");

  await expect(alerts.watches.commit(term, change)).rejects.toThrow("the connection broke");

  set("never");
  expect(await alerts.watches.scans("w1", 9)).toEqual([]);
  expect(await alerts.watches.commit(term, change)).toBe("done");
});

it("what was written without a word of it rejects, and the same again changes nothing", async () => {
  const { alerts, term, set } = await createFailing();
  const change = changeOf({ scan: scanAt(0), notices: [newNotice("n1")] });
  set("after");

  await expect(alerts.watches.commit(term, change)).rejects.toThrow("the connection broke");

  set("never");
  expect(await alerts.watches.commit(term, change)).toBe("done");
  expect(await alerts.watches.scans("w1", 9)).toEqual([scanAt(0)]);
  expect(await alerts.outbox.last(place, 9)).toMatchObject([{ id: "n1", order: 1 }]);
});

it("what was claimed without a word of it is claimed again a minute later", async () => {
  const { alerts, term, set } = await createFailing();
  await alerts.outbox.add(term, newNotice("n1"));
  set("after");
  await expect(alerts.outbox.claim(term, noon, 9)).rejects.toThrow("the connection broke");
  set("never");

  expect(await alerts.outbox.claim(term, noon, 9)).toEqual([]);
  const later = { steady: noon.steady + 60_000, wall: noon.wall };
  expect(await alerts.outbox.claim(term, later, 9)).toMatchObject([{ id: "n1", attempts: 2 }]);
});

describeSites(
  "a store whose tables are gone",
  { ok: false, reason: "" },
  (createSite) => {
    it("rejects every call with the store's own words, and says that it does not work", async () => {
      const site = await createSite();
      const store = await site.open();
      const { alerts } = store;
      await site.look((db) => db.schema.dropTable("watches").execute());
      await site.look((db) => db.schema.dropTable("leases").execute());

      await expect(alerts.watches.all()).rejects.toThrow("no such table");
      await expect(alerts.watches.state("w1", 0)).rejects.toThrow("no such table");
      await expect(alerts.leadership.campaign(0)).rejects.toThrow("no such table");
      await expect(alerts.outbox.add(undefined, newNotice("n1"))).rejects.toThrow("no such table");
      expect(store.ready()).toBe(false);
    });
  },
  ["file"],
);
