import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { callWithToken, sampleDelivery, sampleParams } from "./calls.ts";
import { createFakeDingTalk, type FakeDingTalk, type FakeDingTalkOptions, shapes } from "./index.ts";
import { acknowledge, connectSdk, type StandinClient } from "./sdk.ts";

let fake: FakeDingTalk;
let client: StandinClient;
let heard: Record<string, unknown>[] = [];
/** What the bot says to a callback, as it is on the wire; undefined: nothing. */
let reply: () => string | undefined = () => "";

const response = (value: object): string => JSON.stringify({ response: value });
const byKey = { updateCardDataByKey: true, updatePrivateDataByKey: true };
const shows = (params: object, cardUpdateOptions: object = byKey): string =>
  response({ cardData: { cardParamMap: params }, cardUpdateOptions });

function say(messageId: string, data: string, code = 200): void {
  const frame = { code, message: "OK", headers: { contentType: "application/json", messageId }, data };
  Reflect.get(client, "socket").send(JSON.stringify(frame));
}

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  fake = createFakeDingTalk(options);
  await fake.start();
  fake.directory.group("cid1==");
  fake.directory.add({ id: "li" });
  client = await connectSdk(fake, acknowledge, ({ headers, data }) => {
    heard.push(z.record(z.string(), z.unknown()).parse(JSON.parse(data)));
    const text = reply();
    if (text !== undefined) say(headers.messageId, text);
  });
  await callWithToken(fake, deliverRoute, sampleDelivery(fake, "track-1", "cid1=="));
}

async function end(): Promise<void> {
  client.disconnect();
  await fake.stop();
}

const deliverRoute = "POST /v1.0/card/instances/createAndDeliver";
const put = (params: object) =>
  callWithToken(fake, "PUT /v1.0/card/instances", {
    outTrackId: "track-1",
    cardData: { cardParamMap: params },
    cardUpdateOptions: { updateCardDataByKey: true },
  });
const next = (more: object = {}) => fake.press({ card: "track-1", user: "li", label: "Next", ...more });

beforeEach(() => {
  heard = [];
  reply = () => response({});
  vi.spyOn(console, "info").mockImplementation(() => {});
  return begin();
});
afterEach(async () => {
  await end();
  vi.restoreAllMocks();
});

