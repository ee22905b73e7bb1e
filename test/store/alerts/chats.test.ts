import { expect, it } from "vitest";
import type { About, AlertMemory, View } from "../../../src/alerts/index.ts";
import { everything } from "../../../src/commands/index.ts";
import { countRuntimes } from "../../../src/fleet/index.ts";
import { episodeOf, muteOf, noon } from "../../alerts/builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites, type Site } from "../sites.ts";
import { changeOf, digestOf, idsOf, makeWatch, newNotice, openLeading, place, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
type DigestAbout = Extract<About, { kind: "digest" }>;

const elsewhere = { ...place, chat: "oc_2" };

/** A chat with cards that show an open alert each, of ecd-1 and ecd-2, and one with a card of ecd-1. */
async function openWithCards(site: Site) {
  const opened = await openLeading(site);
  const { alerts, term } = opened;
  await makeWatch(alerts);
  await makeWatch(alerts, { id: "w2", ...elsewhere });
  const shown = (id: string, runtime: string, watch: string) => episodeOf({ id, runtime, watch, notice: `n-${id}` });
  await alerts.watches.commit(
    term,
    changeOf({
      episodes: [shown("one", "ecd-1", "w1"), shown("two", "ecd-2", "w1")],
      notices: [newNotice("n-one"), newNotice("n-two")],
    }),
  );
  await alerts.watches.commit(
    term,
    changeOf({
      watch: "w2",
      episodes: [shown("other", "ecd-1", "w2")],
      notices: [newNotice("n-other", { watch: "w2", ...elsewhere })],
    }),
  );
  await sendOwed(alerts, term);
  await sendOwed(alerts, term);
  return opened;
}

async function staleOf({ outbox }: AlertMemory): Promise<readonly string[]> {
  return idsOf(await outbox.stale(Number.MAX_SAFE_INTEGER, 9));
}

describeSites("a mute", postgres, (createSite) => {
  it("is kept as it was set, and makes the cards of its chat stale that show its runtime", async () => {
    const { alerts } = await openWithCards(await createSite());
    const mute = muteOf("ecd-1", { label: "agent \0 one", by: "ou_\uD800" });

    await alerts.mutes.put(mute);

    expect(await alerts.mutes.of(place)).toEqual([mute]);
    expect(await alerts.mutes.of(elsewhere)).toEqual([]);
    expect(await staleOf(alerts)).toEqual(["n-one"]);
  });

  it("of everything makes all cards of its chat stale that show an open alert", async () => {
    const { alerts } = await openWithCards(await createSite());

    await alerts.mutes.put(muteOf(everything));

    expect(await staleOf(alerts)).toEqual(["n-one", "n-two"]);
  });

  it("takes the place of an earlier one of the same target", async () => {
    const { alerts } = await openLeading(await createSite());
    const longer = muteOf("ecd-1", { until: noon.steady + 7, untilWall: noon.wall + 7 });
    await alerts.mutes.put(muteOf("ecd-1"));

    await alerts.mutes.put(longer);

    expect(await alerts.mutes.of(place)).toEqual([longer]);
  });

  it("is ended by its target, once, and the cards that show it become stale", async () => {
    const { alerts, term } = await openWithCards(await createSite());
    await alerts.mutes.put(muteOf("ecd-1"));
    await alerts.mutes.put(muteOf("ecd-2"));
    for (const { id, staleness } of await alerts.outbox.stale(Number.MAX_SAFE_INTEGER, 9)) {
      await alerts.outbox.settle(term, id, { kind: "fresh", staleness }, noon);
    }

    expect(await alerts.mutes.drop(place, "ecd-1")).toBe(1);
    expect(await alerts.mutes.drop(place, "ecd-1")).toBe(0);

    expect((await alerts.mutes.of(place)).map(({ target }) => target)).toEqual(["ecd-2"]);
    expect(await staleOf(alerts)).toEqual(["n-one"]);
  });

  it("is ended with all others of its chat by everything", async () => {
    const { alerts } = await openLeading(await createSite());
    await alerts.mutes.put(muteOf("ecd-1"));
    await alerts.mutes.put(muteOf(everything));
    await alerts.mutes.put(muteOf("ecd-1", elsewhere));

    expect(await alerts.mutes.drop(place, everything)).toBe(2);

    expect(await alerts.mutes.of(elsewhere)).toHaveLength(1);
  });
});

describeSites("a digest", postgres, (createSite) => {
  it("is kept as it was set up, and grows by a revision with an edit", async () => {
    const { digests } = (await openLeading(await createSite())).alerts;
    const last = { slot: noon.wall, counts: countRuntimes([]) };
    const told = digestOf({ last, skipped: [1, 2], paused: "filter", author: "ou_\0" });

    await digests.save(digestOf());
    await digests.save(told);

    expect(await digests.of(place)).toEqual({ ...told, revision: 2 });
    expect(await digests.all()).toEqual([{ ...told, revision: 2 }]);
    expect(await digests.of(elsewhere)).toBeUndefined();
  });

  it("notes what was told together with its notice", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await alerts.digests.save(digestOf());
    const told = { ...digestOf({ lastSlot: noon.wall + 1, skipped: [5] }), revision: 1 };
    const about: DigestAbout = {
      ...{ kind: "digest", slot: noon.wall, zone: "UTC", filter: "", last: undefined, skipped: [5] },
      summary: {
        ...{ counts: countRuntimes([]), counted: "runtimes", unreadable: 0, complete: true },
        facets: { status: [{ values: ["Running"], label: undefined, count: 2 }] },
      },
    };
    const notice = newNotice("n1", { watch: undefined, kind: "digest", about });

    expect(await alerts.digests.tell(term, told, notice)).toBe("done");

    expect(await alerts.digests.of(place)).toEqual(told);
    expect((await alerts.outbox.get("n1"))?.about).toEqual(about);
  });

  it("that was edited or removed meanwhile is not told", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await alerts.digests.save(digestOf());
    await alerts.digests.save(digestOf({ at: 1 }));

    expect(await alerts.digests.tell(term, { ...digestOf(), revision: 1 }, newNotice("n1"))).toBe("stale");
    expect(await alerts.digests.tell(term, { ...digestOf(elsewhere), revision: 1 }, newNotice("n1"))).toBe("stale");

    expect(await alerts.digests.of(place)).toMatchObject({ at: 1 });
    expect(await alerts.outbox.get("n1")).toBeUndefined();
  });

  it("is removed once", async () => {
    const { digests } = (await openLeading(await createSite())).alerts;
    await digests.save(digestOf());

    expect(await digests.remove(elsewhere)).toBe(false);
    expect(await digests.remove(place)).toBe(true);
    expect(await digests.remove(place)).toBe(false);
    expect(await digests.all()).toEqual([]);
  });
});

