import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Api, CreateCard } from "../../../adapters/dingtalk/api.ts";
import type { Asked as Arrived, Reply } from "../../platform/scripted-server.ts";
import { until } from "../until.ts";
import { type ApiRig, createApiRig, delivered, oldRefused, type RigOptions, refused } from "./api-rig.ts";

let rig: ApiRig;

beforeEach(async () => {
  rig = await createApiRig();
});

afterEach(() => rig.close());

async function rebuild(options: RigOptions): Promise<void> {
  await rig.close();
  rig = await createApiRig(options);
}

const card: CreateCard = {
  outTrackId: "card-1",
  params: { title: "Agent runtimes", markdown: "li.na" },
  to: { kind: "group", conversationId: "cid+/a==" },
  summary: "240 runtimes",
};
const single: CreateCard = { ...card, to: { kind: "single", staffId: "manager.4-2@x" } };
const sent: Reply = { json: { processQueryKey: "key" } };
const fine: Reply = { json: { success: true, result: true } };
const taken: Reply = { json: { errcode: 0, errmsg: "ok" } };

/** The first replies in turn, the last one ever after. */
function inTurn(...replies: readonly Reply[]): (asked: Arrived, index: number) => Reply {
  return (_, index) => replies[Math.min(index, replies.length - 1)] ?? sent;
}

const hook = () => `${rig.server.url}/robot/sendBySession?session=s3cret-session`;
const markdown = { title: "t", text: "li.na" };

type Name = "create" | "update" | "group" | "user" | "webhook" | "upload";

/** Every call, with the answer that it takes for a success. */
const every: Readonly<Record<Name, readonly [call: (api: Api) => Promise<unknown>, good: Reply]>> = {
  create: [(api) => api.createCard(card), delivered],
  update: [(api) => api.updateCard("card-1", { tips: "" }), fine],
  group: [(api) => api.sendGroup("cid1", "sampleMarkdown", markdown), sent],
  user: [(api) => api.sendUser("staff1", "sampleMarkdown", markdown), sent],
  webhook: [(api) => api.sendWebhook(hook(), { msgtype: "markdown", markdown }), taken],
  upload: [
    (api) => api.upload({ type: "image", name: "a.png", bytes: 3, content: Buffer.from("png") }),
    { json: { errcode: 0, media_id: "@media" } },
  ],
};
const withToken: readonly Name[] = ["create", "update", "group", "user", "upload"];
const repeatable: readonly Name[] = ["create", "update", "upload"];
const onceOnly: readonly Name[] = ["group", "user", "webhook"];

const make = (name: Name) => every[name][0](rig.api);

