import { afterEach, expect, test } from "vitest";
import { titleOf } from "./card.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const replying = /\/reply$/;
const sendsTo = (path: RegExp) => rig.fake.requests.filter((request) => path.test(request.path));

type Fault = Parameters<Rig["fake"]["faults"]["api"]>[0];

/** What the platform does to the next replies, and how many. */
const faults: readonly (readonly [string, Fault, number])[] = [
  ["an error of its own", { kind: "answer", status: 503, body: "upstream" }, 2],
  ["an error with a code", { kind: "answer", status: 500, body: { code: 1500, msg: "internal" } }, 1],
  [
    "too many calls, and when to come again",
    {
      kind: "answer",
      status: 429,
      body: { code: 99991400, msg: "request trigger frequency limit" },
      headers: { "x-ogw-ratelimit-reset": "1" },
    },
    1,
  ],
  ["the limit of one chat", { kind: "refuse", code: 230020 }, 1],
  ["a connection that is reset", { kind: "reset" }, 1],
  ["an answer that is lost after the message was made", { kind: "cut" }, 2],
  ["an answer that breaks off after the message was made", { kind: "truncated" }, 1],
  ["no answer at all", { kind: "hang" }, 1],
  ["a token that is not taken", { kind: "refuse", code: 99991663 }, 1],
];

test.each(faults)("after %s there is exactly one message", async (_, fault, count) => {
  rig = await openRig();
  rig.fake.faults.api(fault, { count, path: replying });
  const card = await rig.ask("/runtimes");
  expect(titleOf(card.content)).toBe("Agent runtimes");
  await rig.ask("/help");
  expect(rig.fake.sent).toHaveLength(2);
  // What is tried again is the same call: the platform knows it by its key.
  const [first, ...again] = sendsTo(replying).slice(0, count + 1);
  expect([first?.status === 200, again.length]).toEqual([fault.kind === "truncated", count]);
});

test("when the platform says when to come again, nothing is asked before", async () => {
  rig = await openRig();
  await rig.ask("/help");
  const headers = { "x-ogw-ratelimit-reset": "1" };
  const body = { code: 99991400, msg: "request trigger frequency limit" };
  rig.fake.faults.api({ kind: "answer", status: 429, body, headers }, { path: replying });
  await rig.ask("/runtimes");
  const [, limited, next] = sendsTo(replying);
  expect((next?.at ?? 0) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test("the limits of the platform are kept once it has complained", async () => {
  rig = await openRig({ fake: { limits: { chatPerSecond: 5 } } });
  const asked = Array.from({ length: 12 }, () => rig.write("/help"));
  await Promise.all(asked.map((message) => rig.answerTo(message, 15_000)));
  expect(rig.fake.sent).toHaveLength(12);
  expect(sendsTo(replying).filter(({ code }) => code === 230020).length).toBeLessThan(12);
});

test.each(["expired", "revoked"] as const)(
  "a token that is %s is asked for anew, once, and the answer comes",
  async (how) => {
    rig = await openRig();
    await rig.ask("/help");
    rig.fake.tokens.end(how);
    await Promise.all([rig.ask("/runtimes"), rig.ask("/help"), rig.ask("/runtimes summary")]);
    expect(rig.fake.sent).toHaveLength(4);
    expect(rig.fake.tokens.issued).toBe(2);
  },
);

test("a chat that the bot was taken out of is noted, and not tried for ever", async () => {
  rig = await openRig();
  rig.simulator.faults.latency = 300;
  rig.write("/runtimes", { chat: "oc_lost" });
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "the message is acknowledged");
  rig.fake.expel({ chat: "oc_lost", user: "ou_ben" });
  await rig.fake.until(() => sendsTo(replying).length === 1, 5_000, "the answer is tried");
  await rig.ask("/help");
  await rig.ask("/runtimes summary");
  const refused = rig.fake.requests.filter(({ code }) => code === 230002);
  expect(refused).toHaveLength(1);
  const metrics = await rig.get("/metrics");
  expect(metrics).toMatch(/deskhand_sends_total\{[^}]*outcome="final"[^}]*\} 1\n/);
});

test("a chat that ended is given up", async () => {
  rig = await openRig();
  rig.simulator.faults.latency = 200;
  rig.write("/runtimes", { chat: "oc_ended" });
  rig.fake.dissolve("oc_ended");
  await rig.fake.until(() => sendsTo(replying).length === 1, 5_000, "the answer is tried");
  await rig.ask("/help");
  expect(rig.fake.requests.filter(({ code }) => code === 232009)).toHaveLength(1);
});

test("a message that was taken back meanwhile is answered in the chat", async () => {
  rig = await openRig();
  rig.simulator.faults.latency = 300;
  for (const act of ["recall", "remove"] as const) {
    const before = rig.fake.sent.length;
    const asked = rig.write(act === "recall" ? "/runtimes" : "/runtimes size=5");
    rig.fake[act](asked);
    await rig.fake.until(() => rig.fake.sent.length === before + 1, 5_000, "the answer stands in the chat");
    expect(rig.fake.sent.at(-1)).toMatchObject({ chat: group, replyTo: undefined });
  }
  await rig.ask("/help");
  expect(rig.fake.sent).toHaveLength(3);
});

test("a card that cannot be changed any more is followed by a new one", async () => {
  rig = await openRig();
  const card = await rig.ask("/runtimes provider=OpenClaw size=5");
  rig.simulator.faults.latency = 2_000;
  rig.fake.faults.api({ kind: "refuse", code: 230031 }, { method: "PATCH" });
  expect((await rig.press(card, { label: "Status", option: "Stopped" })).outcome).toBe("toast");
  await rig.fake.until(() => rig.fake.sent.length === 2, 5_000, "a new card is there");
  expect(card.versions).toHaveLength(1);
  expect(rig.fake.sent[1]).toMatchObject({ chat: group, replyTo: card.id });
});

test("while the platform is away the answer waits for it", async () => {
  rig = await openRig();
  rig.fake.faults.api({ kind: "answer", status: 502, body: "" }, { count: 7, path: replying });
  const asked = rig.write("/runtimes");
  await rig.answerTo(asked, 18_000);
  expect(rig.fake.sent).toHaveLength(1);
});
