import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AlertViews, createAlertViews, type Viewing } from "../../src/alerts/alert-views.ts";
import type { Episode } from "../../src/alerts/episode.ts";
import { createPeople } from "../../src/alerts/people.ts";
import { createTime } from "../../src/alerts/time.ts";
import { operatorGrant } from "../../src/bot/access.ts";
import { runtimeOf } from "../fleet/rows.ts";
import { createManualClock } from "../manual-clock.ts";
import { changeOf, lead, makeWatch } from "../store/alerts/rig.ts";
import { episodeOf, muteOf, noon, noticeOf } from "./builders.ts";
import { createWorld, type World } from "./engine/world.ts";

let world: World;
let views: AlertViews;
beforeEach(async () => {
  world = await createWorld();
  await makeWatch(world.memory, { filter: "risk=yes" });
  views = createAlertViews({
    ...{ memory: world.memory, zone: "UTC", groupLimit: 10 },
    people: createPeople([{ user: "li.na", ids: { lark: "ou_7" } }]),
    time: createTime(createManualClock(noon.wall)),
  });
});
afterEach(() => world.close());

const seen: Viewing = { grant: operatorGrant, page: 1 };
const notice = noticeOf({ id: "n-told" });

async function keep(episodes: readonly Episode[]): Promise<void> {
  const term = await lead({ alerts: world.memory });
  expect(await world.memory.watches.commit(term, changeOf({ episodes }))).toBe("done");
}

/** So many runtimes that were told with one notice. */
async function told(count: number, part: (index: number) => Partial<Episode> = () => ({})): Promise<void> {
  const runtimes = Array.from({ length: count }, (_, index) => `ecd-${String(index + 1).padStart(4, "0")}`);
  await keep(runtimes.map((runtime, index) => episodeOf({ runtime, ...part(index) })));
}

const inGroup = (index: number): Partial<Episode> => {
  const id = `ecd-${String(index + 1).padStart(4, "0")}`;
  return { seen: runtimeOf({ id, groupId: index % 2 === 0 ? "rg-1" : "rg-2" }) };
};

const narrow = { ...operatorGrant, scope: { group: ["rg-1"] } };

