import { expect, it } from "vitest";
import { namesOf, saidIn } from "../../../adapters/dingtalk/text.ts";
import { callbackSchema, messageSchema } from "../../../adapters/dingtalk/wire.ts";

const namesIn = (callback: object) => namesOf(callbackSchema.parse({ outTrackId: "card1", userId: "li", ...callback }));

it("names of a button are ids by where they stand, the surest first, and what stands in a text is a label", () => {
  const content = JSON.stringify({
    cardPrivateData: { actionIds: ["msgButtons", "c.a"], params: { text: "c.label", id: "c.a", action: "c.b" } },
    params: { text: "Other", actionId: "c.c" },
  });
  expect(namesIn({ content, actionId: "c.d", actionData: "" })).toEqual({
    ids: ["c.a", "c.b", "msgButtons", "c.c", "c.d"],
    labels: ["c.label", "Other"],
  });
});

it.each([
  ["a text", { actionData: "c.a" }],
  ["an object", { actionData: { id: "c.a" } }],
  ["JSON text of an object", { actionData: JSON.stringify({ id: "c.a" }) }],
  ["an object with parameters", { actionData: { cardPrivateData: { params: { id: "c.a" } } } }],
  ["JSON text of one with action ids", { actionData: JSON.stringify({ cardPrivateData: { actionIds: ["c.a"] } }) }],
  ["content that is an object", { content: { cardPrivateData: { params: { id: "c.a" } } } }],
  ["the top of content", { content: JSON.stringify({ actionId: "c.a" }) }],
  ["a number", { actionData: { id: 7 }, actionId: "c.a" }],
])("an id is found in %s", (_, callback) => {
  expect(namesIn(callback).ids).toContain("c.a");
  expect(namesIn(callback).labels).toEqual([]);
});

it("JSON text beside a button's own names is no id", () => {
  expect(namesIn({ actionId: "c.a", actionData: JSON.stringify({ id: "c.a", text: "Next" }) })).toEqual({
    ids: ["c.a"],
    labels: ["Next"],
  });
});

const message = { conversationId: "cid1", conversationType: "2", msgId: "msg1", senderId: "$:LWCP_v1:$a" };

it.each([
  [{ text: { content: "/help" } }, "/help"],
  [{ msgtype: null, text: { content: "/help" } }, "/help"],
  [{ content: { richText: [{ text: "/help" }] } }, undefined],
  [{ msgtype: "picture", text: { content: "/help" } }, undefined],
])("a message without a type is a text where it holds one: %j", (about, said) => {
  expect(saidIn(messageSchema.parse({ ...message, ...about }))).toBe(said);
});

it("ids of a message may be numbers, as long as none of their digits is lost", () => {
  const ids = { conversationId: 12, msgId: 34, senderStaffId: 56 };
  expect(messageSchema.parse({ ...message, ...ids })).toMatchObject({
    ...{ conversationId: "12", msgId: "34", senderStaffId: "56" },
  });
  expect(messageSchema.parse({ ...message, senderStaffId: 2 ** 60 }).senderStaffId).toBeUndefined();
  expect(messageSchema.safeParse({ ...message, conversationId: 1.5 }).success).toBe(false);
});

it.each([
  ["nothing", {}],
  ["no JSON", { content: "{" }],
  ["what is no object", { content: "7", value: null }],
  ["fields of other kinds", { content: JSON.stringify({ cardPrivateData: { actionIds: [7], params: { id: {} } } }) }],
])("there are none where a callback holds %s", (_, callback) => {
  expect(namesIn(callback)).toEqual({ ids: [], labels: [] });
});
