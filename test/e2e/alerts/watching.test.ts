import { afterEach, describe, expect, test } from "vitest";
import { minutes } from "../dingtalk/clock.ts";
import type { Visible } from "./chat.ts";
import { type AlertRig, type AlertRigOptions, openAlertRig } from "./rig.ts";

let rig: AlertRig;
afterEach(() => rig.close());

async function watched(options: Partial<AlertRigOptions> = {}): Promise<void> {
  rig = await openAlertRig({ platform: "lark", watched: true, ...options });
  await rig.scans(1);
}

/** The card of a runtime whose model somebody has changed just now. */
async function alerted(options?: Partial<AlertRigOptions>): Promise<Visible> {
  await watched(options);
  rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
  const [card] = await rig.told(1);
  if (card === undefined) throw new Error("there is no card");
  return card;
}

const forEver = { count: Number.POSITIVE_INFINITY };

describe("a chat that is told of risks", { timeout: 60_000 }, () => {
  describe("what was told is not over", () => {
    test.each([
      ["the API fails", { kind: "error" }],
      ["pages lack a row", { kind: "short", rows: 1 }],
      ["totals do not fit", { kind: "total", by: 1 }],
    ] as const)("while %s", async (_what, fault) => {
      await alerted();
      rig.fleet.faults.next(fault, forEver);
      await rig.scans(4);
      rig.fleet.faults.clear();
      await rig.expectNoMore(1);
    });

    test("while the API says nothing of its risks", async () => {
      await alerted();
      rig.fleet.set("ecd-0001", { risks: [], riskShown: false });
      await rig.expectNoMore(1);
    });

    test("while lists do not have it that has it by its id", async () => {
      await alerted();
      rig.fleet.hide("ecd-0001");
      await rig.scans(4);
      await rig.expectNoMore(1);
    });
  });

  test("a runtime that is gone is no longer listed, and nobody says that its risk is over", async () => {
    const card = await alerted();
    rig.fleet.remove("ecd-0001");
    const [, gone] = await rig.told(2);
    expect(gone?.words).toContain("agent-0001");
    expect(gone?.words).toMatch(/no longer listed/i);
    await rig.says(card.id, /no longer listed/i);
    await rig.expectNoMore(2);
  });

  test("a fleet that gives no whole answer for long is told once, and once that it does again", async () => {
    await alerted();
    rig.fleet.faults.next({ kind: "error" }, forEver);
    rig.clock.skip(minutes(11));
    const [, blind] = await rig.told(2);
    expect(blind?.labels.join()).not.toMatch(/Acknowledge/);
    await rig.scans(3);
    expect(rig.chat.notices()).toHaveLength(2);
    rig.fleet.faults.clear();
    await rig.told(3);
    await rig.expectNoMore(3);
  });

  test("a thousand risks at once are one card, whose pages have each of them once", async () => {
    await watched({ runtimes: 1_000 });
    for (const id of rig.fleet.ids) rig.fleet.set(id, { risks: ["model-modified"] });
    const [card] = await rig.told(1);
    if (card === undefined) throw new Error("there is no card");
    expect(card.words).toMatch(/1,?000/);
    const named = new Set<string>();
    for (let page = 1; page <= 3; page += 1) {
      for (const name of new Set(rig.chat.see(card.id).words.match(/agent-\d{4}/g))) {
        expect(named).not.toContain(name);
        named.add(name);
      }
      await rig.chat.press(card.id, "Next");
      await rig.says(card.id, new RegExp(`Page ${page + 1} of`));
    }
    expect(named.size).toBeGreaterThanOrEqual(15);
    for (const id of rig.fleet.ids) rig.fleet.set(id, { risks: [] });
    await rig.told(2);
    await rig.expectNoMore(2);
  });

  test("a risk is told only when it has lasted as long as is configured", async () => {
    await watched({ alerts: "hold: 1h" });
    rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
    await rig.scans(2);
    expect(rig.chat.notices()).toEqual([]);
    rig.clock.skip(minutes(61));
    await rig.told(1);
    await rig.expectNoMore(1);
  });

  test("why says what was observed, and what was sent", async () => {
    await alerted();
    const { words } = await rig.chat.ask("/why agent-0001");
    expect(words).toMatch(/agent-0001/);
    expect(words).toMatch(/model/i);
    expect(words).not.toMatch(/undefined|\[object/);
  });

  test("a preview saves nothing", async () => {
    rig = await openAlertRig({ platform: "lark" });
    rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
    expect((await rig.chat.ask("/alerts on preview")).words).toMatch(/3 runtimes/);
    await rig.stop();
    await rig.start();
    expect((await rig.chat.ask("/alerts status")).words).not.toContain("agent-0001");
    expect(rig.chat.notices()).toEqual([]);
  });

  test("a watch that is switched off says nothing more, not that anything is over either", async () => {
    rig = await openAlertRig({ platform: "lark" });
    rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
    await rig.chat.ask("/alerts on");
    await rig.told(1);
    await rig.chat.ask("/alerts off");
    rig.fleet.set("ecd-0001", { risks: [] });
    await rig.chat.ask("/alerts status");
    await rig.stop();
    await rig.start();
    await rig.chat.ask("/alerts status");
    expect(rig.chat.notices()).toHaveLength(1);
  });

  test("a watch with a view is of what the view holds", async () => {
    rig = await openAlertRig({ platform: "lark" });
    rig.fleet.set("ecd-0002", { group: "rg-support", risks: ["model-modified"] });
    rig.fleet.set("ecd-0003", { risks: ["model-modified"] });
    await rig.chat.ask("/view save ours group=rg-finance");
    await rig.chat.ask("/alerts on view=ours");
    const [summary] = await rig.told(1);
    expect(summary?.words).toContain("agent-0003");
    expect(summary?.words).not.toContain("agent-0002");
    expect((await rig.chat.ask("/alerts status")).words).toContain("group=rg-finance");
  });

  test("alerts come in the language that the chat has chosen", async () => {
    await watched();
    await rig.chat.ask("/lang zh");
    rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
    const [card] = await rig.told(1);
    expect(card?.labels.join()).toContain("确认");
  });

  test("a digest comes when it is due, once", async () => {
    rig = await openAlertRig({ platform: "lark" });
    const due = new Date(rig.clock.now() + minutes(2)).toISOString().slice(11, 16);
    await rig.chat.ask(`/digest on at=${due} tz=UTC`);
    rig.clock.skip(minutes(2));
    const [digest] = await rig.told(1);
    expect(digest?.words).toMatch(/3 runtimes/);
    rig.clock.skip(minutes(5));
    await rig.stop();
    await rig.start();
    await rig.chat.ask("/digest status");
    expect(rig.chat.notices()).toHaveLength(1);
  });

  describe("who has set up a watch", () => {
    const everything = "allow: [query, alerts]";

    async function setUp(): Promise<void> {
      rig = await openAlertRig({ platform: "lark", rules: `[{ channel: lark, ${everything} }]` });
      await rig.chat.ask("/alerts on");
      await rig.scans(1);
      rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
      await rig.told(1);
      await rig.stop();
    }

    test("and may not do that any more: it stands still, which is told once", async () => {
      await setUp();
      rig.configure({ rules: "[{ channel: lark, allow: [query] }]" });
      for (let start = 0; start < 2; start += 1) {
        await rig.start();
        const [, paused] = await rig.told(2);
        expect(paused?.words).not.toContain("agent-0001");
        await rig.chat.ask("/runtimes risk=yes");
        await rig.stop();
      }
      expect(rig.chat.notices()).toHaveLength(2);
    });

    test("and sees less than before: what is out of sight is not told of", async () => {
      await setUp();
      rig.configure({ rules: `[{ channel: lark, ${everything}, scope: "group=rg-support" }]` });
      rig.fleet.add({ id: "ecd-9001", name: "agent-9001", group: "rg-support", risks: ["channel-modified"] });
      rig.fleet.set("ecd-0001", { risks: [] });
      rig.fleet.set("ecd-0002", { risks: ["model-modified"] });
      await rig.start();
      await rig.told(2);
      await rig.scans(2);
      const later = rig.chat.notices().slice(1);
      expect(later.map(({ words }) => words).join("\n")).toContain("agent-9001");
      expect(later.map(({ words }) => words).join("\n")).not.toMatch(/agent-000/);
    });
  });
});
