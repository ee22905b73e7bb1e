import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createFakeDingTalk, documentedLimits, type FakeDingTalk, type FakeDingTalkOptions } from "./index.ts";
import { acknowledge, call, callWithToken, connectSdk, sampleDelivery, sampleParams, tokenOf, upload } from "./sdk.ts";

let fake: FakeDingTalk;
let shift = 0;

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  shift = 0;
  // Time stands still, so that a slow machine does not slip out of a window of one second.
  const start = Date.now();
  fake = createFakeDingTalk({ now: () => start + shift, ...options });
  await fake.start();
  fake.directory.group("cid1==");
  fake.directory.add({ id: "li" });
}

beforeEach(() => {
  // The SDK writes to the console.
  vi.spyOn(console, "info").mockImplementation(() => {});
  return begin();
});
afterEach(async () => {
  await fake.stop();
  vi.restoreAllMocks();
});

async function restart(options: FakeDingTalkOptions): Promise<void> {
  await fake.stop();
  await begin(options);
}

const deliver = (more: object = {}, id = "track-1") =>
  callWithToken(fake, "POST /v1.0/card/instances/createAndDeliver", sampleDelivery(fake, id, "cid1==", more));
const toPerson = (staffId: string, more: object = {}) =>
  deliver({
    openSpaceId: `dtv1.card//IM_ROBOT.${staffId}`,
    imGroupOpenSpaceModel: undefined,
    imGroupOpenDeliverModel: undefined,
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: "IM_ROBOT" },
    ...more,
  });
const update = (more: object = {}) =>
  callWithToken(fake, "PUT /v1.0/card/instances", {
    outTrackId: "track-1",
    cardData: { cardParamMap: { markdown: "changed" } },
    cardUpdateOptions: { updateCardDataByKey: true },
    ...more,
  });
const group = (msgKey: string, param: object, more: object = {}) =>
  callWithToken(fake, "POST /v1.0/robot/groupMessages/send", {
    robotCode: fake.robotCode,
    openConversationId: "cid1==",
    msgKey,
    msgParam: JSON.stringify(param),
    ...more,
  });
const direct = (userIds: readonly string[], more: object = {}) =>
  callWithToken(fake, "POST /v1.0/robot/oToMessages/batchSend", {
    robotCode: fake.robotCode,
    userIds,
    msgKey: "sampleText",
    msgParam: JSON.stringify({ content: "hello" }),
    ...more,
  });

