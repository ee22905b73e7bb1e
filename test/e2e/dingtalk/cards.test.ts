import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buttonsOf, shapes } from "../../platforms/dingtalk/index.ts";
import { commandsOfEveryKind } from "../answers.ts";
import { everybodySees, labelsOf, onlooker, titleOf, wordOf, wordsOf } from "./card.ts";
import { anna, ben, openRig, type Rig } from "./rig.ts";

/** Everything may be asked. */
const rules = "[{ channel: dingtalk, allow: [query, export, admin] }]";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ simulator: { runtimes: 60, riskRate: 0.4 }, rules });
});
afterAll(() => rig.close());
beforeEach(() => rig.fake.forget());

const sees = (card: { readonly id: string }, person: string): string => wordsOf(rig.fake.viewOf(card.id, person));

test("a page is turned for who pressed by the answer, and for everyone by one update", async () => {
  const card = await rig.ask("/runtimes risk=yes size=5");
  const pressed = await rig.turn(card, "Next", ben);
  expect([pressed.outcome, pressed.inTime]).toEqual(["card", true]);
  expect(card.versions.map(({ how, person }) => [how, person])).toEqual([
    ["deliver", undefined],
    ["callback", ben],
    ["update", undefined],
  ]);
  for (const person of [ben, anna, onlooker]) {
    expect(sees(card, person)).toContain("Page 2 of ");
    expect(sees(card, person)).toContain("/runtimes risk=yes page=2 size=5");
  }
  expect(rig.fake.calls).toMatchObject({ deliver: 1, update: 1, group: 0, direct: 0, webhook: 0 });
});

test("walking Next from the first page shows every runtime once, one call a page, and the ends have no way on", async () => {
  const truth = ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) => rig.simulator.rows({ AgentProvider }));
  const card = await rig.ask("/runtimes size=7");
  expect(labelsOf(card.content).join()).not.toContain("Previous");
  let words = everybodySees(rig.fake, card);
  let turns = 0;
  while (labelsOf(rig.fake.viewOf(card.id, anna)).join().includes("Next")) {
    await rig.turn(card, "Next");
    turns += 1;
    words += everybodySees(rig.fake, card);
  }
  expect(turns).toBe(Math.ceil(60 / 7) - 1);
  // Joiners keep addresses and mentions in names from being ones.
  const lines = words.replaceAll("\u200d", "").split("\n");
  const names = lines.map((line) => line.replace(/^[⚠⛔] /u, "").split(" · ")[0]);
  const timesShown = ({ DesktopName }: { DesktopName?: unknown }) =>
    names.filter((name) => name === DesktopName).length;
  expect(truth).toHaveLength(60);
  expect(truth.flatMap((row) => (timesShown(row) === 1 ? [] : String(row.DesktopName)))).toEqual([]);
  expect(rig.fake.calls).toMatchObject({ deliver: 1, update: turns });
});

describe.each(shapes)("a callback of the shape %s", (shape) => {
  test("turns the card; after the turn its buttons mean the new page", async () => {
    const card = await rig.ask("/runtimes size=5", { user: shape });
    for (const page of [2, 3, 4]) {
      expect((await rig.press(card, "Next", { shape, user: shape })).outcome).toBe("card");
      expect(sees(card, shape)).toContain(`Page ${page} of 12`);
    }
    await rig.fake.until(() => everybodySees(rig.fake, card).includes("Page 4 of 12"), 5_000, "everybody is on page 4");
    expect((await rig.press(card, "Previous", { shape, user: ben })).outcome).toBe("card");
    expect(sees(card, ben)).toContain("Page 3 of 12");
  });
});

test("of two people who press at once both are answered, and everybody ends on one page", async () => {
  const card = await rig.ask("/runtimes page=5 size=5");
  const pressed = await Promise.all([
    rig.press(card, "Next", { user: anna }),
    rig.press(card, "Previous", { user: ben }),
  ]);
  expect(pressed.map(({ inTime }) => inTime)).toEqual([true, true]);
  await rig.quiet();
  await rig.fake.until(() => /Page [46] of 12/.test(everybodySees(rig.fake, card)), 5_000, "the card is turned");
  await rig.ask("/help");
  const views = [anna, ben, onlooker].map((person) => /Page \d+ of 12/.exec(sees(card, person))?.[0]);
  expect(new Set(views).size).toBe(1);
});

test("a press on an old version of the card still means what stood there", async () => {
  const card = await rig.ask("/runtimes size=5");
  const old = buttonsOf(rig.fake.viewOf(card.id, anna)).find(({ label }) => label.includes("Next"));
  await rig.turn(card, "Next");
  await rig.turn(card, "Next");
  await rig.fake.callback(callbackOf(card.id, { cardPrivateData: { actionIds: [old?.id], params: old?.params } }));
  await rig.fake.until(() => everybodySees(rig.fake, card).includes("Page 2 of 12"), 5_000, "the card turns to page 2");
});

