import { describe, expect, test } from "vitest";
import { type Card, type Locale, toCard } from "../../src/cards/index.ts";
import type { Runtime } from "../../src/fleet/index.ts";
import { agentOf, runtimeOf } from "../builders.ts";
import { blocksOfKind, buttonsOf, factsOf, pressOf, sentencesOf, wordsOf } from "./read.ts";

function cardOf(about: Partial<Runtime> = {}, { byUser = true, locale = "en" as Locale } = {}): Card {
  const command = { kind: "show", target: "agent-1" } as const;
  return toCard({ kind: "runtime", command, runtime: runtimeOf(about), byUser }, locale);
}

const factOf = (card: Card, label: string) => factsOf(card).find((fact) => fact.label === label)?.value;

describe("the card of one runtime", () => {
  test("holds every field that the API gave, those that nobody knows yet included", () => {
    const card = cardOf({
      id: "field-id",
      resourceId: "field-resource",
      name: "field-name",
      status: "FieldStatus",
      os: "field-os",
      region: "field-region",
      regionLocation: "field-location",
      users: ["field-user-1", "field-user-2", "field-user-3"],
      agents: [
        agentOf({
          platform: "field-platform",
          provider: "field-provider",
          version: "field-version",
          status: "FieldAgentStatus",
          channels: ["field-agent-channel"],
          source: "field-source",
          modelTemplateId: "field-agent-template",
          other: { FieldOfAgent: ["field-agent-other"] },
        }),
      ],
      modelTemplateId: "field-template",
      modelTemplateName: "field-template-name",
      channels: ["field-channel"],
      qrCodeChannels: ["field-qr"],
      messaging: { status: "field-messaging", cloudSpace: "field-space", online: "field-online" },
      groupId: "field-group",
      groupName: "field-group-name",
      management: ["field-management"],
      other: { FieldOfRow: { deep: "field-other" }, FieldText: "field-text" },
    });
    const words = wordsOf(card).join("\n");
    const fields = [
      ...["id", "resource", "name", "os", "region", "location", "user-1", "user-2", "user-3", "platform", "provider"],
      ...["version", "agent-channel", "source", "agent-template", "agent-other", "template", "template-name"],
      ...["channel", "qr", "messaging", "space", "online", "group", "group-name", "management", "other", "text"],
    ].map((name) => `field-${name}`);
    for (const field of [...fields, "FieldStatus", "FieldAgentStatus", "FieldOfAgent", "FieldOfRow", "FieldText"]) {
      expect(words).toContain(field);
    }
  });

  test("says yes and no of what is known, and nothing of what is not", () => {
    const card = cardOf({ hasUser: false, modelConfigured: undefined, agents: [] });
    expect(factOf(card, "Has users")).toBe("no");
    expect(factOf(card, "Model configured")).toBeUndefined();
  });

  test("names known channels in words, with the API's name beside them", () => {
    expect(factOf(cardOf({ agents: [], channels: ["dingtalk-connector", "slack", "toString"] }), "Channels")).toBe(
      "DingTalk (dingtalk-connector), slack, toString",
    );
  });

  test("explains each risk and says what to do, the worst first", () => {
    const card = cardOf({ risks: ["channel-modified", "agent-uninstalled"] });
    expect(sentencesOf(card)).toEqual([
      "The agent has been uninstalled from the desktop.",
      "Ask the authorised users, then deploy the agent again or release the desktop.",
      "A messaging channel is no longer as the administrator delivered it.",
      "Compare the channels with what was delivered, remove those nobody ordered, and deliver the configuration again.",
    ]);
    expect(card.header).toEqual({
      title: "agent-1",
      colour: "red",
      tags: [
        { text: "Running", colour: "green" },
        { text: "agent uninstalled", colour: "red" },
        { text: "channel changed", colour: "orange" },
      ],
    });
  });

  test("has the colour of its worst risk; green without one, and no judgement where none is known", () => {
    expect(cardOf({ risks: ["model-modified"] }).header.colour).toBe("orange");
    expect(cardOf().header.colour).toBe("green");
    expect(sentencesOf(cardOf())).toEqual(["No risk found."]);
    expect(cardOf({ risks: undefined }).header.colour).toBe("blue");
    expect(sentencesOf(cardOf({ risks: undefined }))).toEqual(["The API said nothing on the risk of this runtime."]);
  });

  test("leads to the runtimes of its group and of its user", () => {
    const card = cardOf();
    expect(pressOf(card, "Refresh")).toBe("/runtimes show agent-1");
    expect(pressOf(card, "Runtimes in Finance")).toBe("/runtimes group=rg-finance");
    expect(pressOf(card, "Runtimes of li.na")).toBe("/runtimes user=li.na");
    expect(pressOf(card, "List")).toBe("/runtimes");
  });

  test("does not lead to the runtimes of its user where users may not be asked for", () => {
    const commands = buttonsOf(cardOf({}, { byUser: false })).map(({ command }) => command);
    expect(commands).toEqual(["/runtimes show agent-1", "/runtimes group=rg-finance", "/runtimes"]);
  });

  test("shows a bounded part of what is endless, and says how much is missing", () => {
    const other = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`Field${index}`, "x".repeat(5_000)]));
    const card = cardOf({ agents: Array.from({ length: 13 }, () => agentOf()), other });
    expect(sentencesOf(card)).toContain("3 more agents are not shown.");
    expect(sentencesOf(card)).toContain("10 more fields are not shown.");
    expect(JSON.stringify(card).length).toBeLessThan(70_000);
  });

  test("groups what belongs together, in both languages", () => {
    const titles = (locale: Locale) =>
      blocksOfKind(cardOf({ risks: ["model-modified"] }, { locale }), "section").map(({ title }) => title);
    expect(titles("en")).toEqual(["Risk", "People", "Desktop", "Agent OpenClaw", "Model", "Channels", "Messaging"]);
    expect(titles("zh")).toEqual(["风险", "人员", "云电脑", "代理 OpenClaw", "模型", "渠道", "消息"]);
  });
});

test("several runtimes of one name are a choice among their ids", () => {
  const runtimes = [runtimeOf({ id: "ecd-1" }), runtimeOf({ id: "ecd-2" })];
  const command = { kind: "show", target: "agent-1" } as const;
  const card = toCard({ kind: "choices", command, target: "agent-1", runtimes, showsUsers: false }, "en");
  expect(sentencesOf(card)).toEqual(["Several runtimes are called “agent-1”. Which one?"]);
  expect(blocksOfKind(card, "table")[0]?.rows.map((row) => row.command)).toEqual([
    "/runtimes show ecd-1",
    "/runtimes show ecd-2",
  ]);
  expect(blocksOfKind(card, "table")[0]?.columns.map(({ key }) => key)).not.toContain("users");
  expect(blocksOfKind(card, "pickers")[0]?.pickers[0]).toMatchObject({
    label: "Details",
    options: [{ label: "agent-1 (ecd-1)" }, { label: "agent-1 (ecd-2)" }],
  });
});
