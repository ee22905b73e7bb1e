import type { Row } from "../../src/simulator/index.ts";

/** What somebody may write anywhere, in the hope that a platform takes it for more than a text. */
export const hostileTexts: readonly string[] = [
  "<at id=all></at>",
  '<at user_id="all">everyone</at>',
  "[click](https://evil.example/a)",
  "https://evil.example/b",
  "**bold** _it_ ~~no~~ `code`",
  "<font color='red'>red</font><a href='https://evil.example'>x</a>",
  "# heading\n- list\n> quote\n![img](img_v2_1)",
  '</text>"}]},{"tag":"hr"}',
  "\u202egnp.exe\u0000\u200b",
  "&#60;at id=all&#62;",
];

/** All of a runtime that is free text, except its name. */
export const hostileFields = (text: string): Row => ({
  DesktopStatus: text,
  OsType: text,
  RegionId: text,
  AuthUsers: [text],
  ResourceGroup: { ResourceGroupId: text, ResourceGroupName: text },
  AgentInstanceInfoList: [
    { AgentProvider: text, AgentInstanceVersion: text, AgentInstanceStatus: text, ModelTemplateId: text },
  ],
  [text]: text,
});

/** A page of the API with a runtime for each text, which is all that the runtime says: "ecd-0", "ecd-1" and so on. */
export function hostilePage(row: Row | undefined, texts: readonly string[]): string {
  const Data = texts.map((text, index) => ({
    ...row,
    DesktopId: `ecd-${index}`,
    DesktopName: text,
    RiskInfo: { ModelModified: true, ChannelModified: true, AgentUninstalled: false },
    ...hostileFields(text),
  }));
  return JSON.stringify({
    RequestId: "<at id=all></at>",
    TotalCount: Data.length,
    PageSize: 100,
    PageNumber: 1,
    Data,
  });
}

/** Commands that show all of such a page. */
export const commandsOnPage: readonly string[] = [
  "/runtimes provider=OpenClaw",
  "/runtimes provider=OpenClaw size=50",
  "/runtimes provider=OpenClaw risk=model-modified sort=-name",
  "/runtimes summary provider=OpenClaw",
  "/runtimes summary provider=OpenClaw by=group",
];

/** What a person may type with such a text in it. */
export const typedWith = (text: string): readonly string[] => [
  `/${text}`,
  `/runtimes ${text}`,
  `/runtimes name="${text.replaceAll('"', "'")}"`,
  `/runtimes show ${text}`,
];
