import { afterEach, describe, expect, it } from "vitest";
import { dingtalkChecks } from "../../../adapters/dingtalk/index.ts";
import { systemClock } from "../../../src/app.ts";
import type { Found } from "../../../src/doctor/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createFakeDingTalk, type FakeDingTalk, type FakeDingTalkOptions } from "../../platforms/dingtalk/index.ts";
import { until } from "../until.ts";

type Options = Partial<Parameters<typeof dingtalkChecks>[0]>;

let fake: FakeDingTalk;

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  fake = createFakeDingTalk(options);
  await fake.start();
}

afterEach(() => fake.stop());

const counts =
  (calls: number, pushes = 0) =>
  async (name: string) =>
    name.startsWith("dingtalk_calls ") ? calls : pushes;

function checks(options: Options = {}) {
  return dingtalkChecks({
    ...{ clientId: fake.clientId, clientSecret: () => fake.clientSecret, robotCode: "", cardTemplateId: "" },
    ...{ apiBase: fake.url, oapiBase: fake.url, monthlyCalls: 5_000, counted: counts(0), locale: "en" },
    ...{ clock: systemClock, random: Math.random },
    ...options,
  });
}

/** What one check finds, looked at alone. */
async function found(name: string, options: Options = {}): Promise<Found> {
  const check = checks(options).find((one) => one.name === name);
  if (check === undefined) throw new Error(`there is no check ${name}`);
  const finding = await check.look(new AbortController().signal);
  expect(JSON.stringify(finding)).not.toContain("secret-of-the-stand-in");
  return finding;
}

const failed = (says: string | RegExp, todo: string | RegExp) => ({
  state: "failed",
  says: expect.stringMatching(says),
  todo: expect.stringMatching(todo),
});

describe("an app in order", () => {
  it("is well in every check, and nothing is sent or left open", async () => {
    await begin();
    for (const check of checks()) {
      expect(await check.look(new AbortController().signal), check.name).toMatchObject({ state: "ok" });
    }
    await fake.until(() => fake.connections.length === 0);
    expect(fake.sent).toEqual([]);
    expect(fake.spent.calls).toBe(2);
  });
});

