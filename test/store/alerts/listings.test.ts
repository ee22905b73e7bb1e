import { expect, it } from "vitest";
import type { AlertMemory, NewNotice, Term } from "../../../src/alerts/index.ts";
import { everything } from "../../../src/commands/index.ts";
import { episodeOf, hour, momentAt, muteOf, noon, watchOf } from "../../alerts/builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites } from "../sites.ts";
import { changeOf, makeWatch, newNotice, openLeading, place, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
const later = momentAt(hour);
const listing = (...episodes: readonly string[]): Partial<NewNotice> => ({
  kind: "reminder",
  about: { kind: "some", episodes, total: episodes.length },
});
const ended = { state: "ended", end: "resolved", endedAt: later.steady, until: later.wall } as const;

/** Two alerts without a card, and a reminder of each that was sent. */
async function reminded(alerts: AlertMemory, term: Term, more: readonly NewNotice[] = []): Promise<void> {
  await makeWatch(alerts);
  const episodes = ["one", "two"].map((id) => episodeOf({ id, runtime: id, notice: undefined }));
  const notices = [newNotice("of-one", listing("one")), newNotice("of-two", listing("two")), ...more];
  await alerts.watches.commit(term, changeOf({ episodes, notices }));
  for (const _ of notices) {
    await sendOwed(alerts, term);
  }
}

/** Sent notices of w1 that are stale. */
async function stale(alerts: AlertMemory): Promise<readonly string[]> {
  const sent = await alerts.outbox.last(place, 100, ["sent"]);
  return sent
    .filter((notice) => notice.stale)
    .map(({ id }) => id)
    .toSorted();
}

describeSites("the card of a notice that lists alerts", postgres, (createSite) => {
  it("is stale when one of them has ended", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await reminded(alerts, term);

    const episodes = [episodeOf({ id: "one", runtime: "one", notice: undefined, ...ended })];
    await alerts.watches.commit(term, changeOf({ episodes }));

    expect(await stale(alerts)).toEqual(["of-one"]);
  });

  it("is stale when one of them is acknowledged", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await reminded(alerts, term);

    await alerts.episodes.acknowledge(["two"], "ou_1", noon.wall);

    expect(await stale(alerts)).toEqual(["of-two"]);
  });

  it("is stale when the runtime of one of them is muted, or everything is, and when that is over", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await reminded(alerts, term);

    await alerts.mutes.put(muteOf("one"));

    expect(await stale(alerts)).toEqual(["of-one"]);
    await alerts.mutes.put(muteOf(everything));
    expect(await stale(alerts)).toEqual(["of-one", "of-two"]);
  });

  it("is stale when an edit of the watch has ended one of them", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await reminded(alerts, term);

    await alerts.watches.save(watchOf(), ({ id }) => id === "two", later);

    expect(await stale(alerts)).toEqual(["of-one"]);
  });

  it("is stale when the watch was removed", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await reminded(alerts, term);

    await alerts.watches.remove("w1", later);

    expect(await stale(alerts)).toEqual(["of-one", "of-two"]);
  });

  it("is left alone where it is that of another notice, which shows more", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const again = newNotice("again", { ...listing("one"), kind: "again", target: "first" });
    await reminded(alerts, term, [newNotice("first"), again]);
    const changed = { kind: "sent", message: "message of first" } as const;
    const own = newNotice("on-its-own", { ...listing("one"), kind: "again", target: "first" });
    await alerts.watches.commit(term, changeOf({ notices: [newNotice("changes", { ...again, id: "changes" }), own] }));
    await alerts.outbox.claim(term, noon, 100);
    await alerts.outbox.settle(term, "changes", changed, noon);
    await sendOwed(alerts, term);

    await alerts.episodes.acknowledge(["one"], "ou_1", noon.wall);

    expect(await stale(alerts)).toEqual(["again", "of-one", "on-its-own"]);
  });
});
