import { afterEach, describe, expect, test } from "vitest";
import type { FakeDingTalk } from "../../platforms/dingtalk/index.ts";
import { everybodySees, titleOf } from "./card.ts";
import { impatientClock } from "./clock.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

type Fault = Parameters<FakeDingTalk["faults"]["api"]>[0];

/** What the platform does to the next cards, and how many. */
const faults: readonly (readonly [string, Fault, number])[] = [
  ["system.busy", { kind: "refuse", code: "system.busy" }, 2],
  ["an error of its own", { kind: "answer", status: 503, body: "upstream" }, 2],
  ["a page of a proxy", { kind: "html", status: 502 }, 1],
  ["a page of a proxy with HTTP 200", { kind: "html", status: 200 }, 1],
  ["too many calls", { kind: "refuse", code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }, 1],
  ["HTTP 429", { kind: "answer", status: 429, body: {} }, 1],
  ["a connection that is reset", { kind: "reset" }, 1],
  ["an answer that is lost after the card was made", { kind: "cut" }, 2],
  ["an answer that breaks off after the card was made", { kind: "truncated" }, 1],
  ["a slow answer", { kind: "delay", ms: 1_500 }, 1],
  ["no answer at all", { kind: "hang" }, 1],
  ["a token that is not taken", { kind: "refuse", code: "InvalidAuthentication" }, 1],
  ["a card that is there already", { kind: "cut" }, 1],
];

describe.each(faults)("after %s", (what, fault, count) => {
  test("there is exactly one card, and it can be turned", async () => {
    rig = await openRig({
      fake: { again: what.includes("already") ? "refuse" : "accept" },
      clock: fault.kind === "hang" ? impatientClock : undefined,
    });
    rig.fake.faults.api(fault, { count, api: "deliver" });
    const card = await rig.ask("/runtimes size=5");
    expect([card.via, titleOf(card)]).toEqual(["card", "Agent runtimes"]);
    const served = fault.kind === "delay" ? 1 : count + 1;
    await rig.fake.until(() => rig.fake.calls.deliver === served, 10_000, "the card is tried until it is taken");
    // Where a try may have shown the card, it is changed to be sure.
    await rig.quiet();
    await rig.press(card, "Next");
    await rig.fake.until(() => everybodySees(rig.fake, card).includes("Page 2 of 5"), 5_000, "everybody is on page 2");
    await rig.quiet();
    expect(rig.fake.within(group)).toHaveLength(1);
    expect(rig.fake.calls).toMatchObject({ webhook: 0, group: 0 });
    expect(everybodySees(rig.fake, card)).toContain("Page 2 of 5");
  });
});