describe("a card", () => {
  it("is made and delivered in a group", async () => {
    expect(await rig.api.createCard(card)).toEqual({ ok: true, value: { outTrackId: "card-1" } });
    expect(rig.server.asked).toMatchObject([
      {
        method: "POST",
        path: "/v1.0/card/instances/createAndDeliver",
        query: {},
        headers: { "x-acs-dingtalk-access-token": "t-1", accept: "application/json" },
      },
    ]);
    expect(rig.server.asked[0]?.body).toEqual({
      outTrackId: "card-1",
      cardTemplateId: "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema",
      callbackType: "STREAM",
      userIdType: 1,
      cardData: { cardParamMap: card.params },
      openSpaceId: "dtv1.card//IM_GROUP.cid+/a==",
      imGroupOpenSpaceModel: {
        supportForward: false,
        lastMessageI18n: { ZH_CN: "240 runtimes", EN_US: "240 runtimes" },
        notification: { alertContent: "240 runtimes", notificationOff: false },
      },
      imGroupOpenDeliverModel: { robotCode: "dingapp" },
    });
  });

  it("goes to one person, with the robot and the template that the operator chose", async () => {
    await rebuild({ robotCode: "robot", cardTemplateId: "own.schema" });
    await rig.api.createCard(single);
    const [asked] = rig.server.asked;
    expect(asked?.body).toMatchObject({
      cardTemplateId: "own.schema",
      openSpaceId: "dtv1.card//IM_ROBOT.manager.4-2@x",
      imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: "robot" },
    });
    expect(asked?.body).not.toHaveProperty("imGroupOpenDeliverModel");
  });

  it("that is there already is taken for this one", async () => {
    rig.server.answer(() => refused(400, "param.cardAlreadyExist"));
    expect(await rig.api.createCard(card)).toEqual({ ok: true, value: { outTrackId: "card-1" } });
  });

  it.each([
    ["SYSTEM_ERROR", "refused"],
    ["system.busy", "refused"],
    ["conversation.org.notMatch", "gone"],
    ["staffId.notExisted", "user"],
    ["li.na is not in the group", "refused"],
    [undefined, "refused"],
  ])("that was made and not delivered is a failure, and is not made again (%s)", async (errorMsg, kind) => {
    const deliverResults = [{ success: true }, { success: false, errorMsg }];
    rig.server.answer(() => ({ json: { success: true, result: { outTrackId: "card-1", deliverResults } } }));
    const asked = await rig.api.createCard(card);
    expect(asked).toMatchObject({ ok: false, failure: { kind, maybeSent: false } });
    expect(rig.server.asked).toHaveLength(1);
  });

  it.each([
    ["SYSTEM_ERROR", "(SYSTEM_ERROR)."],
    ["the robot is\nnot in\u0007 the group", "(the robot is not in the group)."],
    ["see https://oapi.dingtalk.com/?access_token=s3cret now", "(see [address] now)."],
    [`${"long ".repeat(38)}https://oapi.dingtalk.com/?access_token=s3cret`, "[address])."],
    ["no room ".repeat(50), "no room no room…)."],
    ["token 0123456789abcdef of robot 12", "(token […] of robot 12)."],
    [`key=${"s".repeat(40)} access_token=s3cret-s3cret`, "([…] […])."],
    [" ", "did not deliver it."],
    [undefined, "did not deliver it."],
    [{ text: "x" }, "did not deliver it."],
  ])("that was not delivered says why in a short sentence, without addresses (%j)", async (errorMsg, end) => {
    rig.server.answer(() => ({ json: { success: true, result: { deliverResults: [{ success: false, errorMsg }] } } }));
    const asked = await rig.api.createCard(card);
    expect(asked.ok ? "" : asked.failure.sentence.slice(-end.length)).toBe(end);
    expect(JSON.stringify([asked, rig.log.lines])).not.toContain("s3cret");
  });

  it.each([
    [{ success: true }, true],
    [{ result: { outTrackId: "card-1", deliverResults: "none" } }, true],
    [{ success: "yes", result: {} }, true],
    [{ success: false }, false],
  ])("is there when the platform says so in fewer words (%j: %j)", async (json, ok) => {
    rig.server.answer(() => ({ json }));
    expect(await rig.api.createCard(card)).toMatchObject({ ok });
  });

  it("is changed by the variables that are named", async () => {
    rig.server.answer(() => fine);
    expect(await rig.api.updateCard("card-1", { tips: "" })).toEqual({ ok: true, value: undefined });
    expect(rig.server.asked).toMatchObject([{ method: "PUT", path: "/v1.0/card/instances" }]);
    expect(rig.server.asked[0]?.body).toEqual({
      outTrackId: "card-1",
      cardData: { cardParamMap: { tips: "" } },
      cardUpdateOptions: { updateCardDataByKey: true },
    });
  });

  it("that is not there cannot be changed", async () => {
    rig.server.answer(() => refused(400, "param.cardNotExist"));
    expect(await rig.api.updateCard("card-1", {})).toMatchObject({ ok: false, failure: { kind: "missing-card" } });
    rig.server.answer(() => ({ json: { success: false } }));
    expect(await rig.api.updateCard("card-1", {})).toMatchObject({ ok: false, failure: { kind: "refused" } });
  });
});