test("what everybody sees already costs no call", async () => {
  const card = await rig.ask("/runtimes size=5");
  await rig.turn(card, "Next");
  await rig.press(card, "Refresh");
  await rig.ask("/help");
  await rig.press(card, "Refresh", { user: ben });
  await rig.quiet();
  expect(rig.fake.calls.update).toBe(1);
  expect(everybodySees(rig.fake, card)).toContain("Page 2 of 12");
});

test("every kind of answer is a card that the platform takes, and that can be pressed where it has buttons", async () => {
  const [row] = rig.simulator.rows({ AgentProvider: "OpenClaw" });
  for (const text of commandsOfEveryKind(String(row?.DesktopId))) {
    const card = await rig.ask(text, { user: text.length % 2 === 0 ? "even" : "odd" });
    expect([card.via, titleOf(card)]).toEqual(["card", expect.stringMatching(/./)]);
    const label = labelsOf(card.content).find((one) => !/As (?:csv|xlsx)|Export/.test(one));
    if (label !== undefined) expect((await rig.press(card, label, { user: "odd" })).outcome, text).toBe("card");
  }
});

test("a summary's picture is uploaded once for all cards that show it", async () => {
  const [first, second] = [
    await rig.ask("/runtimes summary", { user: "sum" }),
    await rig.ask("/runtimes summary", { user: "sum" }),
  ];
  const pictureOf = ({ content }: typeof first) => /!\[\]\((@\w+)\)/.exec(content.markdown ?? "")?.[1];
  expect(pictureOf(first)).toBeDefined();
  expect(pictureOf(second)).toBe(pictureOf(first));
  expect(rig.fake.calls.upload).toBeLessThanOrEqual(1);
});

function callbackOf(card: string, content: unknown, more: object = {}): Readonly<Record<string, unknown>> {
  return {
    ...{ extension: "{}", corpId: "dingcorp00000000", type: "actionCallback", userId: anna, userIdType: 1 },
    ...{ outTrackId: card, spaceType: "IM_GROUP", spaceId: "cidGroup0001==" },
    ...{ content: JSON.stringify(content), ...more },
  };
}

describe("a callback that makes no sense", () => {
  const strange: readonly (readonly [string, object])[] = [
    ["of a card that nobody knows", { outTrackId: "foreign-card" }],
    ["without content", { content: undefined }],
    ["whose content is no JSON", { content: "{" }],
    ["whose content is a number", { content: 7 }],
    ["whose content is null", { content: "null" }],
    ["whose content is a list", { content: "[]" }],
    ["with a button that is nowhere", { content: button(["b.nobody"], { id: "b.nobody", text: "Nowhere" }) }],
    ["with an id that is cut", { content: button(["c."], { id: "c.*" }) }],
    ["with params that are a text", { content: JSON.stringify({ cardPrivateData: { params: "x", actionIds: 1 } }) }],
    ["with ids of wrong types", { content: JSON.stringify({ cardPrivateData: { actionIds: [7, null, {}] } }) }],
    ["with a huge id", { content: button(["c.".padEnd(30_000, "A")], {}) }],
    ["without a userId", { userId: undefined }],
    ["with a userId that is a number", { userId: 7 }],
    ["without an outTrackId", { outTrackId: undefined }],
    ["of another type", { type: "somethingElse", content: "{}" }],
    ["with __proto__", { content: '{"__proto__":{"cardPrivateData":{"params":{"id":"x"}}}}' }],
  ];

  test.each(strange)("%s is answered in time with a word, and the next message is served", async (what, more) => {
    // Somebody else each time: one person who asks so much in so short a time is told to wait.
    const user = `asker${what.length}`;
    const card = await rig.ask("/runtimes size=5", { user });
    const before = rig.simulator.stats().requests;
    const data: Record<string, unknown> = { ...callbackOf(card.id, { cardPrivateData: {} }), ...more };
    const pressed = await rig.fake.callback(data);
    expect([pressed.outcome, pressed.inTime]).toEqual(["card", true]);
    expect(wordOf(pressed)).toBe("This card is not known any more. Send the command again.");
    expect(rig.simulator.stats().requests).toBe(before);
    expect(everybodySees(rig.fake, card)).toContain("Page 1 of 12");
    expect(titleOf(await rig.ask("/help", { user }))).toBe("Deskhand");
  });

  test("an id whose command is none any more is answered with what is wrong", async () => {
    const card = await rig.ask("/runtimes size=5", { user: "asker" });
    for (const command of ["/runtimes statsu=Running", "/nonsense", "hello", "/runtimes page=0"]) {
      const id = `c.${Buffer.from(command).toString("base64url")}`;
      const pressed = await rig.fake.callback(callbackOf(card.id, { cardPrivateData: { actionIds: [id] } }));
      expect(wordOf(pressed)?.length).toBeGreaterThan(10);
    }
    expect(rig.changesOf(card)).toBe(0);
    await rig.turn(card, "Next", "asker");
    expect(sees(card, "asker")).toContain("Page 2 of 12");
  });
});

function button(actionIds: readonly string[], params: object): string {
  return JSON.stringify({ cardPrivateData: { actionIds, params } });
}
