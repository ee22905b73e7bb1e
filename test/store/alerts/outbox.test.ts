import { expect, it } from "vitest";
import type { AlertMemory, Notice, Term } from "../../../src/alerts/index.ts";
import { episodeOf, momentAt, noon } from "../../alerts/builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, lasting } from "../sites.ts";
import { changeOf, idsOf, lead, makeWatch, newNotice, openLeading, place, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
const minute = 60_000;
const second = { ...place, chat: "oc_2" };

async function addAll(alerts: AlertMemory, names: readonly string[], part: Partial<Notice> = {}): Promise<void> {
  for (const name of names) {
    expect(await alerts.outbox.add(undefined, newNotice(name, part))).toBe("done");
  }
}

async function claim(alerts: AlertMemory, term: Term, at = noon, limit = 10): Promise<readonly Notice[]> {
  const claimed = await alerts.outbox.claim(term, at, limit);
  return claimed === "fenced" ? [] : claimed;
}

describeSites("the outbox", postgres, (createSite) => {
  it("keeps a notice as it was added, and counts on for the next", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const first = newNotice("n1", { kind: "again", target: "n0", about: { kind: "some", episodes: ["e1"], total: 1 } });

    await alerts.outbox.add(term, first);
    await addAll(alerts, ["n2"], { watch: undefined });

    expect(await alerts.outbox.get("n1")).toEqual({
      ...first,
      ...{ order: 1, state: "owed", attempts: 0, triedAt: undefined, nextAt: 0, sentAt: undefined },
      ...{ message: undefined, reason: undefined, stale: false, staleness: 0 },
    });
    expect(await alerts.outbox.get("n2")).toMatchObject({ order: 2, watch: undefined });
  });

  it("takes the same id once", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await sendOwed(alerts, term);

    await addAll(alerts, ["n1"], { kind: "test" });

    expect(await alerts.outbox.get("n1")).toMatchObject({ kind: "firing", state: "sent" });
  });

  it("gives the oldest of each chat, and counts that as an attempt", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2"]);
    await addAll(alerts, ["n3", "n4"], second);

    const claimed = await claim(alerts, term, momentAt(5));

    expect(idsOf(claimed)).toEqual(["n1", "n3"]);
    const tried = { attempts: 1, triedAt: noon.wall + 5, nextAt: noon.steady + 5 + minute };
    expect(claimed[0]).toMatchObject(tried);
    expect(await alerts.outbox.get("n1")).toEqual(claimed[0]);
  });

  it("gives no more than it is asked for, those that wait longest first", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await addAll(alerts, ["n2"], second);

    expect(idsOf(await claim(alerts, term, noon, 1))).toEqual(["n1"]);
  });

  it("gives a notice again a minute after it was claimed and nothing was heard of it, with the time of its first try", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await claim(alerts, term);

    expect(await claim(alerts, term, momentAt(minute - 1))).toEqual([]);

    expect(await claim(alerts, term, momentAt(minute))).toMatchObject([{ attempts: 2, triedAt: noon.wall }]);
  });

  it("gives a notice again at once that was being tried in an earlier term", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await claim(alerts, term);
    await alerts.leadership.resign();
    const next = await lead({ alerts });

    expect(await claim(alerts, next)).toMatchObject([{ id: "n1", attempts: 2 }]);
    expect(await claim(alerts, next)).toEqual([]);
  });

  it("waits with a notice that failed in an earlier term as long as was said then", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await claim(alerts, term);
    await alerts.outbox.settle(term, "n1", { kind: "again", nextAt: noon.steady + 500, reason: "busy" }, noon);
    await alerts.leadership.resign();
    const next = await lead({ alerts });

    expect(await claim(alerts, next)).toEqual([]);
    expect(await claim(alerts, next, momentAt(500))).toMatchObject([{ id: "n1" }]);
  });

  it.each([true, false])("lets the next scan tell again what was given up (%s), or not", async (retell) => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const told = changeOf({ episodes: [episodeOf({ notice: "n1" })], notices: [newNotice("n1")] });
    expect(await alerts.watches.commit(term, told)).toBe("done");
    await claim(alerts, term);

    await alerts.outbox.settle(term, "n1", { kind: "failed", reason: "too old", retell }, noon);

    const state = await alerts.watches.state("w1", noon.steady);
    expect(state?.open[0]?.notice).toBe(retell ? undefined : "n1");
  });

  it("keeps younger ones of a chat back while the oldest waits", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2"]);
    await claim(alerts, term);
    const again = { kind: "again", nextAt: noon.steady + 500.2, reason: "throttled \0" } as const;

    await alerts.outbox.settle(term, "n1", again, noon);

    expect(await claim(alerts, term, momentAt(499))).toEqual([]);
    expect(await claim(alerts, term, momentAt(500))).toMatchObject([{ id: "n1", reason: "throttled \uFFFD" }]);
  });

  it("does not let others of a chat wait for one that the platform refuses", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await addAll(alerts, ["n1", "n2"]);
    await claim(alerts, term);
    const again = { kind: "again", nextAt: noon.steady + 500, reason: "refused", refused: true } as const;

    await alerts.outbox.settle(term, "n1", again, noon);

    expect((await alerts.watches.state("w1", 0))?.refused).toEqual(["n1"]);
    expect(idsOf(await claim(alerts, term, momentAt(499)))).toEqual(["n2"]);
    expect(await claim(alerts, term, momentAt(500))).toMatchObject([{ id: "n1", attempts: 2 }]);
  });

  it("has a notice untried that was held at its first try", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await addAll(alerts, ["n1", "n2"]);
    await claim(alerts, term);
    const held = { kind: "held", nextAt: noon.steady + 500, reason: "spent", aside: false } as const;

    await alerts.outbox.settle(term, "n1", held, noon);
    await alerts.outbox.settle(term, "n1", held, noon);

    const untried = (await alerts.watches.state("w1", 0))?.untried;
    expect(untried).toMatchObject([{ id: "n1", triedAt: undefined, attempts: 0, reason: "spent" }, { id: "n2" }]);
    expect(await claim(alerts, term, momentAt(499))).toEqual([]);
    expect(await claim(alerts, term, momentAt(500))).toMatchObject([{ id: "n1", attempts: 1 }]);
  });

  it("keeps of a notice that is held what is known of its earlier tries", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2"]);
    await claim(alerts, term);
    await alerts.outbox.settle(term, "n1", { kind: "again", nextAt: 0, reason: "busy" }, noon);
    await claim(alerts, term, momentAt(5));
    const held = { kind: "held", nextAt: noon.steady + 500, reason: "muted", aside: true } as const;

    await alerts.outbox.settle(term, "n1", held, noon);

    expect(await alerts.outbox.get("n1")).toMatchObject({ attempts: 1, triedAt: noon.wall, reason: "busy" });
    expect(idsOf(await claim(alerts, term, momentAt(6)))).toEqual(["n2"]);
  });

  it("goes on to the next of a chat when one was sent or failed", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2", "n3"]);
    expect(await sendOwed(alerts, term)).toEqual(["n1"]);
    expect(idsOf(await claim(alerts, term))).toEqual(["n2"]);

    await alerts.outbox.settle(term, "n2", { kind: "failed", reason: "the chat is gone", retell: false }, noon);

    expect(await alerts.outbox.get("n1")).toMatchObject({ message: "message of n1", sentAt: noon.wall });
    expect(await alerts.outbox.get("n2")).toMatchObject({ state: "failed", reason: "the chat is gone" });
    expect(idsOf(await claim(alerts, term))).toEqual(["n3"]);
  });

  it("does not take back that a notice was sent", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await sendOwed(alerts, term);

    await alerts.outbox.settle(term, "n1", { kind: "failed", reason: "too late", retell: false }, noon);
    await alerts.outbox.settle(term, "n1", { kind: "again", nextAt: 0, reason: "too late" }, noon);
    await alerts.outbox.settle(term, "n1", { kind: "sent", message: "another" }, noon);

    expect(await alerts.outbox.get("n1")).toMatchObject({ state: "sent", message: "message of n1", reason: undefined });
  });

  it("has a card stale that changed after it was claimed, though it was sent after that", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2"]);
    await watchWithNotice(alerts, term, "n1");
    await alerts.episodes.acknowledge(["before"], "ou_1", noon.wall);
    await claim(alerts, term);

    await alerts.episodes.acknowledge(["after"], "ou_1", noon.wall);
    await alerts.outbox.settle(term, "n1", { kind: "sent", message: "m" }, noon);

    expect(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9)).toMatchObject([
      { id: "n1", stale: true, staleness: 2 },
    ]);
  });

  it("has a card stale that was drawn before what changed, though it was claimed once more after that", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ notices: [newNotice("n1")] }));
    const [drawn] = await claim(alerts, term);
    await alerts.watches.commit(term, changeOf({ stale: ["n1"] }));
    await claim(alerts, term, momentAt(minute));

    await alerts.outbox.settle(term, "n1", { kind: "sent", message: "m", staleness: drawn?.staleness }, noon);

    expect(await alerts.outbox.get("n1")).toMatchObject({ state: "sent", stale: true });
  });

  it("has a card fresh that shows what changed before it was claimed", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await watchWithNotice(alerts, term, "n1");
    await alerts.episodes.acknowledge(["before"], "ou_1", noon.wall);

    await sendOwed(alerts, term);

    expect(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it("has a card fresh as far as it was drawn, and stale for what came after", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await watchWithNotice(alerts, term, "n1");
    await sendOwed(alerts, term);
    await alerts.episodes.acknowledge(["before"], "ou_1", noon.wall);
    const [drawn] = await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9);
    await alerts.episodes.acknowledge(["after"], "ou_1", noon.wall);

    await alerts.outbox.settle(term, "n1", { kind: "fresh", staleness: drawn?.staleness ?? 0 }, noon);
    expect(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9)).toMatchObject([{ id: "n1", staleness: 2 }]);
    await alerts.outbox.settle(term, "n1", { kind: "fresh", staleness: 2 }, noon);
    await alerts.outbox.settle(term, "n1", { kind: "fresh", staleness: 1 }, noon);

    expect(await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
    expect(await alerts.outbox.get("n1")).toMatchObject({ stale: false, staleness: 2 });
  });

  it("has a stale card wait that could not be changed, and the others not", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await addAll(alerts, ["n2"], second);
    await sendOwed(alerts, term);
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ stale: ["n1", "n2"] }));

    await alerts.outbox.settle(term, "n1", { kind: "stale", nextAt: noon.steady + minute }, noon);

    expect(idsOf(await alerts.outbox.stale(noon.steady, 1))).toEqual(["n2"]);
    expect(idsOf(await alerts.outbox.stale(noon.steady + minute, 9))).toEqual(["n1", "n2"]);
  });

  it("leaves a stale card to what is owed and changes it, unless that has to wait", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await sendOwed(alerts, term);
    await makeWatch(alerts);
    await alerts.watches.commit(term, changeOf({ stale: ["n1"] }));
    const stale = async () => idsOf(await alerts.outbox.stale(noon.steady, 9));

    await addAll(alerts, ["n2"], { kind: "again", target: "n1" });
    expect(await stale()).toEqual([]);
    await claim(alerts, term);
    expect(await stale()).toEqual([]);
    const later = { nextAt: noon.steady + minute, reason: "busy" };
    await alerts.outbox.settle(term, "n2", { kind: "again", ...later }, noon);
    expect(await stale()).toEqual(["n1"]);
  });

  it("gives up all that is owed to a chat, and nothing else", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1"]);
    await sendOwed(alerts, term);
    await addAll(alerts, ["n2", "n3"]);
    await addAll(alerts, ["n4"], second);

    expect(await alerts.outbox.giveUp(term, place, "The bot left.")).toBe("done");

    const states = (await alerts.outbox.last(place, 9)).map(({ id, state, reason }) => [id, state, reason]);
    expect(states).toEqual([
      ["n3", "failed", "The bot left."],
      ["n2", "failed", "The bot left."],
      ["n1", "sent", undefined],
    ]);
    expect(await alerts.outbox.get("n4")).toMatchObject({ state: "owed" });
  });

  it("counts what is owed, to a chat and in all, and since when", async () => {
    const { alerts, term } = await openLeading(await createSite());
    expect(await alerts.outbox.backlog()).toEqual({ count: 0, since: undefined });
    await addAll(alerts, ["n1", "n2"], { owedSince: noon.steady + 7 });
    await addAll(alerts, ["n3"], second);

    expect(await alerts.outbox.owed(place)).toEqual({ count: 2, since: noon.steady + 7 });
    expect(await alerts.outbox.backlog()).toEqual({ count: 3, since: noon.steady });
    await sendOwed(alerts, term, momentAt(7));
    expect(await alerts.outbox.backlog()).toEqual({ count: 1, since: noon.steady + 7 });
  });

  it("gives the last of a chat or of a watch, latest first, of some states or of all", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await addAll(alerts, ["n1", "n2", "n3"]);
    await addAll(alerts, ["n4"], { ...second, watch: "w2" });
    await sendOwed(alerts, term);

    expect(idsOf(await alerts.outbox.last(place, 2))).toEqual(["n3", "n2"]);
    expect(idsOf(await alerts.outbox.last(place, 9, ["sent", "failed"]))).toEqual(["n1"]);
    expect(idsOf(await alerts.outbox.last({ watch: "w2" }, 9))).toEqual(["n4"]);
    expect(idsOf(await alerts.outbox.last({ watch: "w1" }, 9, ["owed"]))).toEqual(["n3", "n2"]);
  });
});

/** A watch with two episodes, `before` and `after`, that a notice shows. */
async function watchWithNotice(alerts: AlertMemory, term: Term, notice: string): Promise<void> {
  await makeWatch(alerts);
  const episodes = ["before", "after"].map((id) => episodeOf({ id, runtime: id, notice }));
  await alerts.watches.commit(term, changeOf({ episodes }));
}

describeSites(
  "a notice that cannot be read",
  postgres,
  (createSite) => {
    it("is given up, so that those after it are sent", async () => {
      const site = await createSite();
      const { alerts, term } = await openLeading(site);
      await addAll(alerts, ["n1", "n2"]);
      await site.look((db) => db.updateTable("notices").set({ body: "{" }).where("id", "=", "n1").execute());

      expect(await claim(alerts, term)).toEqual([]);

      expect(idsOf(await claim(alerts, term))).toEqual(["n2"]);
      expect(site.log.lines.map(({ fields }) => fields)).toContainEqual({ table: "notices" });
    });
  },
  lasting,
);