describe("a message", () => {
  beforeEach(() => rig.server.answer(() => sent));

  it("goes to a group", async () => {
    expect(await rig.api.sendGroup("cid1", "sampleMarkdown", markdown)).toEqual({ ok: true, value: undefined });
    expect(rig.server.asked).toMatchObject([{ method: "POST", path: "/v1.0/robot/groupMessages/send" }]);
    expect(rig.server.asked[0]?.body).toEqual({
      robotCode: "dingapp",
      openConversationId: "cid1",
      msgKey: "sampleMarkdown",
      msgParam: '{"title":"t","text":"li.na"}',
    });
  });

  it("goes to a person", async () => {
    expect(await rig.api.sendUser("staff1", "sampleText", { content: "é" })).toEqual({ ok: true, value: undefined });
    expect(rig.server.asked).toMatchObject([{ method: "POST", path: "/v1.0/robot/oToMessages/batchSend" }]);
    expect(rig.server.asked[0]?.body).toEqual({
      robotCode: "dingapp",
      userIds: ["staff1"],
      msgKey: "sampleText",
      msgParam: '{"content":"é"}',
    });
  });

  it.each([
    ["invalidStaffIdList", "user"],
    ["filteredStaffIdList", "refused"],
  ])("that did not reach its person in spite of a success is a failure (%s)", async (list, kind) => {
    rig.server.answer(() => ({ json: { processQueryKey: "key", [list]: ["staff1"] } }));
    const asked = await rig.api.sendUser("staff1", "sampleText", {});
    expect(asked).toMatchObject({ ok: false, failure: { kind, maybeSent: false } });
    expect(rig.server.asked).toHaveLength(1);
  });

  it("that was too much for its person waits", async () => {
    rig.server.answer(inTurn({ json: { processQueryKey: "key", flowControlledStaffIdList: ["staff1"] } }, sent));
    const sending = rig.api.sendUser("staff1", "sampleText", {});
    await rig.passBackoff(1_500);
    expect(await sending).toMatchObject({ ok: true });
  });

  it("is not said to be sent when the platform does not say so", async () => {
    rig.server.answer(() => ({ json: {} }));
    const asked = await rig.api.sendGroup("cid1", "sampleText", {});
    expect(asked).toMatchObject({ ok: false, failure: { kind: "unavailable", maybeSent: true } });
    expect(rig.server.asked).toHaveLength(1);
  });

  it("has at most 15,000 bytes", async () => {
    const ofBytes = (bytes: number) => ({ content: "é".repeat((bytes - 14) / 2) });
    expect(await rig.api.sendGroup("cid1", "sampleText", ofBytes(15_000))).toMatchObject({ ok: true });
    const longer = await rig.api.sendGroup("cid1", "sampleText", ofBytes(15_002));
    expect(longer).toMatchObject({ ok: false, failure: { kind: "too-long" } });
    expect(rig.server.asked).toHaveLength(1);
  });
});

describe("a message through a session webhook", () => {
  beforeEach(() => rig.server.answer(() => taken));

  it("needs no token, and is no call of the month's", async () => {
    expect(await rig.api.sendWebhook(hook(), { msgtype: "text" })).toEqual({ ok: true, value: undefined });
    expect(rig.server.asked).toMatchObject([
      { method: "POST", path: "/robot/sendBySession", query: { session: "s3cret-session" }, body: { msgtype: "text" } },
    ]);
    expect(rig.server.asked[0]?.headers).not.toHaveProperty("x-acs-dingtalk-access-token");
    expect(rig.server.tokens()).toBe(0);
    expect(rig.memory.tallies.all()).toEqual([]);
    expect(rig.counts.of("dingtalk_calls call=webhook outcome=ok")).toBe(1);
  });

  it("whose session is over says so, without its address", async () => {
    rig.server.answer(() => oldRefused(300_001));
    const asked = await rig.api.sendWebhook(hook(), { msgtype: "text" });
    expect(asked).toMatchObject({ ok: false, failure: { kind: "expired", code: "300001", maybeSent: false } });
    expect(JSON.stringify([asked, rig.log.lines])).not.toContain("s3cret");
    expect(rig.server.asked).toHaveLength(1);
  });

  it("is not renewed by a token", async () => {
    rig.server.answer(() => oldRefused(40_014));
    expect(await rig.api.sendWebhook(hook(), {})).toMatchObject({ ok: false, failure: { kind: "token" } });
    expect([rig.server.asked.length, rig.server.tokens()]).toEqual([1, 0]);
  });

  it("waits when it was too fast, and holds back no other", async () => {
    rig.server.answer(inTurn(oldRefused(90_018), taken));
    const sending = rig.api.sendWebhook(hook(), {});
    await until(() => rig.clock.sleeping() === 2);
    expect(await rig.api.sendWebhook(`${hook()}2`, {})).toMatchObject({ ok: true });
    await rig.clock.advance(1_500);
    expect(await sending).toMatchObject({ ok: true });
    expect(rig.server.asked).toHaveLength(3);
  });

  it.each(["", "no address", "/robot"])("needs an address (%j)", async (address) => {
    expect(await rig.api.sendWebhook(address, {})).toMatchObject({ ok: false, failure: { kind: "parameter" } });
  });

  it("has at most 20,000 bytes", async () => {
    const long = await rig.api.sendWebhook(hook(), { text: "x".repeat(20_000) });
    expect(long).toMatchObject({ ok: false, failure: { kind: "too-long" } });
    expect(rig.server.asked).toHaveLength(0);
  });
});

