import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Disturbance } from "../../platforms/lark/index.ts";
import { statusOf } from "../ready.ts";
import { titleOf } from "./card.ts";
import { envelope, message } from "./envelopes.ts";
import { anna, bothWays, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;

/** The next message is served, by the same process. */
async function expectServing(): Promise<void> {
  expect(titleOf((await rig.ask("/help")).content)).toBe("Deskhand");
  expect(await statusOf(`${rig.url}/healthz`)).toBe(200);
}

const good = (id: string) => message({ id, message: `om_${id}`, chat: "oc_by_hand", user: anna, text: "/runtimes" });
const answersTo = (id: string) => rig.fake.sent.filter(({ replyTo }) => replyTo === id);

describe("by webhook", () => {
  beforeAll(async () => {
    rig = await openRig({ events: "webhook" });
  });
  afterAll(() => rig.close());

  const post = (body: string | Uint8Array<ArrayBuffer>, type = "application/json") =>
    fetch(`${rig.url}/lark/events`, { method: "POST", body, headers: { "content-type": type } });

  test.each([
    ["a forged signature", "signature", 401],
    ["no signature", "no-signature", 401],
    ["a signature of ten minutes ago", "timestamp", 401],
    ["another encrypt key", "cipher", 400],
    ["no encryption", "plain", 400],
    ["another verification token", "token", 401],
    ["a body that is cut", "body", 400],
  ] as const)("%s is refused, and the next message is served", async (_, tampering, status) => {
    const id = `forged-${tampering}`;
    expect((await rig.fake.webhook.post(good(id), tampering)).status).toBe(status);
    await expectServing();
    expect(answersTo(`om_${id}`)).toEqual([]);
    expect(rig.fake.sent.filter(({ chat }) => chat === "oc_by_hand")).toEqual([]);
  });

  test("bodies that are too large, no JSON, no object, no text or of another type are refused", async () => {
    const statuses = [];
    for (const body of ["", "[]", "null", '"x"', "{", '{"encrypt":7}', '{"encrypt":"AAAA"}', `${"[".repeat(9_000)}`]) {
      statuses.push((await post(body)).status);
    }
    statuses.push((await post(new Uint8Array([0xff, 0xfe, 0x7b]))).status, (await post("{}", "text/plain")).status);
    expect(statuses.every((status) => status === 400 || status === 401)).toBe(true);
    expect((await post("x".repeat(2_000_000))).status).toBe(413);
    expect((await fetch(`${rig.url}/lark/events`)).status).toBe(405);
    await expectServing();
  });

  test("a request that breaks off in the middle costs nothing", async () => {
    const { port } = new URL(rig.url);
    for (const text of ["POST /lark/events HTTP/1.1\r\n", `${head}content-length: 5000\r\n\r\n{"encrypt":`]) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => {});
      await new Promise<void>((resolve) => socket.write(text, () => resolve()));
      socket.destroy();
    }
    await expectServing();
  });

  test("the challenge of the console is answered, and only with the right token", async () => {
    expect(await rig.fake.webhook.challenge("word")).toEqual({ status: 200, body: { challenge: "word" } });
    expect((await rig.fake.webhook.challenge("word", "token")).status).toBe(401);
    expect((await rig.fake.webhook.challenge("word", "cipher")).status).toBe(401);
  });

  test("a request that is replayed within five minutes is answered once", async () => {
    rig.fake.chats.ensure("oc_by_hand", "p2p", anna);
    const replayed = { ...good("replayed"), event: { ...good("replayed").event } };
    for (let times = 0; times < 3; times += 1) {
      expect(await rig.fake.webhook.post(replayed)).toEqual({ status: 200, body: {} });
    }
    await expectServing();
    const tried = rig.fake.requests.filter(({ path }) => path.includes("om_replayed"));
    expect(tried).toHaveLength(1);
    // The stand-in does not know the message that was made by hand, and says so.
    expectComplaint(/om_replayed/);
  });
});

describe("by websocket", () => {
  beforeAll(async () => {
    rig = await openRig({ events: "websocket", fake: { fragmentBytes: 400 } });
  });
  afterAll(() => rig.close());

  const disturbances: readonly Disturbance[] = [
    ...["rubbish", "empty", "text", "truncated", "no-headers", "unknown-method"],
    ...["unknown-type", "wrong-sum", "wrong-seq", "huge-sum", "not-json"],
  ] as const;

  test.each(disturbances)("after a frame of the kind %s the next message is served", async (how) => {
    rig.fake.connections[0]?.disturb(how);
    await expectServing();
  });

  test.each(["rubbish", "no-config", "withhold"] as const)("after pongs of the kind %s as well", async (pong) => {
    rig.fake.faults.pong = pong;
    await expectServing();
    rig.fake.faults.clear();
  });

  test("fragments may arrive the last one first", async () => {
    rig.fake.faults.reverseFragments = true;
    await expectServing();
    rig.fake.faults.clear();
  });
});