describe("a card", () => {
  it("is delivered to a group, and what people see of it is remembered", async () => {
    expect(await deliver()).toMatchObject({
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
    await deliver();
    expect((await deliver()).status).toBe(200);
    expect(fake.sent.length).toBe(1);
    await restart({ again: "refuse" });
    await deliver();
    expect(await deliver()).toMatchObject({ status: 400, code: "param.cardAlreadyExist" });
    expect(fake.complaints()).toEqual([]);
  });

  it("is changed by key, or else loses what is not named", async () => {
    await deliver();
    expect(await update()).toMatchObject({ status: 200, body: { success: true, result: true } });
    expect(fake.sent[0]?.content).toEqual({ ...sampleParams(), markdown: "changed" });
    await update({ cardUpdateOptions: undefined });
    expect(fake.sent[0]?.content).toEqual({ title: "", markdown: "changed", tips: "", sys_full_json_obj: "" });
    expect(fake.sent[0]?.versions.map(({ how }) => how)).toEqual(["deliver", "update", "update"]);
  });

  it("has data for one person alone", async () => {
    await deliver();
    await update({ cardData: undefined, privateData: { li: { cardParamMap: { tips: "yours" } } } });
    expect(fake.viewOf("track-1", "li").tips).toBe("yours");
    expect(fake.viewOf("track-1", "wang").tips).toBe("");
    expect((await update({ privateData: { nobody: { cardParamMap: {} } } })).code).toBe("param.userIdNotExist");
    expect((await update({ cardData: undefined })).code).toBe("param.cardDataAndPrivateDataBothEmpty");
    expect((await update({ outTrackId: "never" })).code).toBe("param.cardNotExist");
  });

  it("is not delivered where the robot is not, although the answer is 200", async () => {
    fake.directory.robot("cid1==", false);
    const answer = await deliver();
    expect(answer).toMatchObject({ status: 200, body: { result: { deliverResults: [{ success: false }] } } });
    fake.directory.robot("cid1==", true);
    fake.faults.failDelivery(1, "chatbot muted");
    const other = await deliver({}, "track-2");
    expect(other).toMatchObject({ body: { result: { deliverResults: [{ errorMsg: "chatbot muted" }] } } });
    expect(fake.sent).toEqual([]);
    expect((await update()).status).toBe(200);
    expect(fake.complaints()).toEqual([]);
  });

  it("needs a template that is there and published", async () => {
    fake.templates.set("own.schema", "unpublished");
    expect((await deliver({ cardTemplateId: "own.schema" })).code).toBe("param.templateUnpublished");
    expect((await deliver({ cardTemplateId: "other" })).code).toBe("param.templateNotExist");
    fake.templates.set("own.schema", "published");
    expect((await deliver({ cardTemplateId: "own.schema" })).status).toBe(200);
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
    expect(await deliver(more)).toMatchObject({ status: 400, code });
    expect(fake.sent).toEqual([]);
  });
});

describe("a message of the robot", () => {
  it.each([
    ["sampleText", { content: "hello" }, "text"],
    ["sampleMarkdown", { title: "a", text: "**b**" }, "markdown"],
    ["sampleImageMsg", { photoURL: "https://example.com/a.png" }, "image"],
    ["sampleActionCard", { title: "a", text: "b", singleTitle: "c", singleURL: "https://example.com" }, "actionCard"],
    [
      "sampleActionCard2",
      { title: "a", text: "b", actionTitle1: "c", actionURL1: "d", actionTitle2: "e", actionURL2: "f" },
      "actionCard",
    ],
    [
      "sampleActionCard6",
      { title: "a", text: "b", buttonTitle1: "c", buttonUrl1: "d", buttonTitle2: "e", buttonUrl2: "f" },
      "actionCard",
    ],
  ])("of the kind %s is sent to a group", async (msgKey, param, kind) => {
    const answer = await group(msgKey, param);
    expect(answer.status).toBe(200);
    expect(fake.sent).toMatchObject([{ id: answer.body.processQueryKey, kind, content: param, via: "robot" }]);
    expect(fake.complaints()).toEqual([]);
  });

  it("is sent to people, and says who was not reached", async () => {
    fake.directory.add({ id: "wang" });
    fake.faults.throttled.add("wang");
    expect((await direct(["li", "wang", "nobody"])).body).toMatchObject({
      invalidStaffIdList: ["nobody"],
      flowControlledStaffIdList: ["wang"],
    });
    expect(fake.sent.map(({ chat }) => chat)).toEqual([fake.directory.single("li").id]);
  });

  it("is refused where the robot is not", async () => {
    fake.directory.robot("cid1==", false);
    expect(await group("sampleText", { content: "x" })).toMatchObject({ code: "conversation.org.notMatch" });
    expect(fake.complaints()).toEqual([]);
  });

  it.each([
    ["an unknown msgKey", "sampleSong", {}, {}],
    ["a field too few", "sampleMarkdown", { text: "x" }, {}],
    ["a field too many", "sampleText", { content: "x", title: "x" }, {}],
    ["a button too few", "sampleActionCard2", { title: "a", text: "b", actionTitle1: "c", actionURL1: "d" }, {}],
    ["a button too many", "sampleActionCard", { title: "a", text: "b", actionTitle1: "c", actionURL1: "d" }, {}],
    ["a long param", "sampleText", { content: "x".repeat(15_000) }, {}],
    ["a param that is no text", "sampleText", {}, { msgParam: { content: "x" } }],
    ["a param that is no JSON", "sampleText", {}, { msgParam: "x" }],
    ["an unknown file", "sampleFile", { mediaId: "@lADx", fileName: "a.xlsx", fileType: "xlsx" }, {}],
    ["a file of an unknown type", "sampleFile", { mediaId: "@lADx", fileName: "a.csv", fileType: "csv" }, {}],
    ["no robot", "sampleText", { content: "x" }, { robotCode: "" }],
    ["no chat", "sampleText", { content: "x" }, { openConversationId: "" }],
  ])("is refused and noted with %s", async (_name, msgKey, param, more) => {
    expect((await group(msgKey, param, more)).status).toBe(400);
    expect(fake.complaints().length).toBe(1);
  });

  it("is refused for nobody and for more than 20 people", async () => {
    expect((await direct([])).code).toBe("invalidParameter.userIds.empty");
    expect((await direct(Array.from({ length: 21 }, () => "li"))).code).toBe("invalidParameter.userIds.overMax");
  });
});

describe("an upload", () => {
  it("gives a media id that messages and cards can have", async () => {
    const file = await upload(fake, "file", "runtimes.xlsx", "PK");
    expect(file.body).toMatchObject({ errcode: 0, media_id: expect.stringMatching(/^@/) });
    const param = { mediaId: file.body.media_id, fileName: "runtimes.xlsx", fileType: "xlsx" };
    expect((await group("sampleFile", param)).status).toBe(200);
    const image = await upload(fake, "image", "chart.png", "\u0089PNG");
    expect(image.code).toBe(40004);
    const png = await upload(fake, "image", "chart.gif", "GIF89a");
    expect((await deliver({ cardData: { cardParamMap: { markdown: `![](${png.body.media_id})` } } })).status).toBe(200);
    expect(fake.uploads.map(({ name, type }) => [name, type])).toEqual([
      ["runtimes.xlsx", "file"],
      ["chart.gif", "image"],
    ]);
  });

  it("is refused with HTTP 200 for other files, nothing, too much, and a token that ended", async () => {
    expect(await upload(fake, "file", "a.csv", "x")).toMatchObject({ status: 200, code: 40004 });
    expect((await upload(fake, "voice", "a.zip", "x")).code).toBe(40004);
    expect((await upload(fake, "file", "a.zip", "")).code).toBe(40006);
    expect((await upload(fake, "file", "a.zip", "x".repeat(20 * 1024 * 1024 + 1))).code).toBe(40006);
    expect(fake.complaints().length).toBe(4);
    fake.forget();
    const response = await fetch(`${fake.url}/media/upload?access_token=x&type=file`, { method: "POST" });
    expect(await response.json()).toMatchObject({ errcode: 40014 });
    expect(fake.complaints()).toEqual([]);
  });
});

describe("a session webhook", () => {
  /** The address that a message brings, read from its frame. */
  async function addressOf(): Promise<string> {
    let address = "";
    const client = await connectSdk(fake, (frame, client) => {
      address = z.object({ sessionWebhook: z.string() }).parse(JSON.parse(frame.data)).sessionWebhook;
      acknowledge(frame, client);
    });
    fake.write({ chat: "cid1==", user: "li", text: "x" });
    await fake.until(() => fake.underWay === 0);
    client.disconnect();
    return address;
  }
  const markdown = { msgtype: "markdown", markdown: { title: "a", text: "b" } };
  const post = async (address: string, body: object) => call(fake, `POST ${address}`, body);

  it("takes texts, markdown and action cards, without a token", async () => {
    const address = await addressOf();
    const btns = [{ title: "c", actionURL: "d" }];
    expect((await post(address, { msgtype: "text", text: { content: "x" }, at: { atUserIds: ["li"] } })).code).toBe(0);
    expect((await post(address, markdown)).code).toBe(0);
    const actionCard = { title: "a", text: "b", btnOrientation: "0", btns };
    expect((await post(address, { msgtype: "actionCard", actionCard })).code).toBe(0);
    expect(fake.within("cid1==")).toMatchObject([
      { via: "webhook", kind: "text", content: { content: "x" } },
      { via: "webhook", kind: "markdown", content: { title: "a", text: "b" } },
      { via: "webhook", kind: "actionCard", content: { btns: JSON.stringify(btns) } },
    ]);
    expect(fake.complaints()).toEqual([]);
    expect(fake.spent.calls).toBe(0);
  });

  it("refuses with HTTP 200 what is too long, of another type, or wrong", async () => {
    const address = await addressOf();
    const long = { msgtype: "text", text: { content: "x".repeat(20_000) } };
    expect(await post(address, long)).toMatchObject({ status: 200, code: 460101 });
    expect((await post(address, { msgtype: "image", image: {} })).code).toBe(400105);
    expect((await post(address, { msgtype: "text", text: "x" })).code).toBe(40035);
    expect(fake.complaints().length).toBe(3);
    expect(fake.sent).toEqual([]);
  });

  it("ends after a time, when told, or when the robot leaves", async () => {
    const address = await addressOf();
    fake.directory.robot("cid1==", false);
    expect((await post(address, markdown)).code).toBe(300001);
    fake.directory.robot("cid1==", true);
    expect((await post(address, markdown)).code).toBe(0);
    shift = 5400_000;
    expect((await post(address, markdown)).code).toBe(300001);
    const next = await addressOf();
    expect((await post(next, markdown)).code).toBe(0);
    fake.sessions.end();
    expect((await post(next, markdown)).code).toBe(300001);
    expect(fake.complaints()).toEqual([]);
    expect(JSON.stringify(fake.requests)).not.toContain("session0");
  });
});

describe("a call is refused", () => {
  it("without a token that is good", async () => {
    const token = await tokenOf(fake);
    const body = sampleDelivery(fake, "t", "cid1==");
    const withToken = (given: string) =>
      call(fake, "POST /v1.0/card/instances/createAndDeliver", body, { "x-acs-dingtalk-access-token": given });
    expect(await withToken("x")).toMatchObject({ status: 400, code: "InvalidAuthentication" });
    expect((await withToken(token)).status).toBe(200);
    fake.tokens.revoke();
    expect((await withToken(token)).code).toBe("InvalidAuthentication");
    const next = await tokenOf(fake);
    expect(next).not.toBe(token);
    expect(await tokenOf(fake)).toBe(next);
    shift = 7200_000;
    expect((await withToken(next)).code).toBe("InvalidAuthentication");
    expect(fake.complaints()).toEqual([]);
    await call(fake, "POST /v1.0/card/instances/createAndDeliver", body);
    expect(fake.complaints().length).toBe(1);
  });

  it("with another secret", async () => {
    const answer = await call(fake, "POST /v1.0/oauth2/accessToken", { appKey: fake.clientId, appSecret: "x" });
    expect(answer).toMatchObject({ status: 400, code: "invalidClientIdOrSecret" });
  });

  it("without the permission, which it names", async () => {
    fake.scopes.clear();
    expect(await deliver()).toMatchObject({
      status: 403,
      code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
      body: { accessdenieddetail: { requiredScopes: ["Card.Instance.Write"] } },
    });
    expect((await direct(["li"])).body).toMatchObject({
      accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] },
    });
  });

  it("above 20 a second of one interface", async () => {
    await restart({ limits: { apiPerSecond: documentedLimits.apiPerSecond } });
    const token = await tokenOf(fake);
    const headers = { "x-acs-dingtalk-access-token": token };
    const send = () => call(fake, "POST /v1.0/robot/oToMessages/batchSend", {}, headers);
    for (let count = 0; count < 20; count += 1) await send();
    expect(await send()).toMatchObject({ status: 403, code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" });
    expect((await deliver()).status).toBe(200);
    shift = 1000;
    expect((await send()).code).toBe("invalidParameter.param.invalid");
  });

  it("when the month's quota is spent, which tokens do not count against", async () => {
    await restart({ limits: { monthlyCalls: 2 } });
    await deliver();
    await update();
    expect(await update()).toMatchObject({ status: 403, code: "Forbidden.AccessDenied.ApiCountLimitForOrg" });
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(90020);
    expect(fake.spent.calls).toBe(2);
  });

  it("and noted when there is no such call, no body, or the old call for a token", async () => {
    expect((await call(fake, "POST /v1.0/weather", {})).code).toBe("InvalidAction.NotFound");
    expect((await call(fake, "POST /v1.0/oauth2/accessToken", undefined)).code).toBe("MissingBody");
    await fetch(`${fake.url}/gettoken?appkey=x&appsecret=y`);
    expect(fake.complaints().length).toBe(3);
    expect(JSON.stringify(fake.requests)).not.toContain("appsecret");
  });
});

describe("a fault", () => {
  it("answers something else, for as many calls as it was ordered for", async () => {
    fake.faults.api({ kind: "refuse", code: "system.busy" }, { api: "deliver" });
    fake.faults.api({ kind: "html", status: 403 }, { api: ["update"] });
    expect(await deliver()).toMatchObject({ status: 500, code: "system.busy" });
    expect((await deliver()).status).toBe(200);
    await expect(update()).rejects.toThrow(/JSON/);
    expect((await update()).status).toBe(200);
    fake.faults.api({ kind: "errcode", errcode: 300001 }, { api: "upload", count: Infinity });
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(300001);
    fake.faults.clear();
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(0);
    expect(fake.requests.map(({ api, status }) => [api, status])).toContainEqual(["update", 403]);
    expect(fake.complaints()).toEqual([]);
  });

  it("loses the answer after the card was delivered", async () => {
    fake.faults.api({ kind: "cut" }, { api: "deliver" });
    await expect(deliver()).rejects.toThrow();
    expect(fake.sent.length).toBe(1);
    expect((await deliver()).status).toBe(200);
    expect(fake.sent.length).toBe(1);
    expect(fake.requests.filter(({ api }) => api === "deliver").map(({ status }) => status)).toEqual([0, 200]);
  });
});
