import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { call, deliver, sendToGroup, sendToPeople, upload } from "./calls.ts";
import { createFakeDingTalk, type FakeDingTalk } from "./index.ts";
import { acknowledge, connectSdk } from "./sdk.ts";

let fake: FakeDingTalk;
let shift = 0;

async function begin(): Promise<void> {
  shift = 0;
  // Time stands still, so that a slow machine does not slip out of a window of one second.
  const start = Date.now();
  fake = createFakeDingTalk({ now: () => start + shift });
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
    const answer = await sendToGroup(fake, msgKey, param);
    expect(answer.status).toBe(200);
    expect(fake.sent).toMatchObject([{ id: answer.body.processQueryKey, kind, content: param, via: "robot" }]);
    expect(fake.complaints()).toEqual([]);
  });

  it("is sent to people, and says who was not reached", async () => {
    fake.directory.add({ id: "wang" });
    fake.faults.throttled.add("wang");
    expect((await sendToPeople(fake, ["li", "wang", "nobody"])).body).toMatchObject({
      invalidStaffIdList: ["nobody"],
      flowControlledStaffIdList: ["wang"],
    });
    expect(fake.sent.map(({ chat }) => chat)).toEqual([fake.directory.single("li").id]);
  });

  it("is refused where the robot is not", async () => {
    fake.directory.robot("cid1==", false);
    expect(await sendToGroup(fake, "sampleText", { content: "x" })).toMatchObject({
      code: "conversation.org.notMatch",
    });
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
    expect((await sendToGroup(fake, msgKey, param, more)).status).toBe(400);
    expect(fake.complaints().length).toBe(1);
  });

  it("is refused for nobody and for more than 20 people", async () => {
    expect((await sendToPeople(fake, [])).code).toBe("invalidParameter.userIds.empty");
    expect(
      (
        await sendToPeople(
          fake,
          Array.from({ length: 21 }, () => "li"),
        )
      ).code,
    ).toBe("invalidParameter.userIds.overMax");
  });
});

describe("an upload", () => {
  it("gives a media id that messages and cards can have", async () => {
    const file = await upload(fake, "file", "runtimes.xlsx", "PK");
    expect(file.body).toMatchObject({ errcode: 0, media_id: expect.stringMatching(/^@/) });
    const param = { mediaId: file.body.media_id, fileName: "runtimes.xlsx", fileType: "xlsx" };
    expect((await sendToGroup(fake, "sampleFile", param)).status).toBe(200);
    const image = await upload(fake, "image", "chart.png", "\u0089PNG");
    expect(image.code).toBe(40004);
    const png = await upload(fake, "image", "chart.gif", "GIF89a");
    expect(
      (await deliver(fake, { cardData: { cardParamMap: { markdown: `![](${png.body.media_id})` } } })).status,
    ).toBe(200);
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
