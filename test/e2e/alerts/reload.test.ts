import { afterEach, expect, test } from "vitest";
import { type AlertRig, openAlertRig } from "./rig.ts";

// The configuration is read again while the bot runs.

let rig: AlertRig;
afterEach(() => rig.close());

const ofAnna = (rights: string): string => `[{ channel: lark, allow: [${rights}] }]`;

test("a reload tells nothing by itself, and goes on with what was told before", async () => {
  rig = await openAlertRig({ platform: "lark", watched: true });
  await rig.scans(1);
  rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
  await rig.told(1);
  rig.configure({ alerts: "groupLimit: 5", more: "digests: { late: 1h }" });
  expect(await rig.reload()).toEqual(["alerts.groupLimit", "digests.late"]);
  await rig.expectNoMore(1);
  rig.fleet.set("ecd-0001", { risks: [] });
  const [, over] = await rig.told(2);
  expect(over?.words).toContain("agent-0001");
});

test("rules of alerts hold from a reload on", async () => {
  rig = await openAlertRig({ platform: "lark", watched: true });
  await rig.scans(1);
  rig.configure({ alerts: "resolved: false" });
  await rig.reload();
  rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
  const [card] = await rig.told(1);
  rig.fleet.set("ecd-0001", { risks: [] });
  await rig.says(card?.id ?? "", /over/i);
  await rig.expectNoMore(1);
});

test("a watch that stands in the configuration from a reload on tells the present state, and ends with the next", async () => {
  rig = await openAlertRig({ platform: "lark" });
  rig.fleet.set("ecd-0002", { risks: ["agent-uninstalled"] });
  rig.configure({ watched: true });
  await rig.reload();
  const [summary] = await rig.told(1);
  expect(summary?.words).toContain("agent-0002");
  rig.configure({ watched: false });
  await rig.reload();
  const status = await rig.chat.ask("/alerts status");
  expect(status.words).toMatch(/nothing|not watch/i);
  rig.fleet.set("ecd-0003", { risks: ["model-modified"] });
  expect(rig.chat.notices()).toHaveLength(1);
});

test("a right that a reload takes away is gone for what is typed and for cards from before", async () => {
  rig = await openAlertRig({ platform: "lark", rules: ofAnna("query, alerts") });
  const card = await rig.chat.ask("/runtimes size=1");
  rig.configure({ rules: ofAnna("") });
  expect(await rig.reload()).toEqual(["access.rules"]);
  const refused = await rig.chat.ask("/runtimes");
  expect(refused.words).not.toContain("agent-0001");
  await rig.chat.press(card.id, "Next");
  expect(rig.chat.see(card.id).words).toContain("agent-0001");
  expect(rig.chat.see(card.id).words).not.toContain("agent-0002");
});

test("what is under way at a reload is answered", async () => {
  rig = await openAlertRig({ platform: "lark" });
  rig.fleet.faults.next({ kind: "throttle" }, { fits: (parameters) => parameters["DesktopStatuses.1"] === "Running" });
  const answer = rig.chat.ask("/runtimes status=Running");
  rig.configure({ alerts: "hold: 5m" });
  await rig.reload();
  expect((await answer).words).toContain("/runtimes status=Running");
});

test("reloads that follow each other at once end with the last one in force, and one leader", async () => {
  rig = await openAlertRig({ platform: "lark", watched: true });
  const reloads = [7, 6, 5].map((limit) => {
    rig.configure({ alerts: `groupLimit: ${limit}` });
    return rig.reload();
  });
  await Promise.all(reloads);
  await rig.scans(2);
  const leads = rig.log.filter((line) => line.includes("scans and sends from now on")).length;
  const ends = rig.log.filter((line) => line.includes("does not scan and send any more")).length;
  expect(leads - ends).toBe(1);
});

test("a bot that is stopped while it reloads ends in good order", async () => {
  rig = await openAlertRig({ platform: "lark", watched: true });
  rig.configure({ alerts: "groupLimit: 7" });
  const reload = rig.reload();
  await Promise.all([reload, rig.stop()]);
  const scans = rig.fleet.requests.length;
  await rig.start();
  await rig.scans(1);
  expect(rig.fleet.requests.length).toBeGreaterThan(scans);
});

test("a change that has nothing to do with alerts leaves scans alone", async () => {
  rig = await openAlertRig({ platform: "lark", watched: true });
  await rig.scans(1);
  rig.configure({ more: "audit: { keep: 30d }" });
  expect(await rig.reload()).toEqual(["audit.keep"]);
  await rig.scans(2);
  expect(rig.log.filter((line) => line.includes("scans and sends from now on"))).toHaveLength(1);
});
