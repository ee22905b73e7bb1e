import { expect, it } from "vitest";
import { episodeOf, hour, momentAt, muteOf, noon, watchOf } from "../../alerts/builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, lasting } from "../sites.ts";
import { changeOf, idsOf, makeWatch, newNotice, openLeading, place, scanAt, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
const later = momentAt(hour);
const everyEpisode = 0;

describeSites("a watch", postgres, (createSite) => {
  it("is made in its first revision, not primed", async () => {
    const { alerts } = await openLeading(await createSite());
    const made = watchOf({ filter: 'risk=yes name="\uD800"', author: "ou_\0" });

    expect(await alerts.watches.save(made, () => true, noon)).toEqual({ edited: false, ended: 0 });

    const stored = { ...made, filter: 'risk=yes name="\uFFFD"', author: "ou_\uFFFD", revision: 1, primed: false };
    expect(await alerts.watches.all()).toEqual([stored]);
    expect(await alerts.watches.of(place)).toEqual([stored]);
    expect(await alerts.watches.of({ ...place, chat: "oc_2" })).toEqual([]);
  });

  it("grows by a revision with an edit, and is primed and paused no more", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const patch = { primed: true, paused: "right", blindSince: noon.wall } as const;
    expect(await alerts.watches.commit(term, changeOf({ patch }))).toBe("done");

    expect(await alerts.watches.save(watchOf({ filter: "status=Running" }), () => true, later)).toMatchObject({
      edited: true,
    });

    const edited = { revision: 2, primed: false, paused: undefined, filter: "status=Running", blindSince: noon.wall };
    expect(await alerts.watches.all()).toEqual([watchOf(edited)]);
  });

  it("ends silently, with an edit, the open episodes that do not match any more, and only those", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const [kept, other, over] = [
      episodeOf({ id: "kept" }),
      episodeOf({ id: "other", runtime: "ecd-2", state: "pending", notice: undefined }),
      episodeOf({
        id: "over",
        runtime: "ecd-3",
        state: "ended",
        end: "resolved",
        endedAt: noon.steady,
        until: noon.wall,
      }),
    ];
    await alerts.watches.commit(term, changeOf({ episodes: [kept, other, over] }));

    const saved = await alerts.watches.save(watchOf(), ({ id }) => id === "kept", later);

    expect(saved).toEqual({ edited: true, ended: 1 });
    const state = await alerts.watches.state("w1", everyEpisode);
    expect(state?.open).toEqual([kept]);
    const ended = { ...other, state: "ended", end: "silent", endedAt: later.steady, until: later.wall };
    expect(state?.ended).toEqual([over, ended]);
  });

  it("lets the cards that show what an edit has ended become stale", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const [one, two] = [episodeOf({ id: "one", notice: "n1" }), episodeOf({ id: "two", runtime: "b", notice: "n2" })];
    await alerts.watches.commit(
      term,
      changeOf({ episodes: [one, two], notices: [newNotice("n1"), newNotice("n2", { chat: "oc_2" })] }),
    );
    await sendOwed(alerts, term);

    await alerts.watches.save(watchOf(), ({ id }) => id === "one", later);

    expect(idsOf(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 10))).toEqual(["n2"]);
  });

  it("takes what an edit has ended out of notices that were never tried, and drops those with nothing left", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const firing = (id: string, runtime: string, notice: string) => episodeOf({ id, runtime, notice });
    const some = { kind: "some", episodes: ["a", "b"], total: 2 } as const;
    await alerts.watches.commit(
      term,
      changeOf({
        episodes: [firing("a", "ecd-a", "n1"), firing("b", "ecd-b", "n1"), firing("c", "ecd-c", "n2")],
        notices: [
          newNotice("n1", { about: { kind: "episodes", total: 2, kinds: { "model-modified": 2 } } }),
          newNotice("n2"),
          newNotice("n3", { kind: "reminder", about: some }),
          newNotice("n4", { kind: "blind", about: { kind: "blind", since: noon.wall, reason: "throttled" } }),
        ],
      }),
    );

    await alerts.watches.save(watchOf(), ({ id }) => id === "a", later);

    const state = await alerts.watches.state("w1", everyEpisode);
    expect(state?.untried.map(({ id, about }) => [id, about])).toEqual([
      ["n1", { kind: "episodes", total: 1, kinds: { "model-modified": 1 } }],
      ["n3", { kind: "some", episodes: ["a"], total: 1 }],
      ["n4", { kind: "blind", since: noon.wall, reason: "throttled" }],
    ]);
    expect(await alerts.outbox.get("n2")).toMatchObject({ state: "dropped" });
    expect(idsOf((await alerts.episodes.ofNotice("n1", 0, 10)).episodes)).toEqual(["a"]);
  });

  it("leaves it to the chat's others to say that they are blind, when it is removed before it did", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const blind = newNotice("n1", { kind: "blind", about: { kind: "blind", since: noon.wall, reason: "down" } });
    const patch = { blindSince: noon.wall };
    await makeWatch(alerts);
    await makeWatch(alerts, { id: "w2" });
    await alerts.watches.commit(term, changeOf({ patch, notices: [blind] }));
    await alerts.watches.commit(term, changeOf({ watch: "w2", patch }));

    await alerts.watches.remove("w1", later);

    expect(await alerts.watches.all()).toEqual([watchOf({ id: "w2", blindSince: undefined, primed: false })]);
  });

  it("leaves the others blind, when it is removed after it said so", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const blind = newNotice("n1", { kind: "blind", about: { kind: "blind", since: noon.wall, reason: "down" } });
    const patch = { blindSince: noon.wall };
    await makeWatch(alerts);
    await makeWatch(alerts, { id: "w2" });
    await alerts.watches.commit(term, changeOf({ patch, notices: [blind] }));
    await alerts.watches.commit(term, changeOf({ watch: "w2", patch }));
    await sendOwed(alerts, term);

    await alerts.watches.remove("w1", later);

    expect(await alerts.watches.all()).toMatchObject([{ id: "w2", blindSince: noon.wall }]);
  });

  it("is removed with its open episodes ended silently, its untried notices dropped and its cards stale", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await alerts.watches.commit(
      term,
      changeOf({ episodes: [episodeOf({ notice: "n1" })], notices: [newNotice("n1")] }),
    );
    await sendOwed(alerts, term);
    await alerts.watches.commit(term, changeOf({ notices: [newNotice("n2")] }));

    expect(await alerts.watches.remove("w1", later)).toBe(true);

    expect(await alerts.watches.all()).toEqual([]);
    expect(await alerts.watches.state("w1", everyEpisode)).toBeUndefined();
    const [episode] = await alerts.episodes.some([episodeOf().id]);
    expect(episode).toMatchObject({ state: "ended", end: "silent", endedAt: later.steady, until: later.wall });
    expect(await alerts.outbox.get("n2")).toMatchObject({ state: "dropped" });
    expect(idsOf(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 10))).toEqual(["n1"]);
    expect(await alerts.watches.remove("w1", later)).toBe(false);
  });

  it("has for a state what is open, what ended since a time, what is untried, what is muted, and its last scans", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await makeWatch(alerts, { id: "w2" });
    const ended = (id: string, at: number) =>
      episodeOf({
        id,
        runtime: id,
        state: "ended",
        end: "gone",
        endedAt: momentAt(at).steady,
        until: momentAt(at).wall,
      });
    const [early, late] = [ended("early", -1), ended("late", 0)];
    const mute = muteOf("ecd-1");
    await alerts.mutes.put(mute);
    await alerts.mutes.put(muteOf("ecd-1", { chat: "oc_2" }));
    const incomplete = scanAt(60_000, { complete: false, reason: "throttled" });
    await alerts.watches.commit(
      term,
      changeOf({ scan: scanAt(0), episodes: [early, late, episodeOf()], notices: [newNotice("n1")] }),
    );
    await alerts.watches.commit(term, changeOf({ scan: incomplete, notices: [newNotice("n2")] }));
    await alerts.watches.commit(term, changeOf({ watch: "w2", scan: scanAt(90_000, { watch: "w2" }) }));
    await alerts.outbox.claim(term, noon, 10);

    const state = await alerts.watches.state("w1", noon.steady);

    expect(state).toMatchObject({ open: [episodeOf()], ended: [late], mutes: [mute] });
    expect(idsOf(state?.untried ?? [])).toEqual(["n2"]);
    expect(state).toMatchObject({ lastComplete: scanAt(0), last: incomplete });
    expect(await alerts.watches.lastComplete("w1")).toEqual(scanAt(0));
  });

  it("knows of which runtimes an episode is open, whatever their ids are", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const ids = ["ecd-1", "l".repeat(300), "nul \0"];
    const over = { state: "ended", end: "gone", endedAt: noon.steady, until: noon.wall } as const;
    const episodes = [
      ...ids.map((runtime, index) => episodeOf({ id: `e${index}`, runtime })),
      episodeOf({ id: "e8", kind: "agent-uninstalled" }),
      episodeOf({ id: "e9", runtime: "ecd-9", ...over }),
    ];
    await alerts.watches.commit(term, changeOf({ episodes }));

    expect(await alerts.watches.openRuntimes("w1")).toEqual(new Set(ids));
    expect(await alerts.watches.openRuntimes("w2")).toEqual(new Set());
  });

  it("has no state and no scan before it is made", async () => {
    const { alerts } = await openLeading(await createSite());

    expect(await alerts.watches.state("w1", everyEpisode)).toBeUndefined();
    expect(await alerts.watches.lastComplete("w1")).toBeUndefined();
    expect(await alerts.watches.scans("w1", 10)).toEqual([]);
    expect(await alerts.watches.history([], 0)).toEqual([]);
  });

  it("keeps of a scan all that it was", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const scan = scanAt(0, {
      ...{ complete: false, atRisk: 3, kinds: { "model-modified": 2, "agent-uninstalled": 1 } },
      ...{ reason: "throttled \0", odd: [["ecd-1", "model-modified", "unknown"]] },
    });

    await alerts.watches.commit(term, changeOf({ scan }));

    expect(await alerts.watches.scans("w1", 1)).toEqual([scan]);
  });

  it("gives its scans latest first, and those of several in the order of time", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await makeWatch(alerts, { id: "w2" });
    for (const at of [0, 20, 40]) {
      await alerts.watches.commit(term, changeOf({ scan: scanAt(at) }));
    }
    await alerts.watches.commit(term, changeOf({ watch: "w2", scan: scanAt(30, { watch: "w2" }) }));

    expect(await alerts.watches.scans("w1", 2)).toEqual([scanAt(40), scanAt(20)]);
    const history = await alerts.watches.history(["w1", "w2"], noon.wall + 20);
    expect(history).toEqual([scanAt(20), scanAt(30, { watch: "w2" }), scanAt(40)]);
  });
});

