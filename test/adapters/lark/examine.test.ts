import { afterEach, describe, expect, it } from "vitest";
import { createLark, larkChecks } from "../../../adapters/lark/index.ts";
import { systemClock } from "../../../src/app.ts";
import { doctorCard } from "../../../src/cards/index.ts";
import type { Found } from "../../../src/doctor/index.ts";
import { noMeter } from "../../../src/telemetry/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createFakeLark, type FakeLark, type FakeLarkOptions } from "../../platforms/lark/index.ts";
import { until } from "../until.ts";
import { createMemoryLog } from "./quiet.ts";

type Options = Partial<Parameters<typeof larkChecks>[0]>;

let fake: FakeLark;

async function begin(options: FakeLarkOptions = {}): Promise<void> {
  fake = createFakeLark(options);
  await fake.start();
}

afterEach(() => fake.stop());

const secret = "secret-of-the-stand-in";

function checks(options: Options = {}) {
  return larkChecks({
    ...{ appId: fake.appId, appSecret: () => fake.appSecret, domain: fake.url, events: "websocket", locale: "en" },
    ...{ encryptKey: () => "", verificationToken: () => "", clock: systemClock, random: Math.random },
    ...options,
  });
}

/** What one check finds, looked at alone. */
async function found(name: string, options: Options = {}): Promise<Found> {
  const check = checks(options).find((one) => one.name === name);
  if (check === undefined) throw new Error(`there is no check ${name}`);
  const finding = await check.look(new AbortController().signal);
  expect(JSON.stringify(finding)).not.toContain(secret);
  expect(JSON.stringify(finding)).not.toMatch(/\bt-\w{8}/);
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
    expect(fake.complaints()).toEqual([]);
  });

  it("is told by the name of its bot", async () => {
    await begin();
    expect(await found("bot")).toEqual({ state: "ok", says: 'The bot is "Deskhand", and its app is in use.' });
  });
});

