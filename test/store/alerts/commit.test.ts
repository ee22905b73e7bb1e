import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { episodeOf, momentAt, noon, watchOf } from "../../alerts/builders.ts";
import { runtimeOf } from "../../builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites } from "../sites.ts";
import { changeOf, idsOf, lead, makeWatch, newNotice, openLeading, scanAt } from "./rig.ts";

const postgres = await findPostgres();

describeSites("what a scan changes", postgres, (createSite) => {
  it("is written as a whole", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const setups = [{ runtime: "ecd-7", template: "mt-1", channels: ["feishu", "wecom"] }];
    const patch = { primed: true, blindSince: noon.wall } as const;
    const change = changeOf({
      ...{ scan: scanAt(0), episodes: [episodeOf({ notice: "n1" })], notices: [newNotice("n1"), newNotice("n2")] },
      ...{ patch, setups },
    });

    expect(await alerts.watches.commit(term, change)).toBe("done");

    expect(await alerts.watches.all()).toEqual([watchOf(patch)]);
    expect(await alerts.watches.scans("w1", 9)).toEqual([scanAt(0)]);
    expect(await alerts.episodes.get(episodeOf().id)).toEqual(episodeOf({ notice: "n1" }));
    expect((await alerts.watches.state("w1", 0))?.untried.map(({ id, order }) => [id, order])).toEqual([
      ["n1", 1],
      ["n2", 2],
    ]);
    expect(await alerts.episodes.setups(["ecd-7", "ecd-8"])).toEqual(
      new Map([["ecd-7", { template: "mt-1", channels: ["feishu", "wecom"] }]]),
    );
  });

  it("is refused as stale for another revision and for a watch that is gone, and nothing of it is written", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await makeWatch(alerts);
    const change = changeOf({ scan: scanAt(0), episodes: [episodeOf()], notices: [newNotice("n1")] });

    expect(await alerts.watches.commit(term, change)).toBe("stale");
    expect(await alerts.watches.commit(term, { ...change, watch: "w2" })).toBe("stale");

    expect(await alerts.watches.scans("w1", 9)).toEqual([]);
    expect(await alerts.episodes.get(episodeOf().id)).toBeUndefined();
    expect(await alerts.outbox.get("n1")).toBeUndefined();
  });

  it("is refused as stale when a notice that it revises or drops was tried meanwhile", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ notices: [newNotice("n1")] }));
    await alerts.outbox.claim(term, noon, 1);
    const about = { kind: "episodes", total: 5, kinds: {} } as const;

    expect(await alerts.watches.commit(term, changeOf({ revised: [{ id: "n1", about }] }))).toBe("stale");
    expect(await alerts.watches.commit(term, changeOf({ dropped: ["n1"], scan: scanAt(0) }))).toBe("stale");

    expect(await alerts.outbox.get("n1")).toMatchObject({ state: "owed", about: newNotice("n1").about });
    expect(await alerts.watches.scans("w1", 9)).toEqual([]);
  });

  it("revises, drops and makes stale the notices that it names", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ notices: ["n1", "n2", "n3"].map((id) => newNotice(id)) }));
    const about = { kind: "episodes", total: 5, kinds: { "channel-modified": 5 } } as const;

    await alerts.watches.commit(
      term,
      changeOf({ revised: [{ id: "n1", about }], dropped: ["n2"], stale: ["n3", "n3"] }),
    );

    expect(await alerts.outbox.get("n1")).toMatchObject({ state: "owed", about });
    expect(await alerts.outbox.get("n2")).toMatchObject({ state: "dropped" });
    expect(await alerts.outbox.get("n3")).toMatchObject({ stale: true, staleness: 1 });
  });

  it("replaces what an episode was, and leaves who acknowledged it", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ episodes: [episodeOf()] }));
    await alerts.episodes.acknowledge([episodeOf().id], "ou_2", noon.wall);
    const gone = episodeOf({
      ...{ state: "gone", missed: 2, remindAt: undefined, quiet: true, holding: false, held: 7, times: 3 },
      ...{ endNotice: "n9", before: { template: undefined, channels: [] }, seen: runtimeOf() },
    });

    await alerts.watches.commit(term, changeOf({ episodes: [gone] }));

    const acked = { by: "ou_2", at: noon.wall };
    expect(await alerts.episodes.get(gone.id)).toEqual({ ...gone, acked });
  });

  it("can end an episode and begin another of the same runtime and kind", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const [first, second] = [episodeOf({ id: "e1" }), episodeOf({ id: "e2" })];
    await alerts.watches.commit(term, changeOf({ episodes: [first] }));
    const over = { ...first, state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall } as const;

    await alerts.watches.commit(term, changeOf({ episodes: [second, over] }));

    expect(await alerts.watches.state("w1", 0)).toMatchObject({ open: [second], ended: [over] });
  });

  it("is refused as a whole where it would open the same episode twice", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const twice = [episodeOf({ id: "e1" }), episodeOf({ id: "e2" })];

    await expect(alerts.watches.commit(term, changeOf({ scan: scanAt(0), episodes: twice }))).rejects.toThrow();

    expect(await alerts.watches.state("w1", 0)).toMatchObject({ open: [], last: undefined });
  });

  it("keeps names of any length and any characters", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const odd = ["x".repeat(5_000), "nul \0", "half \uD800", "", "'; drop table episodes; --"];
    const episodes = odd.map((text, index) => {
      const seen = runtimeOf({ id: text, name: text || undefined, users: [text], groupName: text || undefined });
      return episodeOf({ id: `e${index}`, runtime: text, seen });
    });

    await alerts.watches.commit(term, changeOf({ episodes }));

    expect((await alerts.watches.state("w1", 0))?.open).toEqual(episodes);
    expect(idsOf(await alerts.episodes.ofRuntime("x".repeat(5_000), ["w1"], 9))).toEqual(["e0"]);
  });

  it("replaces how runtimes were set up, and writes again only what is another or is old", async () => {
    const site = await createSite();
    const { alerts, term } = await openLeading(site);
    await makeWatch(alerts);
    const setup = (template: string) => ({ runtime: "ecd-1", template, channels: [] });
    const put = async (template: string) => {
      await alerts.watches.commit(term, changeOf({ setups: [setup(template)] }));
      return (await alerts.episodes.setups(["ecd-1"])).get("ecd-1")?.template;
    };

    expect(await put("mt-1")).toBe("mt-1");
    expect(await put("mt-2")).toBe("mt-2");
    expect(await put("mt-2")).toBe("mt-2");
  });

  it("is read back in milliseconds without fractions", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const at = momentAt(0.4);

    await alerts.watches.commit(term, changeOf({ episodes: [episodeOf({ beganAt: at.steady, held: 1.6 })] }));

    expect((await alerts.watches.state("w1", 0.5))?.open).toMatchObject([{ beganAt: noon.steady, held: 2 }]);
  });
});

