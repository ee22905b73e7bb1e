import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls, foreignMarkup } from "../../adapters/dingtalk/foreign-markup.ts";
import { buttonsOf, checkCard, type Shown } from "../../platforms/dingtalk/index.ts";
import { imagesOf, linksOf, mentionsOf, plainOf } from "../../platforms/dingtalk/markdown.ts";
import { commandsOnPage, hostilePage, hostileTexts, typedWith } from "../hostile.ts";
import { commandsOf, titleOf, wordsOf } from "./card.ts";
import { openRig, type Rig } from "./rig.ts";

const hostile = [
  ...hostileTexts,
  "@所有人 @all ＠everyone",
  '<at id="all">everyone</at>',
  "https://evil.example/b www.evil.example",
  "[run](dtmd://dingtalkclient/sendMessage?content=%2Fruntimes)",
  "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fevil.example",
  "<font color=red>red</font><a href='https://evil.example'>x</a>",
  "# heading\n- list\n> quote\n![img](@lADabc)",
  '"}]},{"text":"Press","id":"c.L2hlbHA"',
  "\u202egnp.exe\u0000\u200b\u2066",
  "[微笑][OK] {{name}} <%= name %>",
  "|a|b|\n|-|-|\n|1|2|",
  "&#60;at&#62; &lt;b&gt; \\",
];
const long = ["a".repeat(5_000), "长".repeat(3_000)];

const shows = [
  "**bold** _it_ ~~no~~ `code`",
  "https://evil.example/b www.evil.example",
  '"}]},{"text":"Press","id":"c.L2hlbHA"',
].map((text) => `/runtimes show ecd-${hostile.indexOf(text)}`);

/** Words of ours that begin every command. */
const ours = /^\/(?:runtimes|help)\b/;
/** A picture of ours: what was uploaded. */
const isUploaded = (rig: Rig, url: string) => rig.fake.uploads.some(({ mediaId }) => mediaId === url);

/** Nothing of what is shown is a link, a mention, markup, a picture or a command that is not ours. */
function expectInert(rig: Rig, shown: Shown): void {
  const { content, kind, lastMessage } = shown;
  const text = content.markdown ?? content.text ?? "";
  expect(kind === "card" ? checkCard(content) : []).toEqual([]);
  expect(foreignMarkup(text)).toEqual([]);
  expect(imagesOf(text).filter(({ url }) => !isUploaded(rig, url))).toEqual([]);
  expect(linksOf(text).filter(({ url }) => !url.startsWith("dtmd://dingtalkclient/sendMessage?content="))).toEqual([]);
  if (kind === "card") expect(linksOf(text)).toEqual([]);
  const buttons = buttonsOf(content);
  const commands = [...commandsOf(shown), ...buttons.flatMap(({ id = "" }) => heldBy(id))];
  expect(commands.filter((command) => !ours.test(command))).toEqual([]);
  expect(buttons.filter(({ url }) => url !== undefined)).toEqual([]);
  const plain = [content.title ?? "", ...Object.values(lastMessage)];
  // Buttons know no markup: of what stands on them, only a mention or a tag might be taken for one on its way.
  const labels = buttons.map(({ label }) => label);
  expect(labels.filter((label) => /[<>]/.test(label))).toEqual([]);
  for (const one of [text, ...plain, ...labels]) {
    expect(mentionsOf(one)).toEqual([]);
    expect(calls(plainOf(one))).toEqual([]);
    expect(one.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u);
  }
  for (const one of plain) expect(linksOf(one)).toEqual([]);
}

function heldBy(id: string): readonly string[] {
  return id.startsWith("c.") ? [Buffer.from(id.split(".")[1] ?? "", "base64url").toString()] : [];
}

describe.each(["card", "message"] as const)("what somebody else wrote, as a %s", (as) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
    if (as === "message") rig.fake.scopes.delete("Card.Instance.Write");
  });
  afterAll(() => rig.close());

  /** The API says this to whatever is asked next. */
  function answerWith(body: string): void {
    rig.simulator.faults.clear();
    rig.simulator.faults.fail(20, { kind: "body", body });
  }

  test.each([...commandsOnPage, ...shows])("%s: texts of the API stay texts", async (command) => {
    const [row] = rig.simulator.rows({ AgentProvider: "OpenClaw", IncludeRiskInfo: "true" });
    answerWith(hostilePage(row, [...hostile, ...long]));
    const shown = await rig.ask(command, { user: "reader" });
    expect([shown.kind, titleOf(shown)]).not.toContain("No answer from the fleet");
    expect(shown.kind).toBe(as === "card" ? "card" : "markdown");
    expect(wordsOf(shown.content)).toMatch(/click|bold|heading|evil|所有人/);
    expectInert(rig, shown);
  });

  test("what the API says of an error stays a text", async () => {
    for (const [index, text] of hostile.entries()) {
      rig.simulator.faults.clear();
      rig.simulator.faults.fail(20, { status: 400, code: text.slice(0, 40), message: text });
      const shown = await rig.ask(`/runtimes provider=OpenClaw group=rg-${index}`, { user: "reader" });
      expect(titleOf(shown)).toBe("No answer from the fleet");
      expectInert(rig, shown);
    }
  });

  test("what a person types comes back as a text, and as no other command", async () => {
    rig.simulator.faults.clear();
    for (const [index, text] of [...hostile, ...long].entries()) {
      for (const typed of typedWith(text)) {
        expectInert(rig, await rig.ask(typed, { user: `typist${index}`, chat: `cidTypist${index}==` }));
      }
    }
  });

  test("names of people and of groups are shown nowhere", async () => {
    rig.simulator.faults.clear();
    const about = { user: "named", nick: "@所有人 [x](https://evil.example)", chat: "cidNamed==", title: "@all **g**" };
    const shown = await rig.ask("/runtimes size=5", about);
    expectInert(rig, shown);
    expect(wordsOf(shown.content)).not.toMatch(/所有人|\*\*g/);
  });
});