describe.each(bothWays)("events by %s", (events) => {
  beforeAll(async () => {
    rig = await openRig({ events });
  });
  afterAll(() => rig.close());

  /** A card in the chat with one button that somebody else made. */
  function foreignCard(value: unknown): string {
    const button = {
      tag: "button",
      text: { tag: "plain_text", content: "Press" },
      behaviors: [{ type: "callback", value }],
    };
    const content = JSON.stringify({ schema: "2.0", config: { update_multi: true }, body: { elements: [button] } });
    return rig.fake.write({ chat: group, user: "ou_bot", senderType: "app", type: "interactive", content }).messageId;
  }

  test.each([
    ["of another app", { action: "approve" }],
    ["that is a text", "/runtimes"],
    ["that is nothing", null],
    ["of a later version", { deskhand: 2, command: "/runtimes", locale: "en" }],
    ["without a command", { deskhand: 1, locale: "en" }],
    ["with an empty command", { deskhand: 1, command: "", locale: "en" }],
    ["with a command that is no text", { deskhand: 1, command: { text: "/runtimes" }, locale: "en" }],
    ["with a command as long as a book", { deskhand: 1, command: `/runtimes ${"x".repeat(30_000)}`, locale: "en" }],
  ])("a button with a value %s is answered with a word, and nothing runs", async (_, value) => {
    const calls = rig.simulator.stats().requests;
    const pressed = await rig.fake.press({ message: foreignCard(value), user: anna, label: "Press" });
    expect([pressed.outcome, pressed.toast?.type]).toEqual(["toast", "warning"]);
    expect(pressed.toast?.content).toContain("not one of mine");
    expect(rig.simulator.stats().requests).toBe(calls);
    await expectServing();
  });

  test.each(["/runtimes statsu=Running", "/runtimes page=0", "/nonsense", "hello", "/audit until=never"])(
    "a button whose text is no command any more (%s) is answered with what is wrong",
    async (command) => {
      const card = foreignCard({ deskhand: 1, command, locale: "en" });
      const pressed = await rig.fake.press({ message: card, user: anna, label: "Press" });
      expect([pressed.outcome, pressed.toast?.type]).toEqual(["toast", "error"]);
      expect(pressed.toast?.content.length).toBeGreaterThan(10);
      await expectServing();
    },
  );

  test("events that cannot be read are acknowledged, counted and forgotten", async () => {
    const header = { ...good("x").header };
    const strange = [
      envelope({ id: "strange-1", type: "im.message.receive_v1", event: {} }),
      envelope({ id: "strange-2", type: "im.message.receive_v1", event: { sender: 1, message: [] } }),
      envelope({ id: "strange-3", type: "card.action.trigger", event: { action: null } }),
      envelope({ id: "strange-4", type: "im.chat.member.bot.added_v1", event: {} }),
      envelope({ id: "strange-5", type: "im.chat.member.bot.deleted_v1", event: { chat_id: 7 } }),
      envelope({ id: "strange-6", type: "calendar.changed_v4", event: {} }),
      { schema: "1.0", header: { ...header, event_id: "strange-7" }, event: {} },
      { schema: "2.0", header: { ...header, event_id: "strange-8", app_id: "cli_ffffffffffffffff" }, event: {} },
    ];
    for (const one of strange) rig.fake.deliver(asDelivered(one));
    await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");
    const strangers = rig.fake.acknowledgements.filter(({ eventId }) => eventId.startsWith("strange-"));
    expect(strangers.map(({ code, attempt }) => [code, attempt])).toEqual(strange.map(() => [200, 1]));
    await expectServing();
    expect(await rig.get("/metrics")).toContain("deskhand_lark_refused_total");
  });

  test("a message of 100 kB is answered with a short card", async () => {
    const card = await rig.ask(`/runtimes name=${"x".repeat(100_000)}`);
    expect(titleOf(card.content)).toBe("That command has a mistake");
    expect(card.content.length).toBeLessThan(5_000);
  });

  test("contents that are not what their type says are not answered, and lose nothing", async () => {
    const before = rig.fake.sent.length;
    for (const content of ["", "{", "[]", '{"text":7}', "null", '{"text":"'.padEnd(100_000, "x")]) {
      rig.fake.write({ chat: group, user: anna, type: "text", content, mentions: ["bot"] });
      rig.fake.write({ chat: group, user: anna, type: "post", content, mentions: ["bot"] });
    }
    await expectServing();
    await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");
    // The one answer is that to the command which shows that the bot still serves.
    expect(rig.fake.sent).toHaveLength(before + 1);
  });
});

/** Something that the platform would not make, as if it did. */
function asDelivered(strange: object): ReturnType<typeof envelope> {
  return JSON.parse(JSON.stringify(strange));
}

const head = "POST /lark/events HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\n";

/** Takes the complaint for expected. */
function expectComplaint(pattern: RegExp): void {
  expect(rig.fake.complaints()).toEqual([expect.stringMatching(pattern)]);
  rig.fake.forget();
}
