import { afterEach, describe, expect, test, vi } from "vitest";
import { publicTemplate, type Shown } from "../../platforms/dingtalk/index.ts";
import { commandsOf, titleOf, wordsOf } from "./card.ts";
import { createShiftedClock, minutes } from "./clock.ts";
import { ben, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const answers = (chat = group): readonly Shown[] => rig.fake.within(chat);

async function answerAfter(count: number, chat = group): Promise<Shown> {
  await rig.fake.until(() => answers(chat).length > count, 10_000, `answer ${count + 1}`);
  const [answer] = answers(chat).slice(count);
  if (answer === undefined) throw new Error("there is none");
  return answer;
}

/** Taps a link and gives the answer to what it sends. */
async function tap(message: Shown, label: string, user = ben): Promise<Shown> {
  const count = answers(message.chat).length;
  rig.fake.tap({ message: message.id, user, label });
  return answerAfter(count, message.chat);
}

type Break = () => unknown;
const causes: readonly (readonly [string, string, Break])[] = [
  ["the app lacks the permission for cards", "scope", () => rig.fake.scopes.delete("Card.Instance.Write")],
  ["there is no such template", "template", () => rig.fake.templates.delete(publicTemplate)],
  ["the template is not published", "template", () => rig.fake.templates.set(publicTemplate, "unpublished")],
  ["the month's calls are spent", "quota", () => Object.assign(rig.fake.limits, { monthlyCalls: 1 })],
  ["a card is made and not delivered", "refused", () => rig.fake.faults.failDelivery(100)],
  [
    "the platform does not show what is said",
    "refused",
    () => rig.fake.faults.api({ kind: "refuse", code: "param.contentUnsafe" }, { api: "deliver", count: 100 }),
  ],
];

describe.each(causes)("where %s", (_, reason, breakIt) => {
  test("the same answer comes as markdown, whose links run the commands of its buttons", async () => {
    rig = await openRig({ simulator: { runtimes: 60 } });
    const card = await rig.ask("/runtimes size=5");
    breakIt();
    const text = await rig.ask("/runtimes size=5");
    expect([text.via, text.kind, titleOf(text)]).toEqual(["webhook", "markdown", titleOf(card)]);
    const rows = (words: string) => words.split("\n").filter((line) => / · (?:Running|Stopped)/.test(line));
    expect(rows(wordsOf(text.content)).length).toBeGreaterThan(3);
    expect(rows(wordsOf(text.content)).map((line) => line.trim())).toEqual(
      rows(wordsOf(card.content)).map((line) => line.trim()),
    );
    expect(commandsOf(text)).toContain("/runtimes page=2 size=5");

    const second = await tap(text, "Next");
    expect(wordsOf(second.content)).toContain("Page 2 of 12 · 60 runtimes");
    const third = await tap(second, "Next");
    expect(wordsOf(third.content)).toContain("Page 3 of 12 · 60 runtimes");
    expect(await rig.metrics()).toMatch(new RegExp(`deskhand_dingtalk_fallbacks_total\\{reason="${reason}"\\} 3\n`));
    const told = rig.log.filter((line) => /go(?:es)? as (?:a )?plain messages?/.test(line));
    expect(told).toHaveLength(1);
  });
});

test("what the operator has to do is in the log: the permission by its name", async () => {
  rig = await openRig();
  rig.fake.scopes.delete("Card.Instance.Write");
  await rig.ask("/help");
  expect(rig.log.find((line) => line.includes("plain messages"))).toContain("Card.Instance.Write");
});

test("a template that is not there is not asked for with each answer; after five minutes it is, once", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ clock });
  rig.fake.templates.set(publicTemplate, "unpublished");
  for (let asked = 0; asked < 3; asked += 1) expect((await rig.ask("/help")).via).toBe("webhook");
  expect(rig.fake.calls.deliver).toBe(1);
  clock.skip(minutes(5));
  for (let asked = 0; asked < 3; asked += 1) expect((await rig.ask("/help")).via).toBe("webhook");
  expect(rig.fake.calls.deliver).toBe(2);
  rig.fake.templates.set(publicTemplate, "published");
  clock.skip(minutes(5));
  expect((await rig.ask("/help")).via).toBe("card");
  const taken = /dingtalk_calls_total\{call="create",outcome="ok"\} 1\n/;
  await vi.waitFor(async () => expect(await rig.metrics()).toMatch(taken));
  expect((await rig.ask("/help")).via).toBe("card");
});

test("an operator's own template is used, and where it does not exist answers are text", async () => {
  rig = await openRig({ cardTemplateId: "own-template.schema" });
  expect((await rig.ask("/help")).via).toBe("webhook");
  await rig.close();
  rig = await openRig({ cardTemplateId: "own-template.schema" });
  rig.fake.templates.set("own-template.schema", "published");
  const card = await rig.ask("/runtimes size=5");
  expect([card.via, card.template]).toEqual(["card", "own-template.schema"]);
  await rig.turn(card, "Next");
});

test("where the session webhook is over the robot sends the same markdown", async () => {
  rig = await openRig();
  rig.fake.scopes.delete("Card.Instance.Write");
  rig.simulator.faults.latency = 300;
  rig.write("/runtimes");
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "it is acknowledged");
  rig.fake.sessions.end();
  const answer = await answerAfter(0);
  expect([answer.via, answer.kind, titleOf(answer)]).toEqual(["robot", "markdown", "Agent runtimes"]);
  expect(rig.fake.calls).toMatchObject({ webhook: 1, group: 1 });
  expect(commandsOf(answer).length).toBeGreaterThan(1);

  rig.write("/runtimes", { group: false, user: ben });
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "it is acknowledged");
  rig.fake.sessions.end();
  const single = await answerAfter(0, rig.fake.directory.single(ben).id);
  expect([single.via, single.kind]).toEqual(["robot", "markdown"]);
  expect(rig.fake.calls).toMatchObject({ direct: 1 });
});

test("where the quota is spent and the session over, the answer comes once when there are calls again", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ clock });
  rig.simulator.faults.latency = 300;
  rig.fake.limits.monthlyCalls = rig.fake.spent.calls;
  rig.fake.faults.api({ kind: "refuse", code: "Forbidden.AccessDenied.ApiCountLimitForOrg" }, { count: 3 });
  rig.write("/runtimes");
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "it is acknowledged");
  rig.fake.sessions.end();
  rig.fake.faults.api(
    { kind: "refuse", code: "Forbidden.AccessDenied.ApiCountLimitForOrg" },
    { api: ["deliver", "group"], count: Number.POSITIVE_INFINITY },
  );
  await rig.fake.until(() => rig.fake.calls.group > 0, 10_000, "all ways were tried");
  rig.fake.faults.clear();
  rig.fake.limits.monthlyCalls = 0;
  clock.skip(minutes(5));
  const answer = await answerAfter(0);
  expect(titleOf(answer)).toBe("Agent runtimes");
  await rig.quiet();
  expect(answers()).toHaveLength(1);
});

test("a press whose update the platform does not allow any more is answered, and the page follows as a message", async () => {
  rig = await openRig({ simulator: { runtimes: 60 } });
  const card = await rig.ask("/runtimes size=5");
  rig.fake.scopes.delete("Card.Instance.Write");
  expect((await rig.press(card, "Next")).outcome).toBe("card");
  const text = await answerAfter(1);
  expect(text.kind).toBe("markdown");
  expect(wordsOf(text.content)).toContain("Page 2 of 12");
});
