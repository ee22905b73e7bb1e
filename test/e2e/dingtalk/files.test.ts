import { afterEach, describe, expect, test } from "vitest";
import { everybodySees, wordOf, wordsOf } from "./card.ts";
import { exportOf } from "./exported.ts";
import { ben, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const truthOf = () => ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) => rig.simulator.rows({ AgentProvider }));
const cardsIn = (chat: string) => rig.fake.within(chat).filter(({ kind }) => kind !== "file");

/** The one card that answers in a chat, once it is final. */
async function answerIn(chat: string, milliseconds = 10_000): Promise<string> {
  const final = () => /The file is in|could not be|did not|at most/.test(lastWords(chat));
  await rig.fake.until(final, milliseconds, `${chat} is answered`);
  return lastWords(chat);
}
const lastWords = (chat: string): string => wordsOf(cardsIn(chat).at(-1)?.content ?? {});

test("an export comes as a workbook unless something else is asked for", async () => {
  rig = await openRig({ simulator: { runtimes: 120 } });
  rig.write("/runtimes export");
  const file = await exportOf(rig, group);
  expect([file.message.via, file.message.content.fileType]).toEqual(["robot", file.name.split(".").at(-1)]);
  expect(await answerIn(group)).toContain("The file is in this chat.");
  expect(await answerIn(group)).toMatch(/120/);
  expect(rig.fake.calls).toMatchObject({ upload: 1, group: 1 });
});

test.each([
  ["csv", "zip"],
  ["xlsx", "xlsx"],
])("a file of the format %s comes as %s, with every row once", async (format, type) => {
  rig = await openRig({ simulator: { runtimes: 120 } });
  for (const [chat, about] of [
    [group, {}],
    [undefined, { group: false, user: ben }],
  ] as const) {
    rig.write(`/runtimes export format=${format}`, { chat, ...about });
    const place = chat ?? rig.fake.directory.single(ben).id;
    const file = await exportOf(rig, place);
    expect(file.message.content.fileType).toBe(type);
    const ids = truthOf().map(({ DesktopId }) => String(DesktopId));
    const times = (id: string) => file.text.split(id).length - 1;
    expect(ids.filter((id) => times(id) === 0)).toEqual([]);
    if (format === "csv") expect(file.rows).toHaveLength(ids.length);
    await answerIn(place);
    expect(rig.fake.within(place)).toHaveLength(2);
  }
});

test("a pressed Export button brings the file, and the card stays", async () => {
  rig = await openRig();
  const card = await rig.ask("/runtimes size=5");
  const pressed = await rig.press(card, "Export", { user: ben });
  expect(wordOf(pressed)).toBe("The file is being made. It comes into this chat.");
  const file = await exportOf(rig, group);
  expect(file.bytes).toBeGreaterThan(100);
  expect(everybodySees(rig.fake, card)).toContain("Page 1 of 5");
});

test("how far a long export is stands on its card, which becomes the answer", async () => {
  rig = await openRig({ simulator: { runtimes: 2_000 } });
  rig.simulator.faults.latency = 500;
  rig.write("/runtimes export");
  await rig.fake.until(() => /Reading the list: [\d,]+ of 2,000 runtimes/.test(lastWords(group)), 15_000, "progress");
  rig.simulator.faults.latency = 0;
  expect(await answerIn(group)).toContain("The file is in this chat.");
  expect(cardsIn(group)).toHaveLength(1);
});

describe("a file that cannot be sent is told of, with what to do", () => {
  test.each([
    ["the upload is refused for good", { kind: "errcode", errcode: 60011, errmsg: "no permission" }, "upload"],
    ["the type is not taken", { kind: "errcode", errcode: 40004 }, "upload"],
    [
      "the message is refused",
      { kind: "refuse", code: "Forbidden.AccessDenied.AccessTokenPermissionDenied" },
      ["group"],
    ],
    ["the month's calls are spent", { kind: "refuse", code: "Forbidden.AccessDenied.ApiCountLimitForOrg" }, ["group"]],
  ] as const)("%s", async (_, fault, api) => {
    rig = await openRig();
    rig.fake.faults.api(fault, { api, count: Number.POSITIVE_INFINITY });
    rig.write("/runtimes export");
    const words = await answerIn(group);
    expect(words).toContain("The file was made, but the platform did not take it.");
    expect(words).toContain("Ask its operator.");
    await rig.quiet();
    expect(rig.fake.within(group)).toHaveLength(1);
    expect(rig.fake.calls.upload).toBe(1);
  });

  test("to somebody from outside, who can be sent no file", async () => {
    rig = await openRig();
    const about = { user: "guest01", outsider: true, group: false } as const;
    const answer = await rig.ask("/runtimes export", about);
    expect([answer.via, answer.kind]).toEqual(["webhook", "markdown"]);
    expect(wordsOf(answer.content)).toContain("the platform did not take it");
    expect(rig.fake.uploads).toEqual([]);
  });
});

test.each([
  ["a busy moment", { kind: "errcode", errcode: -1 }, "upload"],
  ["a token that ended", { kind: "errcode", errcode: 40014 }, "upload"],
  ["too many uploads", { kind: "errcode", errcode: 90018 }, "upload"],
  ["a page of a proxy", { kind: "html", status: 502 }, "upload"],
  ["too many messages", { kind: "refuse", code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }, "group"],
] as const)("after %s the file comes, once", async (_, fault, api) => {
  rig = await openRig();
  rig.fake.faults.api(fault, { api });
  rig.write("/runtimes export");
  await exportOf(rig, group, 15_000);
  expect(await answerIn(group)).toContain("The file is in this chat.");
  expect(rig.fake.within(group).filter(({ kind }) => kind === "file")).toHaveLength(1);
});

test("a file of which nobody knows whether it arrived is not sent twice", async () => {
  rig = await openRig();
  rig.fake.faults.api({ kind: "cut" }, { api: "group" });
  rig.write("/runtimes export");
  expect(await answerIn(group)).toContain("the platform did not say that it arrived");
  await rig.quiet();
  expect(rig.fake.within(group).filter(({ kind }) => kind === "file")).toHaveLength(1);
});
