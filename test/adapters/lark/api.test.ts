import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failed, granted, sent } from "./scripted-server.ts";
import { createSendRig, type SendRig } from "./send-rig.ts";

let rig: SendRig;

beforeEach(async () => {
  rig = await createSendRig();
});

afterEach(() => rig.close());

const card = '{"schema":"2.0","body":{"elements":[]}}';

describe("the calls to Lark", () => {
  it("send a card to a chat, with a key against doubles", async () => {
    expect(await rig.api.create("oc_1", card, "key-1")).toEqual({ ok: true, message: "om_0" });
    expect(rig.server.asked).toMatchObject([
      {
        method: "POST",
        path: "/open-apis/im/v1/messages",
        query: { receive_id_type: "chat_id" },
        headers: { authorization: "Bearer t-1" },
        body: { receive_id: "oc_1", msg_type: "interactive", content: card, uuid: "key-1" },
      },
    ]);
  });

  it("answer a message, in its thread only when that is asked for", async () => {
    await rig.api.reply("om_x-1", card, "key-1", false);
    await rig.api.reply("om_x-1", card, "key-2", true);
    const [plain, threaded] = rig.server.asked;
    expect(plain).toMatchObject({ method: "POST", path: "/open-apis/im/v1/messages/om_x-1/reply" });
    expect(plain?.body).toEqual({ msg_type: "interactive", content: card, uuid: "key-1" });
    expect(threaded?.body).toEqual({ msg_type: "interactive", content: card, uuid: "key-2", reply_in_thread: true });
  });

  it("change a card", async () => {
    rig.server.answer(() => ({ json: { code: 0, msg: "success", data: {} } }));
    expect(await rig.api.patch("om_1", card)).toEqual({ ok: true, message: "om_1" });
    expect(rig.server.asked).toMatchObject([
      { method: "PATCH", path: "/open-apis/im/v1/messages/om_1", body: { content: card } },
    ]);
  });

  it("ask who the bot is", async () => {
    rig.server.answer(() => ({ json: { code: 0, msg: "ok", bot: { open_id: "ou_bot", app_name: "Deskhand" } } }));
    expect(await rig.api.botOpenId()).toBe("ou_bot");
    expect(rig.server.asked).toMatchObject([{ method: "GET", path: "/open-apis/bot/v3/info", body: undefined }]);
  });

  it("say in the log why it is not known who the bot is", async () => {
    rig.server.answer((_, index) =>
      index === 0 ? failed(400, 99991672, "[im:chat:readonly]") : { json: { code: 0 } },
    );
    expect(await rig.api.botOpenId()).toBeUndefined();
    expect(await rig.api.botOpenId()).toBeUndefined();
    expect(rig.log.lines[0]).toContain("im:chat:readonly");
    expect(rig.log.lines[1]).toContain("holds no open id");
  });

  it.each(["", "om_1", "oc_", "oc_1/../../auth", "oc_1?x", "oc_é"])(
    "refuse a chat that is no chat of Lark (%j)",
    async (chat) => {
      expect(await rig.api.create(chat, card, "key")).toMatchObject({ ok: false, failure: { kind: "parameter" } });
      expect(rig.server.asked).toHaveLength(0);
    },
  );

  it.each(["", "oc_1", "om_1/reply", "om_..%2f", ":message_id"])(
    "refuse a message that is none of Lark (%j)",
    async (id) => {
      expect(await rig.api.reply(id, card, "key", false)).toMatchObject({ ok: false, failure: { kind: "parameter" } });
      expect(await rig.api.patch(id, card)).toMatchObject({ ok: false, failure: { kind: "parameter" } });
      expect(rig.server.asked).toHaveLength(0);
    },
  );

  it("are made once more with a new token when the platform calls the token stale, with the same key", async () => {
    rig.server.answer((asked) => (asked.headers.authorization === "Bearer t-1" ? failed(400, 99991663) : sent("om_9")));
    expect(await rig.api.create("oc_1", card, "key-1")).toEqual({ ok: true, message: "om_9" });
    expect(rig.server.asked.map(({ body }) => body)).toMatchObject([{ uuid: "key-1" }, { uuid: "key-1" }]);
    expect(rig.server.tokens()).toBe(2);
  });

  it("ask for one new token when many find theirs stale at the same time", async () => {
    rig.server.answer((asked) => (asked.headers.authorization === "Bearer t-1" ? failed(400, 99991663) : sent("om_9")));
    const calls = Array.from({ length: 20 }, (_, index) => rig.api.create("oc_1", card, `key-${index}`));
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ ok: true, message: "om_9" })));
    expect(rig.server.tokens()).toBe(2);
  });

  it("are made no more than twice when no token is accepted", async () => {
    rig.server.answer(() => failed(400, 99991663));
    expect(await rig.api.create("oc_1", card, "key")).toMatchObject({ ok: false, failure: { kind: "token" } });
    expect(rig.server.asked).toHaveLength(2);
  });

  it("are not made without a token", async () => {
    rig.server.grant(() => failed(200, 10014, "app secret invalid"));
    expect(await rig.api.create("oc_1", card, "key")).toMatchObject({ ok: false, failure: { kind: "credentials" } });
    expect(rig.server.asked).toHaveLength(0);
  });

  it.each([
    ["resolved", 200],
    ["thrown", 400],
  ])("tell a failure that is %s by the SDK", async (_, status) => {
    rig.server.answer(() => failed(status, 230002));
    const called = await rig.api.create("oc_1", card, "key");
    expect(called).toMatchObject({ ok: false, failure: { kind: "gone", code: 230002, logId: "LOG123" } });
  });

  it("take an answer without a message for a failure that passes", async () => {
    rig.server.answer(() => ({ json: { code: 0, data: { message_id: "oc_not" } } }));
    expect(await rig.api.create("oc_1", card, "key")).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
  });

  it("are counted by call and outcome", async () => {
    rig.server.answer((_, index) => (index === 0 ? sent("om_1") : failed(429, 99991400)));
    await rig.api.create("oc_1", card, "key");
    await rig.api.create("oc_1", card, "key");
    expect(rig.counts.of("lark_calls call=create outcome=ok")).toBe(1);
    expect(rig.counts.of("lark_calls call=create outcome=rate")).toBe(1);
    expect(rig.counts.of("lark_calls call=token outcome=ok")).toBe(1);
  });

  it("put neither cards nor secrets into the log, and the SDK prints nothing", async () => {
    const printed: unknown[] = [];
    const { log, error, warn, info } = console;
    const note = (...words: unknown[]): void => {
      printed.push(words);
    };
    Object.assign(console, { log: note, error: note, warn: note, info: note });
    try {
      rig.server.grant(() => granted("t-s3cret"));
      const replies = [failed(400, 230099, "ErrPath: ROOT; ErrorValue: li.na"), failed(500, 1500), "cut"] as const;
      rig.server.answer((_, index) => replies[index] ?? sent("om_1"));
      for (let index = 0; index < 4; index += 1) await rig.api.create("oc_1", '{"text":"li.na"}', "key");
    } finally {
      Object.assign(console, { log, error, warn, info });
    }
    expect(printed).toEqual([]);
    expect(rig.log.lines.join()).toContain("Lark refused a card.");
    expect(rig.log.lines.join()).not.toMatch(/s3cret|li\.na|Bearer/);
  });
});