describeSites(
  "a row of a watch that cannot be read",
  postgres,
  (createSite) => {
    it("is passed over and logged once", async () => {
      const site = await createSite();
      const { alerts } = await openLeading(site);
      await makeWatch(alerts);
      await makeWatch(alerts, { id: "w2" });
      await site.look((db) => db.updateTable("watches").set({ origin: "magic" }).where("id", "=", "w1").execute());

      expect((await alerts.watches.all()).map(({ id }) => id)).toEqual(["w2"]);
      expect((await alerts.watches.of(place)).map(({ id }) => id)).toEqual(["w2"]);
      expect(await alerts.watches.state("w1", everyEpisode)).toBeUndefined();

      const said = site.log.lines.filter(({ message }) => message.includes("cannot be read"));
      expect(said.map(({ fields }) => fields)).toEqual([{ table: "watches" }]);
    });
  },
  lasting,
);

describeSites(
  "the state of a watch",
  postgres,
  (createSite) => {
    it("is read while another process writes", async () => {
      const site = await createSite();
      const { alerts } = await openLeading(site);
      await makeWatch(alerts);

      await site.look((db) =>
        db.transaction().execute(async (tx) => {
          await tx.updateTable("watches").set({ filter: "status=Running" }).execute();
          const state = await alerts.watches.state("w1", everyEpisode);
          expect(state?.watch.filter).toBe("");
        }),
      );
    });
  },
  ["file"],
);
