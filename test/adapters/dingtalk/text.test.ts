import { expect, it } from "vitest";
import { namesOf } from "../../../adapters/dingtalk/text.ts";
import { callbackSchema } from "../../../adapters/dingtalk/wire.ts";

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
  ["nothing", {}],
  ["no JSON", { content: "{" }],
  ["what is no object", { content: "7", value: null }],
  ["fields of other kinds", { content: JSON.stringify({ cardPrivateData: { actionIds: [7], params: { id: {} } } }) }],
])("there are none where a callback holds %s", (_, callback) => {
  expect(namesIn(callback)).toEqual({ ids: [], labels: [] });
});