describe("a press", () => {
  const actionIds = ["msgButtons"];
  const contents = {
    ids: { content: { cardPrivateData: { actionIds: ["c.next"], params: {} } } },
    params: { content: { cardPrivateData: { actionIds, params: { id: "c.next", text: "Next →" } } } },
    label: { content: { cardPrivateData: { actionIds, params: { text: "Next →" } } } },
    action: { content: { cardPrivateData: { actionIds: [], params: { actionId: "c.next" } } } },
    value: { value: { cardPrivateData: { actionIds, params: { id: "c.next", text: "Next →" } } } },
    top: { actionId: "c.next", content: {} },
  };

  it.each(shapes)("brings which button it was in the shape %s", async (shape) => {
    expect(await next({ shape })).toMatchObject({ outcome: "nothing", inTime: true, response: { response: {} } });
    const texts = Object.fromEntries(
      ["content", "value"].flatMap((key) =>
        typeof heard[0]?.[key] === "string" ? [[key, JSON.parse(heard[0][key])]] : [],
      ),
    );
    const { actionId } = heard[0] ?? {};
    expect({ ...(actionId === undefined ? {} : { actionId }), ...texts }).toEqual(contents[shape]);
    expect(heard[0]).toMatchObject({
      type: "actionCallback",
      userId: "li",
      userIdType: 1,
      outTrackId: "track-1",
      spaceType: "IM_GROUP",
      spaceId: "cid1==",
    });
    expect(fake.complaints()).toEqual([]);
  });

  it("changes the card for who pressed, until a PUT changes the same variables for everyone", async () => {
    reply = () => shows({ markdown: "page 2", tips: "yours" });
    expect((await next()).outcome).toBe("card");
    expect(fake.viewOf("track-1", "li")).toEqual({ ...sampleParams("page 2"), tips: "yours" });
    expect(fake.viewOf("track-1", "wang")).toEqual(sampleParams());
    await put({ markdown: "page 3" });
    expect(fake.viewOf("track-1", "li")).toEqual({ ...sampleParams("page 3"), tips: "yours" });
    expect(fake.viewOf("track-1", "wang")).toEqual(sampleParams("page 3"));
    expect(fake.sent[0]?.versions.map(({ how, person }) => [how, person])).toEqual([
      ["deliver", undefined],
      ["callback", "li"],
      ["update", undefined],
    ]);
    expect(fake.complaints()).toEqual([]);
  });

  it("empties what the answer does not name, unless it goes by key", async () => {
    reply = () => shows({ markdown: "page 2" }, {});
    await next();
    expect(fake.viewOf("track-1", "li")).toEqual({ title: "", markdown: "page 2", tips: "", sys_full_json_obj: "" });
    await expect(next()).rejects.toThrow("the card has: none");
  });

  it("wins against a PUT that came while it was open", async () => {
    let answer = (): void => {};
    client.removeAllListeners();
    client.registerCallbackListener("/v1.0/card/instances/callback", ({ headers }) => {
      answer = () => say(headers.messageId, shows({ markdown: "answered" }));
    });
    const pressed = next();
    await fake.until(() => fake.shown("track-1")?.open === 1 && fake.spent.pushes === 1);
    await put({ markdown: "put" });
    answer();
    await pressed;
    expect(fake.viewOf("track-1", "li").markdown).toBe("answered");
    expect(fake.viewOf("track-1", "wang").markdown).toBe("put");
    expect(fake.complaints()).toEqual(["PUT of the card track-1 while a callback of it is open: the answer wins"]);
  });

  it("is open until its answer has arrived, which may be later than what was said by HTTP after it", async () => {
    fake.faults.delayReplies = 50;
    const answered = Promise.withResolvers<void>();
    reply = () => {
      answered.resolve();
      return shows({ title: "Mine" });
    };
    const pressing = next();
    await answered.promise;
    await put({ title: "Everyone's" });
    expect(fake.shown("track-1")?.open).toBe(1);
    expect(await pressing).toMatchObject({ outcome: "card" });
    expect(fake.complaints()).toEqual(["PUT of the card track-1 while a callback of it is open: the answer wins"]);
  });

  it("is late when nothing comes in time, and comes once", async () => {
    await end();
    await begin({ answerWithin: 30, redelivery: [5] });
    reply = () => undefined;
    expect(await next()).toMatchObject({ outcome: "late", inTime: false, reason: "no answer within 30 ms" });
    expect(heard.length).toBe(1);
    const { messageId = "" } = fake.acknowledgements[0] ?? {};
    say(messageId, shows({ markdown: "too late" }));
    await put({ tips: "x" });
    expect(fake.viewOf("track-1", "li").markdown).toBe(sampleParams().markdown);
    expect(fake.complaints()).toEqual(["card callback: no answer within 30 ms"]);
  });

  it("is late and nobody's fault when there is no socket", async () => {
    client.disconnect();
    await fake.until(() => fake.connections.length === 0);
    expect(await next()).toMatchObject({ outcome: "late", reason: "there is no socket" });
    expect(fake.complaints()).toEqual([]);
  });

  it.each([
    ["no response", "{}"],
    ["a response that is null", '{"response":null}'],
    ["a key of its own", response({ toast: "x" })],
    ["a number in a card", shows({ title: 3 })],
    ["a long value", shows({ title: "x".repeat(2501) })],
    ["buttons that cannot be read", shows({ sys_full_json_obj: "[]" })],
    ["data outside of cardParamMap", response({ cardData: { title: "x" } })],
  ])("is bad when the answer is %s", async (_name, data) => {
    reply = () => data;
    expect(await next()).toMatchObject({ outcome: "bad", inTime: true });
    expect(fake.viewOf("track-1", "li")).toEqual(sampleParams());
    expect(fake.complaints().length).toBe(1);
  });

  it("cannot be made on what is not there, or opens an address", async () => {
    await expect(next({ label: "Export" })).rejects.toThrow('the card has: "Next →", "Refresh", "Help"');
    await expect(next({ label: "Help" })).rejects.toThrow("opens an address");
    await expect(next({ label: undefined, id: "c.never" })).rejects.toThrow("no button");
    await expect(next({ card: "never" })).rejects.toThrow("nothing is shown");
    expect((await next({ label: undefined, id: "c.refresh" })).outcome).toBe("nothing");
  });

  it("of an outsider brings no userId", async () => {
    fake.directory.add({ id: "guest", outsider: true });
    await next({ user: "guest" });
    expect(heard[0]).not.toHaveProperty("userId");
  });

  it("can be any callback, also of a card that is not there", async () => {
    reply = () => shows({ title: "x" });
    expect((await fake.callback({ outTrackId: "never", userId: "li", content: "{" })).outcome).toBe("card");
    expect((await fake.callback({})).outcome).toBe("card");
    expect(heard).toEqual([{ outTrackId: "never", userId: "li", content: "{" }, {}]);
    expect(fake.complaints()).toEqual([]);
  });
});

describe("a dtmd link in a message", () => {
  it("sends its text as who taps it", async () => {
    const text = "240\n\n[Next →](dtmd://dingtalkclient/sendMessage?content=%2Fruntimes%20page%3D2)";
    await callWithToken(fake, "POST /v1.0/robot/groupMessages/send", {
      robotCode: fake.robotCode,
      openConversationId: "cid1==",
      msgKey: "sampleMarkdown",
      msgParam: JSON.stringify({ title: "Agent runtimes", text }),
    });
    const shown = fake.within("cid1==").at(-1);
    const written: unknown[] = [];
    client.removeAllListeners();
    client.registerCallbackListener("/v1.0/im/bot/messages/get", (frame) => {
      written.push(JSON.parse(frame.data));
      acknowledge(frame, client);
    });
    fake.tap({ message: shown?.id ?? "", user: "li", label: "Next" });
    await fake.until(() => fake.underWay === 0);
    expect(written).toMatchObject([
      { senderStaffId: "li", conversationId: "cid1==", text: { content: " /runtimes page=2" } },
    ]);
    expect(() => fake.tap({ message: shown?.id ?? "", user: "li", label: "Export" })).toThrow('has: "Next →"');
  });
});
