import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { readSheet } from "../conformance/files.ts";
import { codesIn } from "../conformance/fleet.ts";
import { type AlertRig, openAlertRig } from "../e2e/alerts/rig.ts";
import { platforms } from "./platforms.ts";

describe("promise 6: a user sees only what access lets that user see in that chat", () => {
  let close: () => Promise<void> = async () => {};
  afterEach(() => close());

  const nora = { chat: "narrow room", user: "nora" };
  const anna = { chat: "narrow room", user: "anna" };

  test.each(platforms)("by what is typed, pressed, saved and exported, on $name", async (driver) => {
    const allow = ["query", "export", "views"];
    const rules = [
      { at: nora, allow, scope: "status=Stopped" },
      { at: anna, allow },
    ];
    const desk: Desk = await openDesk(driver, { rules });
    close = desk.close;
    const stopped = desk.fleet.codes({ "DesktopStatuses.1": "Stopped" });
    const all = desk.fleet.codes();
    const seen = (card: string) => codesIn(desk.see(card, nora.user).words);

    expect(seen(await desk.ask("/runtimes size=50", nora))).toEqual(stopped);
    const hers = await desk.ask("/runtimes size=50", anna);
    expect(codesIn(desk.see(hers, anna.user).words)).toEqual(all);
    expect((await desk.press(hers, "Refresh", nora.user)).how).toBe("card");
    expect(seen(hers)).toEqual(stopped);
    await desk.ask("/view save everything status=Running,Stopped", anna);
    expect(seen(await desk.ask("/view everything", nora))).toEqual(stopped);

    await desk.ask("/runtimes export", nora);
    const fileOf = () => desk.platform.shownIn(nora.chat).find((message) => desk.see(message).kind === "file");
    await desk.until(() => fileOf() !== undefined, "the file is there");
    const { rows } = readSheet(await desk.platform.fileOf(fileOf() ?? ""));
    expect(codesIn(rows.flat().join("\n")).toSorted()).toEqual(stopped.toSorted());
  });

  test("by alerts and digests, on Lark", async () => {
    const rules = '[{ channel: lark, allow: [query, alerts], scope: "group=rg-finance", show: { users: hidden } }]';
    const rig: AlertRig = await openAlertRig({ platform: "lark", rules });
    close = rig.close;
    rig.fleet.set("ecd-0002", { group: "rg-support" });
    await rig.chat.ask("/alerts on");
    await rig.scans(1);
    for (const id of ["ecd-0001", "ecd-0002"]) rig.fleet.set(id, { risks: ["model-modified"] });
    const [card] = await rig.told(1);
    await rig.expectNoMore(1);
    expect(card?.words).toContain("agent-0001");
    expect(card?.words).not.toMatch(/agent-0002|li\.na/);
    const digest = await rig.chat.ask("/digest on at=09:00 preview");
    expect(digest.words).not.toMatch(/agent-0002|rg-support|li\.na/);
  });
});