describe("the token", () => {
  it("is refused for a wrong secret", async () => {
    await begin();
    expect(await found("token", { clientSecret: () => "another" })).toEqual(
      failed(
        /^DingTalk refuses the client id or the client secret \(code invalidClientIdOrSecret/,
        "^Compare channels.dingtalk.clientId",
      ),
    );
  });

  it.each([
    ["a page of a proxy", { kind: "html", status: 403 }, "Something else than DingTalk answered", "proxy"],
    ["a page of a proxy with status 200", { kind: "html", status: 200 }, "not one of DingTalk's", "reaches DingTalk"],
    ["a reset connection", { kind: "reset" }, "ECONNRESET", "reaches DingTalk"],
  ] as const)("is not there with %s", async (_, fault, says, todo) => {
    await begin();
    fake.faults.api(fault);
    expect(await found("token")).toEqual(failed(says, todo));
  });

  it("is given up after its time when there is no answer", async () => {
    await begin();
    fake.faults.api({ kind: "hang" });
    const clock = createManualClock();
    const looking = found("token", { clock });
    await until(() => fake.requests.length === 1);
    await clock.advance(6_000);
    expect(await looking).toEqual(failed("no answer within 6000 ms", "reaches DingTalk"));
    expect(clock.sleeping()).toBe(0);
  });
});

describe("the stream", () => {
  it.each([
    ["does not know the app", { kind: "refuse", code: "AuthenticationFailed.InvalidClient" }, "refuses the client id"],
    ["does not let it in", { kind: "answer", status: 403, body: { code: "forbidden" } }, "does not let this app"],
  ] as const)("whose gateway %s says what to do", async (_, fault, says) => {
    await begin();
    fake.faults.api(fault, { api: "gateway" });
    expect(await found("stream")).toEqual(failed(says, "developer console"));
  });

  it("whose gateway fails is told as the log tells it", async () => {
    await begin();
    fake.faults.api({ kind: "html", status: 502 }, { api: "gateway" });
    expect(await found("stream")).toEqual(
      failed("^Could not connect to DingTalk: the platform answered with HTTP 502", "WebSockets"),
    );
  });

  it("whose socket is refused has failed", async () => {
    await begin();
    fake.faults.sockets = "refuse";
    expect(await found("stream")).toEqual(failed("the platform's socket", "WebSockets"));
  });

  it("leaves a message that comes meanwhile to be delivered again", async () => {
    await begin();
    const looking = found("stream");
    await fake.until(() => fake.connections.length === 1);
    fake.write({ chat: "cid1==", group: true, user: "u1", text: "/runtimes" });
    await looking;
    await fake.until(() => fake.connections.length === 0);
    expect(fake.acknowledgements).toMatchObject([{ code: undefined, reason: "the socket closed" }]);
    expect(fake.underWay).toBe(1);
  });

  it("is given up, with all that is open, at the deadline", async () => {
    await begin();
    fake.faults.sockets = "hang";
    const deadline = new AbortController();
    const [check] = checks().filter(({ name }) => name === "stream");
    const looking = check?.look(deadline.signal);
    await fake.until(() => fake.hanging === 1);
    deadline.abort();
    expect(await looking).toMatchObject({ state: "failed" });
    await fake.until(() => fake.hanging === 0);
  });
});

describe("the permissions", () => {
  it.each([
    ["robot", "qyapi_robot_sendmsg"],
    ["cards", "Card.Instance.Write"],
  ])("for the %s are named where they are missing", async (name, scope) => {
    await begin({ scopes: [] });
    expect(await found(name)).toEqual(failed(`The permission ${scope} is missing`, "Add it to the app"));
    expect(fake.sent).toEqual([]);
  });

  it("are of no use to a robot that is not there", async () => {
    await begin();
    expect(await found("robot", { robotCode: "another" })).toEqual(
      failed("no robot of this code in use", "Check channels.dingtalk.robotCode"),
    );
  });

  it.each([
    ["quota used up", "Forbidden.AccessDenied.ApiCountLimitForOrg", "in a month are spent", "next month"],
    ["too many calls", "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "Too many calls", "in a minute"],
    ["busy platform", "system.busy", "DingTalk failed", "ask again"],
  ] as const)("are not known with the %s, which is told after one call", async (_, code, says, todo) => {
    await begin();
    fake.faults.api({ kind: "refuse", code }, { api: "update", count: 9 });
    expect(await found("cards")).toEqual(failed(says, todo));
    expect(fake.requests.filter(({ api }) => api === "update")).toHaveLength(1);
  });

  it("are not known where the answer is an unknown one", async () => {
    await begin();
    fake.faults.api({ kind: "answer", status: 400, body: { code: "something.new" } }, { api: "group" });
    expect(await found("robot")).toMatchObject({ state: "note", todo: expect.stringContaining("--chat") });
  });

  it("have failed where there is no such call", async () => {
    await begin();
    fake.faults.api({ kind: "refuse", code: "InvalidAction.NotFound" }, { api: "group" });
    expect(await found("robot")).toEqual(failed("does not understand the call", "apiBase"));
  });
});

describe("the template", () => {
  it("has to be an id of the card platform", async () => {
    await begin();
    expect(await found("template", { cardTemplateId: "my card" })).toEqual(failed("not the id", "ends in .schema"));
  });

  it("of the operator's own shows only with a card whether it is published", async () => {
    await begin();
    expect(await found("template", { cardTemplateId: "a-1.schema" })).toMatchObject({
      state: "note",
      todo: expect.stringContaining("--chat"),
    });
  });
});

describe("the month's calls", () => {
  it("are those that the store has counted", async () => {
    await begin();
    const clock = createManualClock(Date.UTC(2026, 10, 30, 18));
    expect(await found("calls", { counted: counts(1_203, 210), clock })).toEqual({
      state: "ok",
      says: "In 2026-12 the bot has made 1,203 of 5,000 API calls, and got 210 pushes.",
    });
    expect(fake.requests).toEqual([]);
  });

  it("above four fifths are worth a note", async () => {
    await begin();
    expect(await found("calls", { counted: counts(4_000) })).toMatchObject({ state: "ok" });
    expect(await found("calls", { counted: counts(4_001) })).toMatchObject({
      state: "note",
      says: expect.stringContaining("Four fifths of the month's calls to DingTalk are made"),
    });
    expect(await found("calls", { counted: counts(4_001), monthlyCalls: 0 })).toMatchObject({ state: "ok" });
  });

  it.each([
    ["it is in memory", undefined],
    ["the store fails", () => Promise.reject(new Error("disk"))],
  ])("are not known where %s", async (_, counted) => {
    await begin();
    expect(await found("calls", { counted })).toMatchObject({ state: "note", says: expect.stringContaining("store") });
  });
});

describe("a card to a chat", () => {
  const name = "a card to a chat";
  const chat = "cid1==";

  async function beginChat(options: FakeDingTalkOptions = {}): Promise<void> {
    await begin(options);
    fake.directory.group(chat);
  }

  it("is not among the checks without a chat", async () => {
    await begin();
    expect(checks().map((check) => check.name)).not.toContain(name);
  });

  it("is delivered, changed, and left with the word that doctor was here", async () => {
    await beginChat();
    expect(await found(name, { chat })).toEqual({
      state: "ok",
      says: "A card was delivered to cid1== and changed, as DingTalk says. That took 2 of the month's API calls.",
    });
    expect(fake.sent).toHaveLength(1);
    expect(JSON.stringify(fake.sent[0]?.content)).toContain("Doctor was here");
    expect(fake.complaints()).toEqual([]);
  });

  it("can be for one person", async () => {
    await begin();
    fake.directory.add({ id: "u1" });
    expect(await found(name, { chat: "u1" })).toMatchObject({ state: "ok" });
  });

  it("goes as a plain message where the permission for cards is missing, which is told", async () => {
    await beginChat({ scopes: ["qyapi_robot_sendmsg"] });
    const says =
      /^No card could be delivered to cid1==\. The permission Card\.Instance\.Write is missing .*answers go as plain messages\. One was sent\.$/;
    expect(await found(name, { chat })).toEqual(failed(says, "Add it to the app"));
    expect(fake.sent.map(({ via }) => via)).toEqual(["robot"]);
  });

  it("of a template that there is not goes as a plain message as well", async () => {
    await beginChat();
    const finding = await found(name, { chat, cardTemplateId: "a-1.schema" });
    expect(finding).toEqual(failed("no card template of this id", "Check channels.dingtalk.cardTemplateId"));
    fake.templates.set("a-1.schema", "unpublished");
    expect(await found(name, { chat, cardTemplateId: "a-1.schema" })).toEqual(failed("is not published", "Publish it"));
  });

  it("is not made up for where the robot is not in the group", async () => {
    await beginChat();
    fake.directory.robot(chat, false);
    fake.faults.failDelivery(1, "conversation.org.notMatch");
    expect(await found(name, { chat })).toEqual(failed("did not deliver it", "Add the robot|look the code up"));
    expect(fake.requests.filter(({ api }) => api === "group")).toEqual([]);
  });

  it("that nobody delivers nor sends says both", async () => {
    await beginChat({ scopes: [] });
    expect(await found(name, { chat })).toEqual(failed(/None could be sent\. The permission qyapi_robot_sendmsg/, /./));
  });

  it("that cannot be changed says that it is there", async () => {
    await beginChat();
    fake.faults.api({ kind: "refuse", code: "system.busy" }, { api: "update" });
    expect(await found(name, { chat })).toEqual(failed("was delivered to cid1==, and could not be changed", /./));
  });
});