function viewOf(name: string, part: Partial<View> = {}): View {
  return { ...place, name, filter: "risk=yes", by: "ou_1", at: noon.wall, ...part };
}

describeSites("a view", postgres, (createSite) => {
  it("is kept as it was saved, in its chat alone", async () => {
    const { views } = (await openLeading(await createSite())).alerts;
    const view = viewOf("on call \0", { filter: "x".repeat(10_000) });

    expect(await views.save(view)).toBe(true);

    expect(await views.get(place, view.name)).toEqual(view);
    expect(await views.get(elsewhere, view.name)).toBeUndefined();
    expect(await views.get(place, "another")).toBeUndefined();
  });

  it("takes the place of an earlier one of the same name", async () => {
    const { views } = (await openLeading(await createSite())).alerts;
    await views.save(viewOf("b"));
    await views.save(viewOf("a"));

    await views.save(viewOf("b", { filter: "status=Running" }));

    expect(await views.of(place)).toEqual([viewOf("a"), viewOf("b", { filter: "status=Running" })]);
  });

  it("is refused where its chat has a hundred others, and an edit is not", async () => {
    const { views } = (await openLeading(await createSite())).alerts;
    for (let count = 0; count < 100; count += 1) {
      expect(await views.save(viewOf(`view ${count}`))).toBe(true);
    }

    expect(await views.save(viewOf("one more"))).toBe(false);
    expect(await views.save(viewOf("view 7", { filter: "" }))).toBe(true);
    expect(await views.save(viewOf("one more", elsewhere))).toBe(true);
  });

  it("is dropped once", async () => {
    const { views } = (await openLeading(await createSite())).alerts;
    await views.save(viewOf("a"));

    expect(await views.drop(place, "b")).toBe(false);
    expect(await views.drop(place, "a")).toBe(true);
    expect(await views.drop(place, "a")).toBe(false);
  });
});

describeSites("a chat's language", postgres, (createSite) => {
  it("is what was set last, or the reader's own", async () => {
    const { languages } = (await openLeading(await createSite())).alerts;
    const seen = [await languages.get(place)];

    for (const locale of ["en", "zh", undefined, undefined] as const) {
      await languages.set(place, locale);
      seen.push(await languages.get(place));
    }

    expect(seen).toEqual([undefined, "en", "zh", undefined, undefined]);
  });
});
