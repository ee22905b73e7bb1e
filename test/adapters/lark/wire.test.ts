import { describe, expect, it } from "vitest";
import {
  buttonValueSchema,
  cardActionSchema,
  challengeSchema,
  chatMemberBotSchema,
  envelopeSchema,
  epochSchema,
  messageSchema,
  pickedSchema,
} from "../../../adapters/lark/wire.ts";
import { clickOf, messageOf, writtenAt } from "./inbound-rig.ts";

describe("a moment", () => {
  it.each([
    ["milliseconds as text", String(writtenAt), writtenAt],
    ["milliseconds as a number", writtenAt, writtenAt],
    ["microseconds", String(writtenAt * 1_000 + 7), writtenAt],
    ["seconds", String(writtenAt / 1_000), writtenAt],
  ])("in %s is read as epoch milliseconds", (_, given, expected) => {
    expect(epochSchema.parse(given)).toBe(expected);
  });

  it.each(["", "-1", "1e12", "0x10", "now", " 1", "1".repeat(18), 1.5, -1, null])("is not read from %j", (given) => {
    expect(epochSchema.safeParse(given).success).toBe(false);
  });
});

describe("an envelope", () => {
  const { header } = messageOf("/help");

  it("is read with fields that nobody knows", () => {
    expect(envelopeSchema.safeParse({ ...messageOf("/help"), newer: [1] }).success).toBe(true);
  });

  it.each([
    ["the older form", { uuid: "u", token: "t", type: "event_callback", event: {} }],
    ["no header", { schema: "2.0", event: {} }],
    ["no event type", { schema: "2.0", header: { event_id: "e" }, event: {} }],
    ["an event id with a line break", { schema: "2.0", header: { ...header, event_id: "a\nb" }, event: {} }],
    ["an event id that does not end", { schema: "2.0", header: { ...header, event_id: "e".repeat(257) }, event: {} }],
    ["an app id that is no text", { schema: "2.0", header: { ...header, app_id: 7 }, event: {} }],
    ["a list", []],
    ["nothing", null],
  ])("is not read from %s", (_, given) => {
    expect(envelopeSchema.safeParse(given).success).toBe(false);
  });
});

describe("a message", () => {
  const withMessage = (message: object) => messageSchema.parse(messageOf("/help", { message }).event).message;

  it("without mentions has none", () => {
    expect(withMessage({}).mentions).toEqual([]);
    expect(withMessage({ mentions: null }).mentions).toEqual([]);
    expect(withMessage({ mentions: "all" }).mentions).toEqual([]);
  });

  it("keeps the mentions that can be read beside one that cannot", () => {
    const mentions = [7, null, { key: "@_user_1", id: "old", name: "" }, { key: "@_user_2", id: { open_id: "ou_2" } }];
    expect(withMessage({ mentions }).mentions).toEqual([
      { key: "@_user_1", openId: undefined, name: undefined, type: undefined },
      { key: "@_user_2", openId: "ou_2", name: undefined, type: undefined },
    ]);
  });

  it("outside of a thread has no thread, in whatever way that is said", () => {
    for (const thread_id of [undefined, null, ""]) expect(withMessage({ thread_id }).thread_id).toBeUndefined();
  });

  it.each([{ message_id: "" }, { message_id: null }, { chat_id: "oc 1" }, { create_time: "soon" }, { content: {} }])(
    "is not read with %j",
    (about) => {
      expect(messageSchema.safeParse(messageOf("/help", { message: about }).event).success).toBe(false);
    },
  );
});

describe("a press", () => {
  it("is read whatever its button carries", () => {
    for (const value of [undefined, null, "x", { any: "thing" }]) {
      expect(cardActionSchema.safeParse(clickOf({ value }).event).success).toBe(true);
    }
    expect(cardActionSchema.safeParse(clickOf({}).event).success).toBe(true);
  });

  it.each([{ operator: {} }, { context: { open_chat_id: "oc_1" } }, { context: null }, { action: null }])(
    "is not read with %j",
    (about) => {
      expect(cardActionSchema.safeParse(clickOf({}, about).event).success).toBe(false);
    },
  );

  it("carries a command of ours only with our mark and a text of at most 20,000 characters", () => {
    const value = { deskhand: 1, command: "/runtimes page=2", locale: "en" };
    expect(buttonValueSchema.safeParse(value).success).toBe(true);
    expect(buttonValueSchema.safeParse({ ...value, command: "x".repeat(20_000) }).success).toBe(true);
    for (const other of [{ command: "x".repeat(20_001) }, { command: "" }, { command: 7 }, { deskhand: 2 }]) {
      expect(buttonValueSchema.safeParse({ ...value, ...other }).success).toBe(false);
    }
  });

  it("of a picker carries the command as the option", () => {
    const value = { deskhand: 1, locale: "zh" };
    expect(pickedSchema.safeParse({ value, option: "/runtimes" }).success).toBe(true);
    expect(pickedSchema.safeParse({ value, option: 7 }).success).toBe(false);
    expect(pickedSchema.safeParse({ value: {}, option: "/runtimes" }).success).toBe(false);
    expect(pickedSchema.safeParse({ value, option: "x".repeat(20_001) }).success).toBe(false);
  });

  it("with a language that nobody knows is read without one", () => {
    const read = buttonValueSchema.parse({ deskhand: 1, command: "/help", locale: "fr" });
    expect(read.locale).toBeUndefined();
  });
});

it("the word that the bot was added is read without the one who added it", () => {
  for (const operator_id of [undefined, null, {}, { open_id: "" }]) {
    const read = chatMemberBotSchema.parse({ chat_id: "oc_1", operator_id });
    expect(read.operator_id?.open_id).toBeUndefined();
  }
});

it("a challenge that is not plain text is none", () => {
  const type = "url_verification";
  expect(challengeSchema.safeParse({ type, challenge: "ajls384kdjx98XX" }).success).toBe(true);
  for (const challenge of ["", "a b", "ä", "a\u0000", "x".repeat(257), 7, undefined]) {
    expect(challengeSchema.safeParse({ type, challenge }).success).toBe(false);
  }
});