describeSites(
  "ten thousand new episodes of one scan",
  postgres,
  (createSite) => {
    it("are written in one transaction, during which other work gets its turn", async () => {
      const { alerts, term } = await openLeading(await createSite());
      await makeWatch(alerts);
      const episodes = Array.from({ length: 10_000 }, (_, index) =>
        episodeOf({ id: `e${index}`, runtime: `ecd-${index}` }),
      );
      let turns = 0;
      const counting = setInterval(() => {
        turns += 1;
      }, 1);

      expect(await alerts.watches.commit(term, changeOf({ episodes }))).toBe("done");

      clearInterval(counting);
      expect(turns).toBeGreaterThan(20);
      expect(await alerts.episodes.open(["w1"], 1)).toMatchObject({ total: 10_000 });
    });

    it("take less than a kilobyte each with their indexes", async () => {
      const site = await createSite();
      const store = await site.open();
      const { alerts } = store;
      const term = await lead(store);
      await makeWatch(alerts);
      const episodes = Array.from({ length: 2_000 }, (_, index) => {
        const runtime = `ecd-0123456789abcdef${index}`;
        const seen = runtimeOf({ id: runtime, name: `agent-of-finance-${index}`, users: ["li.na", "wang.wei"] });
        return episodeOf({ id: `e${String(index).padStart(10, "0")}`, runtime, seen, notice: `n00000${index % 9}` });
      });

      await alerts.watches.commit(term, changeOf({ episodes }));

      await store.stop();
      const path = join(site.location.kind === "file" ? site.location.directory : "", "deskhand.db");
      expect(statSync(path).size / episodes.length).toBeLessThan(1_000);
    });
  },
  ["file"],
);
