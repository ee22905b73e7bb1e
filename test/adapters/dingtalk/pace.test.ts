import { expect, it } from "vitest";
import { createDingTalkPace, type DingTalkLane } from "../../../adapters/dingtalk/pace.ts";
import { createManualClock } from "../../manual-clock.ts";

const never = new AbortController().signal;

function build(apiBase: string) {
  const clock = createManualClock(0);
  const pace = createDingTalkPace({ apiBase, clock, random: () => 0 });
  let gone = 0;
  return {
    clock,
    pace,
    gone: () => gone,
    take(count: number, lane: (index: number) => DingTalkLane) {
      for (let index = 0; index < count; index += 1) {
        pace.turn(lane(index), never).then(() => {
          gone += 1;
        });
      }
    },
  };
}

it("the public DingTalk is asked at most 20 times a second by one API, which leaves the others alone", async () => {
  const { clock, take, gone } = build("https://api.dingtalk.com");
  take(30, (index) => ({ api: "create", key: `chat-${index}` }));
  take(20, (index) => ({ api: "update", key: `card-${index}` }));
  await clock.advance(0);
  expect(gone()).toBe(40);
  await clock.advance(1_100);
  expect(gone()).toBe(50);
});

it("one chat, person or card has 5 turns a second, also at a session webhook, which has no other limit", async () => {
  const { clock, take, gone } = build("https://api.dingtalk.com");
  take(8, () => ({ api: "update", key: "card" }));
  take(8, () => ({ api: "webhook", key: "address" }));
  await clock.advance(0);
  expect(gone()).toBe(10);
  take(40, (index) => ({ api: "webhook", key: `address-${index}` }));
  await clock.advance(0);
  expect(gone()).toBe(50);
});

it("another platform has limits of its own, and is held back when it complains", async () => {
  const { clock, pace, take, gone } = build("https://ding.example.com");
  take(30, () => ({ api: "create", key: "chat" }));
  await clock.advance(0);
  expect(gone()).toBe(30);
  pace.limited({ api: "create", key: "chat" }, "api", undefined);
  take(30, (index) => ({ api: "create", key: `chat-${index}` }));
  await clock.advance(999);
  expect(gone()).toBe(30);
  await clock.advance(1);
  expect(gone()).toBe(50);
});
