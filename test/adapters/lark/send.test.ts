import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { type Asked, failed, type Reply, sent } from "./scripted-server.ts";
import { createSendRig, type SendRig } from "./send-rig.ts";

let rig: SendRig;

beforeEach(async () => {
  rig = await createSendRig();
});

afterEach(() => rig.close());

const card = '{"schema":"2.0"}';

/** The first replies in turn, the last one ever after. */
function inTurn(...replies: readonly Reply[]): (asked: Asked, index: number) => Reply {
  return (_, index) => replies[Math.min(index, replies.length - 1)] ?? sent("om_0");
}

const uuids = () => rig.server.asked.map(({ body }) => (body as { readonly uuid?: string }).uuid);
const paths = () => rig.server.asked.map(({ path }) => path.replace("/open-apis/im/v1/messages", ""));

describe("sending", () => {
  it("answers the message it was asked for, in its thread, under the key", async () => {
    const options = { replyTo: "om_q", inThread: true, key: "key-1" };
    expect(await rig.sender.send("oc_1", card, options)).toEqual({ ok: true, message: "om_0" });
    expect(rig.server.asked).toMatchObject([
      {
        path: "/open-apis/im/v1/messages/om_q/reply",
        body: { msg_type: "interactive", content: card, uuid: "key-1", reply_in_thread: true },
      },
    ]);
  });

  it("writes to the chat where there is nothing to answer", async () => {
    expect(await rig.sender.send("oc_1", card, { key: "key-1" })).toEqual({ ok: true, message: "om_0" });
    expect(rig.server.asked).toMatchObject([{ path: "/open-apis/im/v1/messages", body: { receive_id: "oc_1" } }]);
  });

  it("makes a key that the platform would not take into one that it takes, always the same", async () => {
    for (const key of ["x".repeat(51), "x".repeat(51), "with blank", "x".repeat(50)]) {
      await rig.sender.send("oc_1", card, { key });
    }
    const [first, second, third, fourth] = uuids();
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).toBe(first);
    expect(third).toMatch(/^[\w-]{43}$/);
    expect(fourth).toBe("x".repeat(50));
  });

  it.each([230011, 230110])(
    "writes to the chat when the message was recalled or deleted (%i), under another key that is always the same",
    async (code) => {
      rig.server.answer(({ path }) => (path.endsWith("/reply") ? failed(400, code) : sent("om_new")));
      const options = { replyTo: "om_q", key: "key-1" };
      expect(await rig.sender.send("oc_1", card, options)).toEqual({ ok: true, message: "om_new" });
      expect(await rig.sender.send("oc_1", card, options)).toEqual({ ok: true, message: "om_new" });
      const [reply, first, , second] = uuids();
      expect(reply).toBe("key-1");
      expect(first).toMatch(/^[\w-]{43}$/);
      expect(second).toBe(first);
    },
  );

  it("answers outside the thread where a chat takes no threads", async () => {
    rig.server.answer(inTurn(failed(400, 230071), sent("om_1")));
    const sentIt = await rig.sender.send("oc_1", card, { replyTo: "om_q", inThread: true, key: "key-1" });
    expect(sentIt).toEqual({ ok: true, message: "om_1" });
    expect(rig.server.asked.map(({ body }) => body)).toMatchObject([{ reply_in_thread: true }, { uuid: "key-1" }]);
    expect(rig.server.asked[1]?.body).not.toHaveProperty("reply_in_thread");
  });

  it.each([
    ["a failing platform", failed(503, 1500)],
    ["a page of a proxy", { status: 502, text: "<html>" }],
    ["an answer that makes no sense", { text: "<html>" }],
  ])("tries again after %s, with the same key", async (_, reply) => {
    rig.server.answer(inTurn(reply, reply, sent("om_1")));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    await rig.passBackoff(400);
    await rig.passBackoff(800);
    expect(await sending).toEqual({ ok: true, message: "om_1" });
    expect(uuids()).toEqual(["key-1", "key-1", "key-1"]);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("tries again after cut connections, with the same key", async () => {
    rig.server.answer(inTurn("cut", "cut", sent("om_1")));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    // The first cut meets a kept connection, and is made up for at once.
    await rig.passBackoff(400);
    expect(await sending).toEqual({ ok: true, message: "om_1" });
    expect(uuids()).toEqual(["key-1", "key-1", "key-1"]);
  });

  it("waits as long as the platform says when it was too fast", async () => {
    rig.server.answer(inTurn(failed(429, 99991400, "", { "x-ogw-ratelimit-reset": "3" }), sent("om_1")));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    await rig.passBackoff(3_999);
    expect(rig.server.asked).toHaveLength(1);
    await rig.clock.advance(1);
    expect(await sending).toEqual({ ok: true, message: "om_1" });
  });

  it("holds one chat back, and no other, when that chat's limit was reached", async () => {
    rig.server.answer(inTurn(failed(400, 230020), sent("om_1")));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    await until(() => rig.clock.sleeping() === 2);
    expect(await rig.sender.send("oc_2", card, { key: "key-2" })).toMatchObject({ ok: true });
    expect(uuids()).toEqual(["key-1", "key-2"]);
    await rig.clock.advance(1_500);
    expect(await sending).toMatchObject({ ok: true });
  });

  it("gives up after so many tries, recoverably", async () => {
    rig.server.answer(() => failed(503, 1500));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    for (const backoff of [400, 800, 1_600, 3_200, 4_000]) await rig.passBackoff(backoff);
    expect(await sending).toMatchObject({ ok: false, recoverable: true });
    expect(rig.server.asked).toHaveLength(6);
  });

  it("gives up when its patience is over, and says what went wrong last", async () => {
    rig.server.answer(() => failed(429, 99991400, "", { "x-ogw-ratelimit-reset": "52" }));
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    await rig.passBackoff(17_999);
    expect(rig.clock.sleeping()).toBe(2);
    await rig.clock.advance(1);
    expect(await sending).toMatchObject({ ok: false, recoverable: true, reason: expect.stringContaining("99991400") });
  });

  it("does not wait longer than its patience for an answer", async () => {
    rig.server.answer(() => "hang");
    const sending = rig.sender.send("oc_1", card, { key: "key-1" });
    await until(() => rig.server.asked.length === 1);
    await rig.clock.advance(18_000);
    expect(await sending).toMatchObject({ ok: false, recoverable: true });
  });

  it.each([230002, 232009])("says that a chat is gone (%i), at once", async (code) => {
    rig.server.answer(() => failed(400, code));
    expect(await rig.sender.send("oc_1", card, { replyTo: "om_q", key: "k" })).toMatchObject({
      ok: false,
      recoverable: false,
      gone: true,
    });
    expect(rig.server.asked).toHaveLength(1);
  });

  it.each([
    [230099, false],
    [230025, false],
    [230028, false],
    [230001, false],
    [230006, false],
    [99991672, false],
    [230035, false],
    [424242, true],
  ])(
    "does not repeat what another second will not mend (%i), and says whether it may pass later (%j)",
    async (code, recoverable) => {
      rig.server.answer(() => failed(400, code));
      const result = await rig.sender.send("oc_1", card, { key: "k" });
      expect(result).toMatchObject({ ok: false, recoverable });
      expect(result).not.toHaveProperty("gone", true);
      expect(rig.server.asked).toHaveLength(1);
    },
  );

  it("says what the operator can do, without a text of the card", async () => {
    rig.server.answer(() => failed(400, 99991672, "scopes is required: [im:message:send_as_bot]"));
    const result = await rig.sender.send("oc_1", '{"text":"li.na"}', { key: "k" });
    expect(result).toMatchObject({ reason: expect.stringContaining("im:message:send_as_bot") });
    expect(JSON.stringify([result, rig.log.lines])).not.toContain("li.na");
  });
});

describe("changing a card", () => {
  it("changes it where it stands", async () => {
    rig.server.answer(() => ({ json: { code: 0, msg: "success", data: {} } }));
    expect(await rig.sender.update("om_1", card)).toEqual({ ok: true, message: "om_1" });
    expect(rig.server.asked).toMatchObject([{ method: "PATCH", body: { content: card } }]);
    expect(paths()).toEqual(["/om_1"]);
  });

  it("waits until a press on the card is answered", async () => {
    const locked = failed(
      400,
      230099,
      "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ",
    );
    rig.server.answer(inTurn(locked, locked, { json: { code: 0 } }));
    const changing = rig.sender.update("om_1", card);
    await rig.passBackoff(400);
    await rig.passBackoff(800);
    expect(await changing).toEqual({ ok: true, message: "om_1" });
  });

  it.each([
    ["too old", 230031],
    ["recalled", 230011],
    ["deleted", 230110],
    ["of an unknown kind", 424242],
    ["not allowed to this app", 99991672],
  ])("leaves it to a new message when the change is %s (%i)", async (_, code) => {
    rig.server.answer(() => failed(400, code));
    expect(await rig.sender.update("om_1", card)).toMatchObject({ ok: false, recoverable: false });
    expect(rig.server.asked).toHaveLength(1);
  });
});

describe("stopping", () => {
  it("ends what is under way, recoverably, and takes nothing more", async () => {
    rig.server.answer(() => failed(503, 1500));
    const waiting = rig.sender.send("oc_1", card, { key: "key-1" });
    await until(() => rig.clock.sleeping() === 2);
    rig.sender.stop();
    expect(await waiting).toMatchObject({ ok: false, recoverable: true });
    expect(await rig.sender.update("om_1", card)).toMatchObject({ ok: false, recoverable: true });
    expect(rig.clock.sleeping()).toBe(0);
    expect(rig.server.asked).toHaveLength(1);
  });
});
