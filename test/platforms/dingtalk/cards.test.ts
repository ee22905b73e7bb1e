import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver, sampleParams, update } from "./calls.ts";
import { createFakeDingTalk, type FakeDingTalk, type FakeDingTalkOptions } from "./index.ts";

let fake: FakeDingTalk;

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  fake = createFakeDingTalk(options);
  await fake.start();
  fake.directory.group("cid1==");
  fake.directory.add({ id: "li" });
}

beforeEach(() => begin());
afterEach(() => fake.stop());

const toPerson = (staffId: string, more: object = {}) =>
  deliver(fake, {
    openSpaceId: `dtv1.card//IM_ROBOT.${staffId}`,
    imGroupOpenSpaceModel: undefined,
    imGroupOpenDeliverModel: undefined,
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: "IM_ROBOT" },
    ...more,
  });

describe("a card", () => {
  it("is delivered to a group, and what people see of it is remembered", async () => {
    expect(await deliver(fake)).toMatchObject({
      status: 200,
      body: {
        success: true,
        result: {
          outTrackId: "track-1",
          deliverResults: [{ spaceType: "IM_GROUP", spaceId: "cid1==", success: true }],
        },
      },
    });
    expect(await fake.next("cid1==")).toMatchObject({
      id: "track-1",
      via: "card",
      kind: "card",
      content: sampleParams(),
      lastMessage: { EN_US: "runtimes" },
      versions: [{ how: "deliver" }],
    });
    expect(fake.calls).toMatchObject({ token: 1, deliver: 1 });
    expect(fake.complaints()).toEqual([]);
  });

  it("is delivered to a member of staff, and not to somebody unknown or from outside", async () => {
    expect((await toPerson("li")).status).toBe(200);
    expect(fake.sent[0]?.chat).toBe(fake.directory.single("li").id);
    expect((await toPerson("nobody")).code).toBe("param.userIdNotExist");
    fake.directory.add({ id: "guest", outsider: true });
    expect((await toPerson("guest")).code).toBe("param.userIdNotExist");
  });

  it("is one card for one outTrackId, by success or by an error", async () => {
    await deliver(fake);
    expect((await deliver(fake)).status).toBe(200);
    expect(fake.sent.length).toBe(1);
    await fake.stop();
    await begin({ again: "refuse" });
    await deliver(fake);
    expect(await deliver(fake)).toMatchObject({ status: 400, code: "param.cardAlreadyExist" });
    expect(fake.complaints()).toEqual([]);
  });

  it("is changed by key, or else loses what is not named", async () => {
    await deliver(fake);
    expect(await update(fake)).toMatchObject({ status: 200, body: { success: true, result: true } });
    expect(fake.sent[0]?.content).toEqual({ ...sampleParams(), markdown: "changed" });
    await update(fake, { cardUpdateOptions: undefined });
    expect(fake.sent[0]?.content).toEqual({ title: "", markdown: "changed", tips: "", sys_full_json_obj: "" });
    expect(fake.sent[0]?.versions.map(({ how }) => how)).toEqual(["deliver", "update", "update"]);
  });

  it("has data for one person alone", async () => {
    await deliver(fake);
    await update(fake, { cardData: undefined, privateData: { li: { cardParamMap: { tips: "yours" } } } });
    expect(fake.viewOf("track-1", "li").tips).toBe("yours");
    expect(fake.viewOf("track-1", "wang").tips).toBe("");
    expect((await update(fake, { privateData: { nobody: { cardParamMap: {} } } })).code).toBe("param.userIdNotExist");
    expect((await update(fake, { cardData: undefined })).code).toBe("param.cardDataAndPrivateDataBothEmpty");
    expect((await update(fake, { outTrackId: "never" })).code).toBe("param.cardNotExist");
  });

  it("is not delivered where the robot is not, although the answer is 200", async () => {
    fake.directory.robot("cid1==", false);
    const answer = await deliver(fake);
    expect(answer).toMatchObject({ status: 200, body: { result: { deliverResults: [{ success: false }] } } });
    fake.directory.robot("cid1==", true);
    fake.faults.failDelivery(1, "chatbot muted");
    const other = await deliver(fake, {}, "track-2");
    expect(other).toMatchObject({ body: { result: { deliverResults: [{ errorMsg: "chatbot muted" }] } } });
    expect(fake.sent).toEqual([]);
    expect((await update(fake)).status).toBe(200);
    expect(fake.shown("track-2")?.delivered).toBe(false);
    await deliver(fake, {}, "track-2");
    expect(fake.sent.map(({ id }) => id)).toEqual(["track-2"]);
    expect(fake.complaints()).toEqual([]);
  });

  it("needs a template that is there and published", async () => {
    fake.templates.set("own.schema", "unpublished");
    expect((await deliver(fake, { cardTemplateId: "own.schema" })).code).toBe("param.templateUnpublished");
    expect((await deliver(fake, { cardTemplateId: "other" })).code).toBe("param.templateNotExist");
    fake.templates.set("own.schema", "published");
    expect((await deliver(fake, { cardTemplateId: "own.schema" })).status).toBe(200);
  });

  it.each([
    ["no outTrackId", { outTrackId: undefined }, "param.outTrackIdEmpty"],
    ["an empty outTrackId", { outTrackId: "" }, "param.outTrackIdEmpty"],
    ["no template", { cardTemplateId: undefined }, "param.cardTemplateIdEmpty"],
    ["no callbackType", { callbackType: undefined }, "param.invalid"],
    ["callbacks by HTTP", { callbackType: "HTTP" }, "param.invalid"],
    ["no space", { openSpaceId: undefined }, "param.openSpaceIdEmpty"],
    ["a space of another form", { openSpaceId: "cid1==" }, "param.openSpaceIdInvalid"],
    ["no deliver model", { imGroupOpenDeliverModel: undefined }, "param.openDeliverModelEmpty"],
    ["a deliver model without robot", { imGroupOpenDeliverModel: {} }, "param.openDeliverModelError"],
    ["another robot", { imGroupOpenDeliverModel: { robotCode: "x" } }, "invalidParameter.robotCode.notExsit"],
    ["supportForward as text", { imGroupOpenSpaceModel: { supportForward: "false" } }, "param.openSpaceModelInvalid"],
    [
      "a language that is none",
      { imGroupOpenSpaceModel: { lastMessageI18n: { zh: "x" } } },
      "param.openSpaceModelInvalid",
    ],
    ["no data", { cardData: undefined }, "param.cardPublicDataEmpty"],
    ["empty data", { cardData: { cardParamMap: {} } }, "param.cardPublicDataEmpty"],
    ["a number", { cardData: { cardParamMap: { title: 3 } } }, "param.invalid"],
    ["a long value", { cardData: { cardParamMap: { title: "字".repeat(834) } } }, "param.invalid"],
    ["a long key", { cardData: { cardParamMap: { ["k".repeat(101)]: "" } } }, "param.invalid"],
    ["an unknown picture", { cardData: { cardParamMap: { markdown: "![](@lADx)" } } }, "param.invalid"],
    ["an unknown field", { colour: "red" }, "param.invalid"],
  ])("is refused with %s", async (_name, more, code) => {
    expect(await deliver(fake, more)).toMatchObject({ status: 400, code });
    expect(fake.sent).toEqual([]);
  });
});
