import { expect, it } from "vitest";
import type { Episode } from "../../../src/alerts/index.ts";
import { episodeOf, momentAt, noon } from "../../alerts/builders.ts";
import { runtimeOf } from "../../builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, type Site } from "../sites.ts";
import { changeOf, idsOf, makeWatch, newNotice, openLeading, sendOwed } from "./rig.ts";

const postgres = await findPostgres();

/** A store with a watch w1 that has these episodes, in the hands of a leader. */
async function openWith(site: Site, episodes: readonly Episode[]) {
  const opened = await openLeading(site);
  await makeWatch(opened.alerts);
  await opened.alerts.watches.commit(opened.term, changeOf({ episodes }));
  return opened;
}

/** An episode of a runtime of its own, which began so many milliseconds after noon. */
function one(id: string, at: number, part: Partial<Episode> = {}): Episode {
  const { steady, wall } = momentAt(at);
  return episodeOf({ id, runtime: `ecd-${id}`, beganAt: steady, since: wall, notice: "n1", ...part });
}

const over = { state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall } as const;

describeSites("episodes", postgres, (createSite) => {
  it("are found by their ids, in the order that was asked for, without those that are not there", async () => {
    const { alerts } = await openWith(await createSite(), [one("a", 0), one("b", 0)]);

    expect(await alerts.episodes.get("a")).toEqual(one("a", 0));
    expect(await alerts.episodes.get("\0")).toBeUndefined();
    expect(idsOf(await alerts.episodes.some(["b", "c", "a"]))).toEqual(["b", "a"]);
    expect(await alerts.episodes.some([])).toEqual([]);
  });

  it("of a notice come open ones first, worst first, then oldest, a page at a time", async () => {
    const { alerts } = await openWith(await createSite(), [
      one("over", 0, { ...over, kind: "agent-uninstalled" }),
      one("late", 2),
      one("mild", 0, { kind: "channel-modified" }),
      one("early", 1),
      one("worst", 3, { kind: "agent-uninstalled" }),
      one("other", 0, { notice: "n2" }),
    ]);

    const first = await alerts.episodes.ofNotice("n1", 0, 3);
    const second = await alerts.episodes.ofNotice("n1", 3, 3);

    expect([first.total, ...idsOf(first.episodes)]).toEqual([5, "worst", "early", "late"]);
    expect([second.total, ...idsOf(second.episodes)]).toEqual([5, "mild", "over"]);
    expect(await alerts.episodes.ofNotice("n3", 0, 3)).toEqual({ episodes: [], total: 0 });
  });

  it("whose end a notice told are found by that notice", async () => {
    const { alerts } = await openWith(await createSite(), [
      one("a", 0, { ...over, endNotice: "n2" }),
      one("b", 0, { ...over, endNotice: "n2", kind: "agent-uninstalled" }),
      one("c", 0, over),
    ]);

    const { episodes, total } = await alerts.episodes.endedWith("n2", 1);

    expect([total, ...idsOf(episodes)]).toEqual([2, "b"]);
  });

  it("that are open are found by their watches, worst first, and counted", async () => {
    const { alerts, term } = await openWith(await createSite(), [one("a", 1), one("b", 0), one("c", 0, over)]);
    await makeWatch(alerts, { id: "w2" });
    const worst = one("d", 5, { watch: "w2", kind: "agent-uninstalled", state: "pending" });
    await alerts.watches.commit(term, changeOf({ watch: "w2", episodes: [worst] }));

    const both = await alerts.episodes.open(["w1", "w2"], 2);

    expect([both.total, ...idsOf(both.episodes)]).toEqual([3, "d", "b"]);
    expect(await alerts.episodes.open(["w2"], 2)).toMatchObject({ total: 1 });
    expect(await alerts.episodes.open([], 2)).toEqual({ episodes: [], total: 0 });
    const kinds = await alerts.episodes.openByKind();
    expect(kinds.find(({ kind }) => kind === "agent-uninstalled")?.count).toBe(1);
    expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it("of a runtime are found by its id and by its name as it was seen, in some watches, latest first", async () => {
    const { alerts } = await openWith(await createSite(), [
      one("a", 0, { ...over, runtime: "ecd-1", seen: runtimeOf({ id: "ecd-1", name: "agent one" }) }),
      one("b", 1, { runtime: "ecd-1", seen: runtimeOf({ id: "ecd-1", name: "agent two" }) }),
      one("c", 2, { runtime: "ecd-2", seen: runtimeOf({ id: "ecd-2", name: "agent two" }) }),
    ]);
    const found = async (target: string) => idsOf(await alerts.episodes.ofRuntime(target, ["w1"], 9));

    expect(await found("ecd-1")).toEqual(["b", "a"]);
    expect(await found("agent two")).toEqual(["c", "b"]);
    expect(await found("ecd-3")).toEqual([]);
    expect(await alerts.episodes.ofRuntime("ecd-1", ["w2"], 9)).toEqual([]);
    expect(await alerts.episodes.ofRuntime("ecd-1", [], 9)).toEqual([]);
    expect(idsOf(await alerts.episodes.ofRuntime("ecd-1", ["w1"], 1))).toEqual(["b"]);
  });

  it("are acknowledged once, while they are open, and the cards that show them become stale", async () => {
    const { alerts, term } = await openWith(await createSite(), [
      one("a", 0),
      one("b", 0, { notice: "n2" }),
      one("c", 0, { ...over, notice: "n3" }),
    ]);
    const notices = ["n1", "n2", "n3"].map((id, index) => newNotice(id, { chat: `oc_${index}` }));
    await alerts.watches.commit(term, changeOf({ notices }));
    await sendOwed(alerts, term);

    expect(await alerts.episodes.acknowledge(["a", "c", "nobody"], "ou_1", noon.wall)).toEqual(["a"]);
    expect((await alerts.episodes.acknowledge(["a", "b"], "ou_2", noon.wall + 1)).toSorted()).toEqual(["b"]);

    const [a, b, c] = await alerts.episodes.some(["a", "b", "c"]);
    expect([a?.acked?.by, b?.acked?.by, c?.acked]).toEqual(["ou_1", "ou_2", undefined]);
    const stale = await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9);
    expect(stale.map(({ id, staleness }) => [id, staleness])).toEqual([
      ["n1", 1],
      ["n2", 1],
    ]);
  });

  it("of a kind that this version does not know are passed over", async () => {
    const site = await createSite();
    const { alerts } = await openWith(site, [one("a", 0), one("b", 0)]);
    if (site.location.kind === "memory") {
      return;
    }
    await site.look((db) => db.updateTable("episodes").set({ kind: 77 }).where("id", "=", "a").execute());

    expect(await alerts.episodes.get("a")).toBeUndefined();
    expect(idsOf((await alerts.watches.state("w1", 0))?.open ?? [])).toEqual(["b"]);
    expect(site.log.lines.map(({ fields }) => fields)).toContainEqual({ table: "episodes" });
  });

  it("whose text is damaged are known as far as their columns say it", async () => {
    const site = await createSite();
    const { alerts } = await openWith(site, [one("a", 0)]);
    if (site.location.kind === "memory") {
      return;
    }
    await site.look((db) => db.updateTable("episodes").set({ body: '{"s":{"n":7' }).execute());

    expect(await alerts.episodes.get("a")).toMatchObject({
      runtime: "ecd-a",
      seen: { id: "ecd-a", name: "agent of ecd-a", users: [], agents: [], risks: undefined },
    });
  });
});