describe("an upload", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "deskhand-dingtalk-"));
    rig.server.answer(() => ({ json: { errcode: 0, errmsg: "ok", media_id: "@lAL-1", type: "file" } }));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("sends a file from disk as a form", async () => {
    const path = join(folder, "a");
    await writeFile(path, "inside é");
    const file = { type: "file", name: "运行时.xlsx", bytes: 9, content: { path } } as const;
    expect(await rig.api.upload(file)).toEqual({ ok: true, value: "@lAL-1" });
    expect(rig.server.asked).toMatchObject([
      { method: "POST", path: "/media/upload", query: { access_token: "t-1", type: "file" } },
    ]);
    const form = rig.server.asked[0]?.bytes.toString();
    expect(form).toContain('name="media"; filename="运行时.xlsx"');
    expect(form).toContain("\r\n\r\ninside é\r\n--");
  });

  it("sends a picture from memory", async () => {
    const picture = { type: "image", name: "chart.png", bytes: 3, content: Buffer.from("png") } as const;
    expect(await rig.api.upload(picture)).toEqual({ ok: true, value: "@lAL-1" });
    expect(rig.server.asked).toMatchObject([{ query: { type: "image" } }]);
    expect(rig.server.asked[0]?.bytes.toString()).toContain("content-type: image/png\r\n\r\npng\r\n");
  });

  it("refuses what cannot be: nothing, too much, or a file that has changed", async () => {
    const path = join(folder, "b");
    await writeFile(path, "12345");
    const about = { type: "file", name: "b.zip", content: { path } } as const;
    expect(await rig.api.upload({ ...about, bytes: 0 })).toMatchObject({ failure: { kind: "parameter" } });
    expect(await rig.api.upload({ ...about, bytes: 20_971_521 })).toMatchObject({ failure: { kind: "too-long" } });
    expect(await rig.api.upload({ ...about, bytes: 4 })).toMatchObject({ failure: { kind: "parameter" } });
    const gone = { ...about, bytes: 5, content: { path: join(folder, "none") } };
    expect(await rig.api.upload(gone)).toMatchObject({ failure: { kind: "parameter" } });
    const short = { ...about, bytes: 5, content: Buffer.from("1234") };
    expect(await rig.api.upload(short)).toMatchObject({ failure: { kind: "parameter" } });
    expect(rig.server.asked).toHaveLength(0);
  });

  it("renews a stale token, which the older API tells with HTTP 200", async () => {
    const good: Reply = { json: { errcode: 0, media_id: "@m" } };
    rig.server.answer(({ query }) => (query.access_token === "t-1" ? oldRefused(40_014) : good));
    expect(await make("upload")).toEqual({ ok: true, value: "@m" });
    expect(rig.server.tokens()).toBe(2);
  });

  it("that gives no id is made again", async () => {
    rig.server.answer(inTurn({ json: { errcode: 0 } }, { json: { errcode: 0, media_id: "@m" } }));
    const uploading = make("upload");
    await rig.passBackoff(400);
    expect(await uploading).toEqual({ ok: true, value: "@m" });
  });
});

