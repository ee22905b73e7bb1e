import { expect, it } from "vitest";
import { createAlertDatabase } from "../../../src/store/alerts/alert-database.ts";
import { createLeadership } from "../../../src/store/alerts/leadership.ts";
import { noon, watchOf } from "../../alerts/builders.ts";
import { createBreakable } from "../breakable.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, lasting } from "../sites.ts";
import { changeOf, digestOf, lead, makeWatch, newNotice, place, scanAt } from "./rig.ts";

const postgres = await findPostgres();

describeSites("a process alone", postgres, (createSite) => {
  it("leads from the first campaign, and goes on with the same term", async () => {
    const { alerts } = await (await createSite()).open();

    const first = await alerts.leadership.campaign(1_000);

    expect(first).toEqual({ token: 1 });
    expect(await alerts.leadership.campaign(2_000)).toEqual(first);
  });

  it("has the greatest steady time kept, in whole milliseconds", async () => {
    const { leadership } = (await (await createSite()).open()).alerts;

    expect(await leadership.steady()).toBeUndefined();
    await leadership.campaign(5_000.4);
    await leadership.campaign(3_000);
    expect(await leadership.steady()).toBe(5_000);
  });

  it("leads anew after it has resigned, in another term", async () => {
    const { leadership } = (await (await createSite()).open()).alerts;
    const first = await leadership.campaign(1);

    await leadership.resign();

    expect(await leadership.campaign(1)).toEqual({ token: (first?.token ?? 0) + 1 });
  });
});

describeSites(
  "two processes",
  postgres,
  (createSite) => {
    it("follow each other at once when the first resigns", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      const term = await lead(one);

      await one.alerts.leadership.resign();

      expect(await two.alerts.leadership.campaign(0)).toEqual({ token: term.token + 1 });
    });

    it("follow each other at once when the first stops", async () => {
      const site = await createSite();
      const one = await site.open();
      const term = await lead(one);

      await one.stop();

      expect(await (await site.open()).alerts.leadership.campaign(0)).toEqual({ token: term.token + 1 });
    });

    it("are fenced in every write once another leads", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      const old = await lead(one);
      await makeWatch(one.alerts);
      await one.alerts.leadership.resign();
      await lead(two);
      const { watches, outbox, digests, samples } = one.alerts;

      expect(await watches.commit(old, changeOf({ scan: scanAt(0) }))).toBe("fenced");
      expect(await outbox.add(old, newNotice("n1"))).toBe("fenced");
      expect(await outbox.claim(old, noon, 10)).toBe("fenced");
      expect(await outbox.settle(old, "n1", { kind: "failed", reason: "", retell: false }, noon)).toBe("fenced");
      expect(await outbox.giveUp(old, place, "")).toBe("fenced");
      expect(await digests.tell(old, { ...digestOf(), revision: 1 }, undefined)).toBe("fenced");
      expect(await samples.add(old, [], [])).toBe("fenced");
      expect(await watches.scans("w1", 10)).toEqual([]);
      expect(await outbox.get("n1")).toBeUndefined();
    });

    it("are not fenced in what people ask of any of them", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      await lead(one);

      expect(await two.alerts.outbox.add(undefined, newNotice("n1"))).toBe("done");
      expect(await two.alerts.watches.save(watchOf(), () => true, noon)).toEqual({ edited: false, ended: 0 });
    });

    it("write one after the other, so that the order of notices has no gap and no double", async () => {
      const site = await createSite();
      const stores = [await site.open(), await site.open()];
      const names = Array.from({ length: 20 }, (_, index) => `n${index}`);

      await Promise.all(names.map((name, index) => stores[index % 2]?.alerts.outbox.add(undefined, newNotice(name))));

      const last = await stores[0]?.alerts.outbox.last(place, 100);
      expect(last?.map(({ order }) => order)).toEqual(names.map((_, index) => names.length - index));
    });
  },
  lasting,
);

describeSites(
  "a leader that falls silent",
  postgres,
  (createSite) => {
    it("is followed after ten seconds, and not sooner", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      const term = await lead(one);
      expect(await two.alerts.leadership.campaign(0)).toBeUndefined();

      await site.clock.advance(9_999);
      expect(await two.alerts.leadership.campaign(0)).toBeUndefined();
      await site.clock.advance(1);

      expect(await two.alerts.leadership.campaign(0)).toEqual({ token: term.token + 1 });
      expect(await one.alerts.leadership.campaign(0)).toBeUndefined();
    });

    it("is not followed while it gives signs of life", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      const term = await lead(one);

      for (let round = 0; round < 10; round += 1) {
        expect(await two.alerts.leadership.campaign(0)).toBeUndefined();
        await site.clock.advance(3_000);
        expect(await one.alerts.leadership.campaign(0)).toEqual(term);
      }
    });

    it("keeps who waits for its write from taking its place in the middle of it", async () => {
      const site = await createSite();
      const [one, two] = [await site.open(), await site.open()];
      const term = await lead(one);
      await makeWatch(one.alerts);
      await two.alerts.leadership.campaign(0);
      await site.clock.advance(10_000);

      const [written, next] = await Promise.all([
        one.alerts.watches.commit(term, changeOf({ scan: scanAt(0), notices: [newNotice("n1")] })),
        two.alerts.leadership.campaign(0),
      ]);

      expect(next).toEqual({ token: term.token + 1 });
      const scans = await two.alerts.watches.scans("w1", 10);
      const notice = await two.alerts.outbox.get("n1");
      expect([scans.length, Number(notice !== undefined)]).toEqual(written === "done" ? [1, 1] : [0, 0]);
    });
  },
  ["postgres"],
);

async function createPair(isDead: (holder: string) => boolean = () => false) {
  const breakable = await createBreakable();
  const { clock, database } = breakable;
  const create = (holder: string) =>
    createLeadership({ database, alerts: createAlertDatabase({ database, holder }), clock, holder, isDead });
  return { ...breakable, one: create("one"), two: create("two") };
}

it("a leader that is known to be dead is followed at once", async () => {
  const { one, two } = await createPair((holder) => holder === "one");
  await one.campaign(0);

  expect(await two.campaign(0)).toEqual({ token: 2 });
});

it("a leader is given ten seconds more after nobody could reach the store", async () => {
  const { real, clock, one, two } = await createPair();
  await one.campaign(0);
  await two.campaign(0);
  await clock.advance(60_000);
  await expect(real.read(() => Promise.reject(new Error("it is away")))).rejects.toThrow("it is away");

  expect(await two.campaign(0)).toBeUndefined();
  await clock.advance(10_000);
  expect(await two.campaign(0)).toEqual({ token: 2 });
});

it("a leader whose campaign was written without a word of it leads on in the same term", async () => {
  const { one, set } = await createPair();
  set("after");
  await expect(one.campaign(0)).rejects.toThrow("the connection broke");

  set("never");

  expect(await one.campaign(0)).toEqual({ token: 1 });
});

it("resigning does not reject when the store fails", async () => {
  const { one, set } = await createPair();
  await one.campaign(0);
  set("before");

  await expect(one.resign()).resolves.toBeUndefined();
});
