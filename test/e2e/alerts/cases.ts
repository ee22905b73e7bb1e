import { afterEach, describe, expect, test } from "vitest";
import { minutes } from "../dingtalk/clock.ts";
import type { Visible } from "./chat.ts";
import { type AlertRig, type AlertRigOptions, openAlertRig, type Platform } from "./rig.ts";

/** What every platform's chats are told, and what their people can do about it. */
export function describeAlerts(platform: Platform): void {
  describe(`what is told in ${platform}`, { timeout: 60_000 }, () => cases(platform));
}

function cases(platform: Platform): void {
  let rig: AlertRig;
  afterEach(() => rig.close());

  /** A chat that is watched, has been told that all is well, and waits. */
  async function watched(options: Partial<AlertRigOptions> = {}): Promise<void> {
    rig = await openAlertRig({ platform, watched: true, ...options });
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

  const now = (message: Visible | undefined): Visible => rig.chat.see(message?.id ?? "");

  const bothGone = () => {
    for (const id of ["ecd-0001", "ecd-0002"]) rig.fleet.set(id, { risks: [] });
  };

  describe("a watch", () => {
    test("that somebody sets up tells the present state once, in one summary", async () => {
      rig = await openAlertRig({ platform });
      for (const id of ["ecd-0001", "ecd-0002"]) rig.fleet.set(id, { risks: ["model-modified"] });
      const answer = await rig.chat.ask("/alerts on");
      expect(answer.words).toMatch(/3 runtimes/);
      const [summary] = await rig.told(1);
      expect(summary?.words).toMatch(/agent-0001[\s\S]*agent-0002/);
      await rig.expectNoMore(1);
    });

    test("of a fleet where nothing is at risk says nothing", async () => {
      await watched();
      await rig.expectNoMore(0);
    });

    test("is tried by a message that somebody asks for", async () => {
      await watched();
      await rig.chat.ask("/alerts test");
      const [notice] = await rig.told(1);
      expect(notice?.title).toMatch(/test/i);
      await rig.expectNoMore(1);
    });
  });

  describe("risks", () => {
    test("of one scan are one card, with what can be done about it", async () => {
      await watched();
      rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
      rig.fleet.set("ecd-0003", { risks: ["agent-uninstalled"] });
      const [card] = await rig.told(1);
      expect(card?.words).toMatch(/agent-0003[\s\S]*agent-0001/);
      expect(card?.words).not.toContain("agent-0002");
      for (const label of ["Acknowledge", "Mute", "Details"]) expect(labelsOf(card)).toContain(label);
      await rig.expectNoMore(1);
    });

    test("that are over change their card, and are told in one message more", async () => {
      const card = await alerted();
      rig.fleet.set("ecd-0001", { risks: [] });
      const [, over] = await rig.told(2);
      expect(over?.words).toContain("agent-0001");
      await rig.chat.until(() => now(card).changes > 0, 5_000, "the card shows that it is over");
      expect(labelsOf(now(card))).not.toMatch(/Acknowledge|Mute/);
      await rig.expectNoMore(2);
    });

    test("that last are told again when it is time, and not once somebody has acknowledged them", async () => {
      const card = await alerted({ alerts: "repeat: 1h" });
      rig.clock.skip(minutes(61));
      await rig.told(2);
      await rig.chat.press(card.id, "Acknowledge");
      const unanswered = () => labelsOf(now(card)).includes("Acknowledge");
      await rig.chat.until(() => !unanswered(), 5_000, "everybody sees that it is acknowledged");
      rig.clock.skip(minutes(61));
      await rig.expectNoMore(2);
    });

    test("that are muted are silent, and told when the mute is over", async () => {
      const card = await alerted({ alerts: "repeat: 1h" });
      await rig.chat.press(card.id, "Mute");
      rig.clock.skip(minutes(61));
      await rig.expectNoMore(1);
      rig.clock.skip(minutes(61));
      await rig.told(2);
      await rig.expectNoMore(2);
    });

    test("that are muted are told when somebody takes the mute back", async () => {
      const card = await alerted({ alerts: "repeat: 1h" });
      await rig.chat.press(card.id, "Mute");
      rig.clock.skip(minutes(61));
      await rig.scans(2);
      await rig.says(card.id, /Unmute/);
      await rig.chat.press(card.id, "Unmute");
      await rig.told(2);
      await rig.expectNoMore(2);
    });

    test("that end while everything is muted are never told", async () => {
      await watched();
      await rig.chat.ask("/alerts mute all for=1h");
      rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
      await rig.scans(2);
      rig.fleet.set("ecd-0001", { risks: [] });
      await rig.scans(2);
      await rig.chat.ask("/alerts unmute all");
      await rig.expectNoMore(0);
    });

    test("that were told are not told again by a restart", async () => {
      await alerted();
      await rig.stop();
      await rig.start();
      await rig.expectNoMore(1);
    });

    test("that began while the bot was away are told, and those that ended are over, once each", async () => {
      await alerted();
      await rig.stop();
      rig.fleet.set("ecd-0001", { risks: [] });
      rig.fleet.set("ecd-0002", { risks: ["channel-modified"] });
      await rig.start();
      const [, ...later] = await rig.told(3);
      const words = later.map((one) => one.words).join("\n");
      expect(words).toMatch(/agent-0001/);
      expect(words).toMatch(/agent-0002/);
      await rig.expectNoMore(3);
    });
  });

  describe("a message", () => {
    test("whose answer was lost is shown once", async () => {
      await watched();
      rig.chat.disturb("sends", { kind: "cut" });
      rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
      await rig.told(1);
      await rig.chat.until(() => rig.chat.sends() > 1, 10_000, "it is sent again");
      await rig.expectNoMore(1);
    });

    test("that was too many, or met a failing platform, is sent later, once", async () => {
      await watched();
      rig.chat.throttle(1);
      rig.chat.disturb("sends", { kind: "answer", status: 503 }, 2);
      rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
      await rig.told(1);
      await rig.expectNoMore(1);
    });

    test("that could not be sent before what it tells was over is not sent alone", async () => {
      await watched();
      rig.chat.disturb("sends", { kind: "reset" }, Number.POSITIVE_INFINITY);
      for (const id of ["ecd-0001", "ecd-0002"]) {
        rig.fleet.set(id, { risks: ["model-modified"] });
        await rig.scans(2);
      }
      bothGone();
      await rig.scans(2);
      rig.chat.clearFaults();
      rig.clock.skip(minutes(6));
      const [first] = await rig.told(1);
      // What was under way when it was over says what was so when it began, until it is changed.
      await rig.chat.until(() => !/Acknowledge|Mute/.test(labelsOf(now(first))), 10_000, "it shows that all is over");
      expect(first?.words).toMatch(/agent-0001/);
    });
  });

  test("a chat without the bot is not written to, says so in its status, and hears the present state when the bot is back", async () => {
    await alerted();
    const before = rig.chat.sends();
    await rig.chat.leave();
    rig.fleet.set("ecd-0002", { risks: ["model-modified"] });
    // One platform says so itself, the other when something is sent.
    const tries = platform === "lark" ? 0 : 1;
    await rig.chat.until(() => rig.chat.sends() === before + tries, 5_000, "the bot knows that it is not in there");
    await rig.stop();
    rig.clock.skip(minutes(30));
    await rig.start();
    await rig.chat.ask("/runtimes risk=yes", { chat: rig.chat.other });
    expect(rig.chat.sends()).toBe(before + tries + 1);
    rig.chat.join();
    expect((await rig.chat.ask("/alerts status")).words).toMatch(/not in this chat|agent-0002/);
    const told = () => rig.chat.notices().some(({ words }) => words.includes("agent-0002"));
    await rig.chat.until(told, 5_000, "the present state is told");
  });
}

const labelsOf = (message: Visible | undefined): string => message?.labels.join() ?? "";