describe("an alert card", () => {
  it("has a page of its runtimes, and how many there are", async () => {
    await told(23);
    expect(await views.alert(notice, { ...seen, page: 3 })).toMatchObject({
      ...{ page: 3, pages: 3, total: 23, open: 23, kinds: { "model-modified": 23 } },
      runtimes: [{ runtime: "ecd-0021" }, { runtime: "ecd-0022" }, { runtime: "ecd-0023" }],
    });
  });

  it("has its last page for one that is too far", async () => {
    await told(11);
    expect(await views.alert(notice, { ...seen, page: 7 })).toMatchObject({ page: 2, runtimes: [{}] });
  });

  it("has what is open before what is over, and the worst first", async () => {
    const over = { state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall } as const;
    const kinds: readonly Partial<Episode>[] = [
      { kind: "agent-uninstalled", ...over },
      { kind: "channel-modified" },
      { kind: "agent-uninstalled" },
    ];
    await told(3, (index) => kinds[index] ?? {});
    const card = await views.alert(notice, seen);
    expect(card?.runtimes.map(({ runtime }) => runtime)).toEqual(["ecd-0003", "ecd-0002", "ecd-0001"]);
    expect(card?.open).toBe(2);
  });

  it("shows who may see less only that, and counts nothing else", async () => {
    await told(23, inGroup);
    expect(await views.alert(notice, { ...seen, grant: narrow, page: 2 })).toMatchObject({
      ...{ page: 2, pages: 2, total: 12, open: 12, kinds: { "model-modified": 12 } },
      runtimes: [{ runtime: "ecd-0021" }, { runtime: "ecd-0023" }],
    });
  });

  it("is none for whom may see none of it", async () => {
    await told(3, inGroup);
    const grant = { ...operatorGrant, scope: { group: ["rg-9"] } };
    expect(await views.alert(notice, { ...seen, grant })).toBeUndefined();
  });

  it("of a list of some has those, in its order", async () => {
    await told(3);
    const episodes = ["e-ecd-0003-model-modified", "e-ecd-0001-model-modified"];
    const reminder = noticeOf({ id: "n-late", kind: "reminder", about: { kind: "some", episodes, total: 2 } });
    expect(await views.alert(reminder, seen)).toMatchObject({
      ...{ reason: "reminder", total: 2 },
      runtimes: [{ runtime: "ecd-0003" }, { runtime: "ecd-0001" }],
    });
  });

  it("of a list that is longer than it could be says how many there are", async () => {
    await told(3);
    const about = { kind: "some", episodes: ["e-ecd-0001-model-modified"], total: 150 } as const;
    expect(await views.alert(noticeOf({ kind: "reminder", about }), seen)).toMatchObject({ total: 150, pages: 15 });
  });

  it("that changes another one is known by that", async () => {
    await told(1);
    const about = { kind: "some", episodes: ["e-ecd-0001-model-modified"], total: 1 } as const;
    const again = noticeOf({ id: "n-again", kind: "again", target: "n-told", about });
    expect(await views.alert(again, seen)).toMatchObject({ id: "n-told", reason: "again" });
  });

  it("says that its risks are back once all that is open is", async () => {
    await told(2, () => ({ times: 2 }));
    expect(await views.alert(notice, seen)).toMatchObject({ reason: "again" });
  });

  it("says what its runtimes have in common", async () => {
    await told(4, (index) => ({ seen: runtimeOf({ id: `ecd-000${index + 1}`, groupId: "rg-1" }) }));
    expect(await views.alert(notice, seen)).toMatchObject({
      common: [{ facet: "group", value: "rg-1", count: 4, of: 4 }],
    });
  });

  it("names those who are to know where that is wanted", async () => {
    await told(1, () => ({ seen: runtimeOf({ id: "ecd-0001", users: ["li.na", "wang.wei"] }) }));
    expect(await views.alert(notice, seen)).toMatchObject({ owners: [] });
    expect(await views.alert(notice, { ...seen, grant: { ...operatorGrant, mention: true } })).toMatchObject({
      owners: [{ name: "li.na", id: "ou_7" }],
    });
  });

  it.each(["masked", "hidden"] as const)("mentions nobody where users are %s", async (show) => {
    await told(1, () => ({ seen: runtimeOf({ id: "ecd-0001", users: ["li.na"] }) }));
    const grant = { ...operatorGrant, mention: true, show };
    expect(await views.alert(notice, { ...seen, grant })).toMatchObject({ owners: [] });
  });

  it("names no users by the filter of its watch where these are not shown", async () => {
    await told(1);
    await makeWatch(world.memory, { filter: "user=li.na" });
    const grant = { ...operatorGrant, show: "masked" } as const;
    expect(await views.alert(notice, { ...seen, grant })).toMatchObject({ watch: { filter: 'user="…"' } });
  });

  it("says what is muted", async () => {
    await told(1);
    await world.memory.mutes.put(muteOf("ecd-0001"));
    const card = await views.alert(notice, seen);
    expect(card?.runtimes[0]?.mutedUntil).toBe(muteOf("ecd-0001").untilWall);
  });

  it("names the watch that has found it, and none that is gone", async () => {
    await told(1);
    expect(await views.alert(notice, seen)).toMatchObject({ watch: { filter: "risk=yes", author: "ou_1" } });
    await world.memory.watches.remove("w1", noon);
    expect(await views.alert(notice, seen)).toMatchObject({ watch: { filter: "", author: "" } });
  });
});

describe("a card of what is over", () => {
  const ended = (index: number): Partial<Episode> => ({
    ...inGroup(index),
    ...{ state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall, endNotice: "n-over" },
  });
  const over = noticeOf({ id: "n-over", kind: "resolved" });

  it("has those that ended with it, as many as are named, and how many there are", async () => {
    await told(13, ended);
    const card = await views.over(over, seen);
    expect([card?.runtimes.length, card?.total, card?.open]).toEqual([10, 13, 0]);
  });

  it("says how many of the watch are open still", async () => {
    await told(3, (index) => (index === 0 ? ended(index) : {}));
    expect(await views.over(over, seen)).toMatchObject({ total: 1, open: 2 });
  });

  it("shows who may see less only that", async () => {
    await told(3, ended);
    expect(await views.over(over, { ...seen, grant: narrow })).toMatchObject({ total: 2 });
  });

  it("is none for whom may see none of it", async () => {
    await told(3, ended);
    const grant = { ...operatorGrant, scope: { group: ["rg-9"] } };
    expect(await views.over(over, { ...seen, grant })).toBeUndefined();
  });
});

describe("more alerts than are looked through", () => {
  const many = 2_100;

  it("are over when those that are looked through are", async () => {
    await told(many, () => ({ state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall }));
    expect(await views.alert(notice, seen)).toMatchObject({ total: many, open: 0 });
  });

  it("count a runtime with two kinds of risk once", async () => {
    await keep(["ecd-1", "ecd-2"].map((runtime) => episodeOf({ runtime })));
    await keep([episodeOf({ runtime: "ecd-1", kind: "channel-modified" })]);
    expect(await views.alert(notice, seen)).toMatchObject({ total: 3, counted: { all: 2, open: 2 } });
  });
});
