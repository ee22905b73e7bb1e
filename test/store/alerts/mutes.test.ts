import { expect, it } from "vitest";
import { everything } from "../../../src/commands/index.ts";
import { episodeOf, muteOf } from "../../alerts/builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites } from "../sites.ts";
import { changeOf, makeWatch, newNotice, openLeading, place, sendOwed } from "./rig.ts";

const postgres = await findPostgres();
const runtimes = Array.from({ length: 250 }, (_, index) => `ecd-${index + 1}`);

describeSites("the mutes of many runtimes", postgres, (createSite) => {
  it("are put at once, and change a card once", async () => {
    const { alerts, term } = await openLeading(await createSite());
    await makeWatch(alerts);
    const episodes = runtimes.map((runtime) => episodeOf({ runtime, notice: "n1" }));
    await alerts.watches.commit(term, changeOf({ episodes, notices: [newNotice("n1")] }));
    await sendOwed(alerts, term);

    await alerts.mutes.put(...runtimes.map((runtime) => muteOf(runtime)));

    expect(await alerts.mutes.of(place)).toHaveLength(250);
    expect(await alerts.outbox.get("n1")).toMatchObject({ stale: true, staleness: 1 });
    await alerts.mutes.drop(place, ...runtimes);
    expect(await alerts.outbox.get("n1")).toMatchObject({ staleness: 2 });
  });

  it("end at once, those that are named", async () => {
    const { alerts } = await openLeading(await createSite());
    await alerts.mutes.put(...runtimes.map((runtime) => muteOf(runtime)), muteOf(everything));

    expect(await alerts.mutes.drop(place, ...runtimes, "ecd-0")).toBe(250);

    expect(await alerts.mutes.of(place)).toEqual([muteOf(everything)]);
  });

  it("take the place of earlier ones, and none changes nothing", async () => {
    const { alerts } = await openLeading(await createSite());
    await alerts.mutes.put(muteOf("ecd-1"), muteOf("ecd-2"));
    const longer = muteOf("ecd-2", { label: "agent-002", untilWall: muteOf("ecd-2").untilWall + 1 });

    await alerts.mutes.put(longer, muteOf("ecd-3"));
    await alerts.mutes.put();

    expect(await alerts.mutes.of(place)).toEqual([muteOf("ecd-1"), muteOf("ecd-3"), longer]);
    expect(await alerts.mutes.drop(place)).toBe(0);
  });
});