describe("the token", () => {
  it("is refused for a wrong secret", async () => {
    await begin();
    expect(await found("token", { appSecret: () => "another" })).toEqual(
      failed(
        /^Lark refuses the app id or the app secret \(code 10014\)\.$/,
        /^Compare channels\.lark\.appId and appSecret/,
      ),
    );
  });

  it("is refused in the words of the log of a running bot", async () => {
    await begin();
    const log = createMemoryLog();
    const lark = createLark({
      ...{ appId: fake.appId, appSecret: () => "another", domain: fake.url, events: "webhook", locale: "en" },
      ...{ encryptKey: () => "k", verificationToken: () => "", clock: systemClock, random: Math.random },
      ...{ log, meter: noMeter },
    });
    await lark.send("oc_1", doctorCard({ stage: "sent", locale: "en", mark: "1", pressable: false }), { key: "1" });
    await lark.stop();
    const finding = await found("token", { appSecret: () => "another" });
    const [what = "", todo = ""] = [finding.says.replace(/ \(.*$/, ""), "todo" in finding ? finding.todo : ""];
    expect(log.lines).toEqual([expect.stringContaining(`"${what}. ${todo}"`)]);
  });

  it("is not asked for with what is no id of an app", async () => {
    await begin();
    const finding = await found("token", { appId: "dingabc" });
    expect(finding).toEqual(failed("channels.lark.appId is not the id of an app", "cli_ and 16"));
    expect(fake.requests).toEqual([]);
  });

  it.each([
    ["a page of a proxy", { kind: "answer", status: 403, body: "<html>", headers: { "content-type": "text/html" } }],
    ["a page of a proxy with status 200", { kind: "answer", status: 200, body: "<html>sign in</html>" }],
    ["a reset connection", { kind: "reset" }],
  ] as const)("is not there with %s, and what to do is said", async (_, fault) => {
    await begin();
    fake.faults.api(fault);
    expect(await found("token")).toEqual(failed(/./, /proxy|this machine reaches/));
  });

  it("names a proxy that answers in the place of Lark", async () => {
    await begin();
    fake.faults.api({ kind: "answer", status: 403, body: "<html>" });
    expect(await found("token")).toEqual(failed("Something else than the platform answered", "Look for a proxy"));
  });

  it("is given up after its time when there is no answer", async () => {
    await begin();
    fake.faults.api({ kind: "hang" });
    const clock = createManualClock();
    const looking = found("token", { clock });
    await until(() => fake.requests.length === 1);
    await clock.advance(6_000);
    expect(await looking).toEqual(failed("no answer within 6000 ms", "this machine reaches"));
    expect(clock.sleeping()).toBe(0);
  });
});

describe("the bot", () => {
  it("is missed where its capability is off", async () => {
    await begin();
    fake.setBotActive(false);
    expect(await found("bot")).toEqual(failed("The bot of the app is switched off", "Add the bot capability"));
  });

  it.each([
    [0, "not installed", "Publish a version"],
    [1, "disabled", "administrator"],
    [3, "waits to be enabled", "administrator"],
    [5, "licence", "administrator"],
    [6, "plan", "administrator"],
  ])("is out of use with the status %i", async (activateStatus, says, todo) => {
    await begin({ activateStatus });
    expect(await found("bot")).toEqual(failed(says, todo));
  });

  it("works while a newer version waits, which is worth a note", async () => {
    await begin({ activateStatus: 4 });
    expect(await found("bot")).toMatchObject({ state: "note", says: expect.stringContaining("newer version") });
  });
});

describe("the permissions", () => {
  const some = ["im:message.p2p_msg:readonly", "im:message:send_as_bot"];

  it("that are missing are named, with what cannot be done", async () => {
    await begin({ scopes: some });
    expect(await found("permissions")).toEqual(
      failed(
        /^Permissions are missing: im:message\.group_at_msg:readonly \(to hear mentions in groups\), im:resource \(to send files\)\.$/,
        "Add them to the app",
      ),
    );
  });

  it("that only wait for an administrator are not to be added again", async () => {
    await begin({ scopes: [...some, "im:resource"], waitingScopes: ["im:message.group_at_msg:readonly"] });
    expect(await found("permissions")).toEqual(failed("A permission is missing", "approved by an administrator"));
  });

  it("to send files are worth a note only", async () => {
    await begin({ scopes: [...some, "im:message.group_at_msg:readonly"] });
    expect(await found("permissions")).toMatchObject({ state: "note", says: expect.stringContaining("im:resource") });
  });

  it("are those of an app that has to be installed first", async () => {
    await begin({ activateStatus: 0 });
    expect(await found("permissions")).toEqual(failed("not installed", "Publish"));
  });

  it("are not known where the platform does not know the question", async () => {
    await begin();
    fake.faults.api({ kind: "answer", status: 404, body: "404 page not found" }, { path: /scopes$/ });
    expect(await found("permissions")).toMatchObject({ state: "note" });
  });
});

describe("the long connection", () => {
  it.each([
    [514, "refuses the app id or the app secret", "developer console"],
    [403, "does not let this app connect", "choose the long connection"],
    [1000040350, "50 are open", "End other processes"],
    [777, /reason that is not known here \(code 777\)/, "Look its code up"],
  ])("that is refused with %i says what to do", async (code, says, todo) => {
    await begin();
    fake.faults.refuseEndpoint(code, "no");
    expect(await found("long connection")).toEqual(failed(says, todo));
  });

  it("that a proxy does not let through is told", async () => {
    await begin();
    fake.faults.api({ kind: "answer", status: 200, body: "<html>" }, { path: /endpoint$/ });
    expect(await found("long connection")).toEqual(failed("^Could not connect to Lark: ", "WebSockets"));
  });

  it("leaves an event that comes meanwhile to be delivered again", async () => {
    await begin({ redelivery: [60_000] });
    const looking = found("long connection");
    await fake.until(() => fake.connections.length === 1);
    fake.write({ chat: "oc_1", user: "ou_1", text: "/runtimes", mentions: ["bot"] });
    await looking;
    await fake.until(() => fake.connections.length === 0);
    expect(fake.underWay).toBe(1);
    expect(fake.sent).toEqual([]);
  });

  it("is given up, with all that is open, at the deadline", async () => {
    await begin();
    fake.faults.api({ kind: "hang" }, { path: /endpoint$/ });
    const deadline = new AbortController();
    const [check] = checks().filter(({ name }) => name === "long connection");
    const looking = check?.look(deadline.signal);
    await fake.until(() => fake.requests.length === 1);
    deadline.abort();
    expect(await looking).toMatchObject({ state: "failed" });
    expect(fake.connections).toEqual([]);
  });
});

describe("the webhook", () => {
  const webhook = { events: "webhook", encryptKey: () => "k", verificationToken: () => "v" } as const;

  it("is worth a note, as only Lark can try it", async () => {
    await begin();
    expect(await found("webhook", webhook)).toMatchObject({ state: "note", says: expect.stringContaining("signed") });
    expect(fake.requests).toEqual([]);
  });

  it("without an encrypt key is worth another", async () => {
    await begin();
    const finding = await found("webhook", { ...webhook, encryptKey: () => "" });
    expect(finding).toMatchObject({ state: "note", says: expect.stringContaining("unencrypted") });
  });

  it("that nothing protects has failed", async () => {
    await begin();
    const open = { ...webhook, encryptKey: () => "", verificationToken: () => "" };
    expect(await found("webhook", open)).toEqual(failed("are empty", "Write both"));
  });
});

describe("a card to a chat", () => {
  const name = "a card to a chat";
  const chat = "oc_1";
  const reading = ["im:message", "im:message.group_msg"];

  it("is not among the checks without a chat", async () => {
    await begin();
    expect(checks().map((check) => check.name)).not.toContain(name);
  });

  it("is sent, changed, read back and left with the word that doctor was here", async () => {
    await begin({ scopes: reading });
    fake.chats.ensure(chat);
    expect(await found(name, { chat })).toMatchObject({
      state: "ok",
      says: expect.stringContaining("read back and as"),
    });
    expect(fake.sent).toHaveLength(1);
    expect(fake.sent[0]?.versions).toHaveLength(3);
    expect(fake.sent[0]?.content).toContain("Doctor was here");
    expect(fake.complaints()).toEqual([]);
  });

  it("is well also where the app may not read messages", async () => {
    await begin({ scopes: ["im:message:send_as_bot"] });
    fake.chats.ensure(chat);
    expect(await found(name, { chat })).toMatchObject({ state: "ok", says: expect.stringContaining("may not read") });
  });

  it("has failed where Lark has not what it was changed to", async () => {
    await begin({ scopes: reading });
    fake.chats.ensure(chat);
    const stale = { code: 0, data: { items: [{ body: { content: "{}" } }] } };
    fake.faults.api({ kind: "answer", status: 200, body: stale }, { method: "GET" });
    expect(await found(name, { chat })).toEqual(failed("has it as it was before", "Look at the card"));
  });

  it.each([
    ["that the bot is not in", "oc_2", {}, "The bot is not in this chat any more", "Add the bot to the group"],
    ["that is none of Lark", "cid1==", {}, "has no id of Lark", "look the code up"],
    ["without the permission", chat, { scopes: [] }, "im:message:send_as_bot is missing", "Add it to the app"],
  ])("cannot be sent to a chat %s", async (_, where, options, says, todo) => {
    await begin(options);
    fake.chats.ensure(chat);
    expect(await found(name, { chat: where })).toEqual(failed(says, todo));
    expect(fake.sent).toEqual([]);
  });

  it.each([
    ["too many calls", { kind: "refuse", code: 99991400 }, "Too many calls", "in a minute"],
    ["an error of the platform", { kind: "answer", status: 500, body: {} }, "The platform failed", "ask again"],
  ] as const)("that meets %s is not tried over and over", async (_, fault, says, todo) => {
    await begin();
    fake.chats.ensure(chat);
    fake.faults.api(fault, { path: /messages$/, count: 9 });
    expect(await found(name, { chat })).toEqual(failed(says, todo));
    expect(fake.requests.filter(({ path }) => path.endsWith("/messages"))).toHaveLength(1);
  });

  it("that cannot be changed says that it is there", async () => {
    await begin();
    fake.chats.ensure(chat);
    fake.faults.api({ kind: "refuse", code: 230031 }, { method: "PATCH" });
    expect(await found(name, { chat })).toEqual(failed(/^A card was sent to oc_1, and could not be changed\./, /./));
  });
});