describe("ids", () => {
  it.each(["cid+/a==", "abc", "room:1@org_2", "x".repeat(200)])("of a chat may look otherwise (%j)", async (id) => {
    const to = { kind: "group", conversationId: id } as const;
    expect(await rig.api.createCard({ ...card, to })).toMatchObject({ ok: true });
    expect(rig.server.asked[0]?.body).toMatchObject({ openSpaceId: `dtv1.card//IM_GROUP.${id}` });
    rig.server.answer(() => sent);
    expect(await rig.api.sendGroup(id, "sampleText", {})).toMatchObject({ ok: true });
    expect(rig.log.lines).toEqual([]);
  });

  it.each(["", "cid.x", "cid1;im_robot.x", "cid 1", "x".repeat(201), "cidé"])(
    "of no chat of DingTalk are not asked about (%j)",
    async (id) => {
      const to = { kind: "group", conversationId: id } as const;
      expect(await rig.api.createCard({ ...card, to })).toMatchObject({ failure: { kind: "parameter" } });
      expect(await rig.api.sendGroup(id, "sampleText", {})).toMatchObject({ failure: { kind: "parameter" } });
      expect(rig.server.asked).toHaveLength(0);
    },
  );

  it.each(["", "a;im_group.cid1", "a b", "$:LWCP_v1:$abc", "x".repeat(101)])(
    "of nobody in the organisation are not asked about (%j)",
    async (id) => {
      const to = { kind: "single", staffId: id } as const;
      expect(await rig.api.createCard({ ...card, to })).toMatchObject({ failure: { kind: "user" } });
      expect(await rig.api.sendUser(id, "sampleText", {})).toMatchObject({ failure: { kind: "user" } });
      expect(rig.server.asked).toHaveLength(0);
    },
  );

  it("that cannot be used are told in the log, once for all of them", async () => {
    for (const id of ["cid.x", "cid.y"]) await rig.api.sendGroup(id, "sampleText", {});
    for (const id of ["a b", "c d"]) await rig.api.sendUser(id, "sampleText", {});
    await rig.api.createCard({ ...card, to: { kind: "group", conversationId: "cid.z" } });
    expect(rig.log.lines).toHaveLength(2);
    expect(rig.log.lines[0]).toMatch(/"chat":"cid\.x".*a chat of this id/);
    expect(rig.log.lines[1]).toMatch(/"person":"a b".*a person of this id/);
    expect(rig.counts.of("dingtalk_refused reason=chatId")).toBe(3);
  });

  it.each(["", "a b", "text:key", "x".repeat(101)])("of no card are not asked about (%j)", async (id) => {
    expect(await rig.api.createCard({ ...card, outTrackId: id })).toMatchObject({ failure: { kind: "parameter" } });
    expect(await rig.api.updateCard(id, {})).toMatchObject({ failure: { kind: "missing-card" } });
    expect(rig.server.asked).toHaveLength(0);
  });
});

describe("the token", () => {
  it.each(withToken)("is renewed once where it is stale (%s)", async (name) => {
    const good = every[name][1];
    const isStale = ({ headers, query }: Arrived) =>
      headers["x-acs-dingtalk-access-token"] === "t-1" || query.access_token === "t-1";
    rig.server.answer((asked) => (isStale(asked) ? refused(400, "InvalidAuthentication") : good));
    expect(await make(name)).toMatchObject({ ok: true });
    expect([rig.server.asked.length, rig.server.tokens()]).toEqual([2, 2]);
  });

  it("is renewed once for many", async () => {
    rig.server.answer(({ headers }) =>
      headers["x-acs-dingtalk-access-token"] === "t-1" ? refused(400, "InvalidAuthentication") : delivered,
    );
    const cards = Array.from({ length: 20 }, (_, index) =>
      rig.api.createCard({ ...card, outTrackId: `card-${index}` }),
    );
    for (const asked of await Promise.all(cards)) expect(asked).toMatchObject({ ok: true });
    expect(rig.server.tokens()).toBe(2);
  });

  it("is not renewed for ever", async () => {
    rig.server.answer(() => refused(400, "InvalidAuthentication"));
    expect(await make("group")).toMatchObject({ ok: false, failure: { kind: "token" } });
    expect(rig.server.asked).toHaveLength(2);
  });

  it.each(withToken)("that cannot be had leaves the call unmade, and surely so (%s)", async (name) => {
    rig.server.grant(() => refused(401, "AuthenticationFailed.InvalidClient"));
    expect(await make(name)).toMatchObject({ ok: false, failure: { kind: "credentials", maybeSent: false } });
    expect(rig.server.asked).toHaveLength(0);
  });

  it("that was lost on its way is no lost message", async () => {
    rig.server.grant((nth) => (nth === 1 ? "cut" : { json: { accessToken: "t-2", expireIn: 7_200 } }));
    rig.server.answer(() => sent);
    const sending = make("group");
    // For half a second the token is not asked for again.
    await rig.passBackoff(400);
    await rig.passBackoff(800);
    expect(await sending).toEqual({ ok: true, value: undefined });
  });
});

