import { afterAll, beforeAll, expect, test } from "vitest";
import { checkCard } from "../../platforms/lark/card-rules.ts";
import { titleOf, wordsOf } from "./card.ts";
import { openRig, type Rig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const hostile = [
  "<at id=all></at>",
  '<at user_id="all">everyone</at>',
  "[click](https://evil.example/a)",
  "https://evil.example/b",
  "**bold** _it_ ~~no~~ `code`",
  "<font color='red'>red</font><a href='https://evil.example'>x</a>",
  "# heading\n- list\n> quote\n![img](img_v2_1)",
  '</text>"}]},{"tag":"hr"}',
  "\u202egnp.exe\u0000\u200b",
  "@_all @_user_1 <person id='ou_1'></person>",
  "&#60;at id=all&#62;",
  "a".repeat(5_000),
];

/** A page of the API whose every text is somebody's. */
function page(): string {
  const [row] = rig.simulator.rows({ AgentProvider: "OpenClaw", IncludeRiskInfo: "true" });
  const Data = hostile.map((text, index) => ({
    ...row,
    DesktopId: `ecd-${index}`,
    DesktopName: text,
    DesktopStatus: text,
    OsType: text,
    RegionId: text,
    AuthUsers: [text],
    ResourceGroup: { ResourceGroupId: text, ResourceGroupName: text },
    AgentInstanceInfoList: [
      { AgentProvider: text, AgentInstanceVersion: text, AgentInstanceStatus: text, ModelTemplateId: text },
    ],
    RiskInfo: { ModelModified: true, ChannelModified: true, AgentUninstalled: false },
    [text]: text,
  }));
  const body = { RequestId: "<at id=all></at>", TotalCount: Data.length, PageSize: 100, PageNumber: 1, Data };
  return JSON.stringify(body);
}

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

test.each([
  "/runtimes provider=OpenClaw",
  "/runtimes provider=OpenClaw size=50",
  "/runtimes provider=OpenClaw risk=model-modified sort=-name",
  "/runtimes show ecd-3",
  "/runtimes show ecd-6",
  "/runtimes summary provider=OpenClaw",
  "/runtimes summary provider=OpenClaw by=group",
])("%s: texts of the API stay texts", async (command) => {
  answerWith(page());
  const card = await rig.ask(command);
  expect(titleOf(card.content)).not.toBe("No answer from the fleet");
  expect(wordsOf(card.content)).toMatch(/click|bold|heading|evil/);
  expectInert(card.content);
});

test("what the API says of an error stays a text", async () => {
  for (const text of hostile.slice(0, 9)) {
    rig.simulator.faults.clear();
    rig.simulator.faults.fail(20, { status: 400, code: text.slice(0, 40), message: text });
    const card = await rig.ask(`/runtimes provider=OpenClaw group=rg-${hostile.indexOf(text)}`);
    expect(titleOf(card.content)).toBe("No answer from the fleet");
    expectInert(card.content);
  }
});

test("what a person types comes back as a text, and as no other command", async () => {
  rig.simulator.faults.clear();
  for (const text of hostile) {
    for (const typed of [
      `/${text}`,
      `/runtimes ${text}`,
      `/runtimes name="${text.replaceAll('"', "'")}"`,
      `/runtimes show ${text}`,
    ]) {
      const card = await rig.ask(typed, {
        user: `ou_typist_${hostile.indexOf(text)}`,
        chat: `oc_${hostile.indexOf(text)}`,
      });
      expectInert(card.content);
    }
  }
});
