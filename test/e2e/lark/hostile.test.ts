import { afterAll, beforeAll, expect, test } from "vitest";
import { checkCard } from "../../platforms/lark/card-rules.ts";
import { commandsOnPage, hostilePage, hostileTexts, typedWith } from "../hostile.ts";
import { titleOf, wordsOf } from "./card.ts";
import { openRig, type Rig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const hostile = [...hostileTexts, "@_all @_user_1 <person id='ou_1'></person>"];
const all = [...hostile, "a".repeat(5_000)];

/** Texts that a client reads as markdown. */
function markdownOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { tag, content }: { tag?: unknown; content?: unknown } = { ...value };
  const own = (tag === "markdown" || tag === "lark_md") && typeof content === "string" ? [content] : [];
  return [...own, ...Object.values(value).flatMap(markdownOf)];
}

function expectInert(content: string): void {
  expect(checkCard(content)).toEqual([]);
  const data: unknown = JSON.parse(content);
  for (const text of markdownOf(data)) {
    expect(text).not.toMatch(/<at|<a |<person|<img|\]\(|https?:\/\/|evil\.example|\*\*bold|~~no|@_all|^# heading/m);
  }
  // Cells that a client reads as markdown, and links of any kind, are not used at all.
  expect(content).not.toMatch(
    /"data_type":"(?:lark_md|markdown|persons)"|"open_url"|"default_url"|"tag":"(?:at|person|a)"/,
  );
}

/** The API says this to whatever is asked next. */
function answerWith(text: string): void {
  rig.simulator.faults.clear();
  rig.simulator.faults.fail(20, { kind: "body", body: text });
}

test.each([...commandsOnPage, "/runtimes show ecd-3", "/runtimes show ecd-6"])(
  "%s: texts of the API stay texts",
  async (command) => {
    const [row] = rig.simulator.rows({ AgentProvider: "OpenClaw", IncludeRiskInfo: "true" });
    answerWith(hostilePage(row, all));
    const card = await rig.ask(command);
    expect(titleOf(card.content)).not.toBe("No answer from the fleet");
    expect(wordsOf(card.content)).toMatch(/click|bold|heading|evil/);
    expectInert(card.content);
  },
);

test("what the API says of an error stays a text", async () => {
  for (const text of hostile) {
    rig.simulator.faults.clear();
    rig.simulator.faults.fail(20, { status: 400, code: text.slice(0, 40), message: text });
    const card = await rig.ask(`/runtimes provider=OpenClaw group=rg-${hostile.indexOf(text)}`);
    expect(titleOf(card.content)).toBe("No answer from the fleet");
    expectInert(card.content);
  }
});

test("what a person types comes back as a text, and as no other command", async () => {
  rig.simulator.faults.clear();
  for (const [index, text] of all.entries()) {
    for (const typed of typedWith(text)) {
      expectInert((await rig.ask(typed, { user: `ou_typist_${index}`, chat: `oc_${index}` })).content);
    }
  }
});