describe("what passes", () => {
  it.each(withToken)("is waited for by %s", async (name) => {
    const good = every[name][1];
    rig.server.answer(inTurn(refused(500, "system.busy"), refused(500, "system.busy"), good));
    const making = make(name);
    await rig.passBackoff(400);
    await rig.passBackoff(800);
    expect(await making).toMatchObject({ ok: true });
    expect(rig.server.asked).toHaveLength(3);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("is a busy older API as well", async () => {
    rig.server.answer(inTurn(oldRefused(-1), taken));
    const sending = make("webhook");
    await rig.passBackoff(400);
    expect(await sending).toMatchObject({ ok: true });
  });

  it("is a limit of the app, which all calls of its API wait for", async () => {
    rig.server.answer(inTurn(refused(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), delivered));
    const first = rig.api.createCard(card);
    await until(() => rig.clock.sleeping() === 2);
    const second = rig.api.createCard(single);
    await rig.clock.advance(1_000);
    expect(rig.server.asked).toHaveLength(1);
    await rig.clock.advance(500);
    expect([(await first).ok, (await second).ok]).toEqual([true, true]);
  });

  it("has six tries", async () => {
    rig.server.answer(() => refused(500, "system.busy"));
    const making = make("create");
    for (const backoff of [400, 800, 1_600, 3_200, 4_000]) await rig.passBackoff(backoff);
    expect(await making).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    expect(rig.server.asked).toHaveLength(6);
  });

  it("has 18 seconds, an answer that never comes included", async () => {
    rig.server.answer(() => "hang");
    const making = make("create");
    await until(() => rig.server.asked.length === 1);
    await rig.clock.advance(18_000);
    expect(await making).toMatchObject({ ok: false, failure: { kind: "unavailable", maybeSent: true } });
  });

  it.each([
    ["param.templateNotExist", 400],
    ["Forbidden.AccessDenied.AccessTokenPermissionDenied", 403],
    ["conversation.org.notMatch", 400],
    ["somethingNew", 400],
  ])("is not what another second will not mend (%s)", async (code, status) => {
    rig.server.answer(() => refused(status, code));
    expect(await make("create")).toMatchObject({ ok: false, failure: { code, maybeSent: false } });
    expect(rig.server.asked).toHaveLength(1);
  });
});

describe("a call whose answer is lost", () => {
  const losses: readonly Reply[] = ["cut", { status: 502, text: "<html>" }, { text: "<html>" }];

  it.each(repeatable.flatMap((name) => losses.map((loss) => [name, loss] as const)))(
    "is made again where it may arrive twice (%s, %j)",
    async (name, loss) => {
      rig.server.answer(inTurn(loss, every[name][1]));
      const making = make(name);
      // The first cut meets the connection that brought the token, and is made up for at once.
      if (loss !== "cut") await rig.passBackoff(400);
      expect(await making).toMatchObject({ ok: true });
      expect(rig.server.asked).toHaveLength(2);
    },
  );

  it.each(onceOnly.flatMap((name) => losses.map((loss) => [name, loss] as const)))(
    "is not made again where it may not (%s, %j)",
    async (name, loss) => {
      rig.server.answer(inTurn(loss, every[name][1]));
      expect(await make(name)).toMatchObject({ ok: false, failure: { kind: "unavailable", maybeSent: true } });
      expect(rig.server.asked).toHaveLength(1);
    },
  );

  it.each(onceOnly.flatMap((name) => [[name, 503] as const, [name, 429] as const]))(
    "is made again where the answer says that it was not taken (%s, HTTP %i)",
    async (name, status) => {
      rig.server.answer(inTurn({ status, text: "<html>" }, every[name][1]));
      const making = make(name);
      await rig.passBackoff(1_500);
      expect(await making).toMatchObject({ ok: true });
      expect(rig.server.asked).toHaveLength(2);
    },
  );

  it.each(onceOnly)("takes a connection of its own where it may not arrive twice (%s)", async (name) => {
    rig.server.answer(() => every[name][1]);
    await make(name);
    const before = rig.server.connections();
    await make(name);
    expect(rig.server.connections()).toBe(before + 1);
  });

  it("may have been taken also when a later try was refused", async () => {
    rig.server.answer(inTurn({ status: 502 }, refused(400, "param.contentUnsafe")));
    const making = make("create");
    await rig.passBackoff(400);
    expect(await making).toMatchObject({ ok: false, failure: { kind: "refused", maybeSent: true } });
  });
});

describe("a platform that cannot be reached", () => {
  it.each(onceOnly)("is tried again, as nothing was sent, and counts no call (%s)", async (name) => {
    rig.server.answer(() => every[name][1]);
    await rig.tokens.get();
    const { url } = rig.server;
    await rig.server.close();
    const address = url.replace(/\d+$/, "1");
    const sending = name === "webhook" ? rig.api.sendWebhook(address, {}) : make(name);
    for (const backoff of [400, 800, 1_600, 3_200, 4_000]) await rig.passBackoff(backoff);
    expect(await sending).toMatchObject({ ok: false, failure: { kind: "unavailable", maybeSent: false } });
    expect(rig.memory.tallies.all()).toEqual([]);
  });
});

describe("every call", () => {
  it.each(withToken)("counts against the month, each try of it (%s)", async (name) => {
    rig.server.answer(inTurn(refused(500, "system.busy"), every[name][1]));
    const making = make(name);
    await rig.passBackoff(400);
    await making;
    expect(rig.memory.tallies.all()).toEqual([{ name: "dingtalk_calls dingapp", period: "2026-06", amount: 2 }]);
    expect(rig.counts.of(`dingtalk_calls call=${name} outcome=unavailable`)).toBe(1);
    expect(rig.counts.of(`dingtalk_calls call=${name} outcome=ok`)).toBe(1);
  });

  it("that finds the month's calls spent says so, until one succeeds", async () => {
    rig.server.answer(inTurn(refused(403, "Forbidden.AccessDenied.ApiCountLimitForOrg"), taken, delivered));
    expect(await make("create")).toMatchObject({ ok: false, failure: { kind: "quota", maybeSent: false } });
    expect(rig.calls.sparing()).toBe(true);
    await make("webhook");
    expect(rig.calls.sparing()).toBe(true);
    await make("create");
    expect(rig.calls.sparing()).toBe(false);
  });

  it("keeps cards, tokens and addresses out of the log and of failures", async () => {
    const told: unknown[] = [];
    const codes = ["param.contentUnsafe", "param.invalid", "param.cardNotExist", "li.na was here"];
    for (const code of codes) {
      rig.server.answer(() => refused(400, code));
      for (const name of Object.keys(every)) told.push(await make(name as Name));
    }
    expect(JSON.stringify([told, rig.log.lines])).not.toMatch(/s3cret|t-1|li\.na|Agent runtimes|texts of the platform/);
    expect(rig.log.lines.join()).toContain("DingTalk did not take a call.");
  });

  it("ends when all is stopped, and nothing begins after that", async () => {
    rig.server.answer(() => refused(500, "system.busy"));
    const waiting = make("create");
    await until(() => rig.clock.sleeping() === 2);
    rig.api.stop();
    expect(await waiting).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    expect(await make("create")).toMatchObject({ ok: false, failure: { kind: "unavailable", maybeSent: false } });
    expect(rig.server.asked).toHaveLength(1);
    expect(rig.clock.sleeping()).toBe(0);
  });
});
