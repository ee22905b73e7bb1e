import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { filterKeyNames } from "../../src/fleet/index.ts";
import { type Desk, openDesk } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ runtimes: 240, providers: ["OpenClaw"] });
});

afterAll(() => desk.close());

beforeEach(() => desk.forget());

const risk = { IncludeRiskInfo: "true" };
const page = { AgentProvider: "OpenClaw", PageNumber: "1", PageSize: "10" };
/** What is matched here is read whole, in pages of a hundred. */
const scan = { AgentProvider: "OpenClaw", PageNumber: "1", PageSize: "100" };

/** The filter table: what is typed, and exactly what is on the wire. */
const table: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ["provider", "provider=HermesAgent", { ...page, ...risk, AgentProvider: "HermesAgent" }],
  [
    "status",
    "status=Running,stopped",
    { ...page, ...risk, "DesktopStatuses.1": "Running", "DesktopStatuses.2": "Stopped" },
  ],
  ["agent", "agent=unavailable", { ...page, ...risk, "AgentInstanceStatuses.1": "Unavailable" }],
  [
    "version",
    'version=2026.3.13,"OpenClaw 2026.4.15"',
    { ...page, ...risk, "AgentInstanceVersions.1": "2026.3.13", "AgentInstanceVersions.2": "OpenClaw 2026.4.15" },
  ],
  ["id", "id=ecd-1,ecd-2", { ...page, ...risk, "DesktopIds.1": "ecd-1", "DesktopIds.2": "ecd-2" }],
  ["resource", "resource=ecd-9", { ...page, ...risk, "ResourceIds.1": "ecd-9" }],
  ["name", "name=agent-017", { ...scan, ...risk, "DesktopNames.1": "agent-017" }],
  ["user", "user=li.na,张三", { ...page, ...risk, "AuthUsers.1": "li.na", "AuthUsers.2": "张三" }],
  ["assigned", "assigned=no", { ...page, ...risk, HasAuthUser: "false" }],
  ["model", "model=yes", { ...page, ...risk, ModelConfigure: "true" }],
  ["template", "template=mt-7", { ...page, ...risk, ModelTemplateId: "mt-7" }],
  ["channel", "channel=no", { ...page, ...risk, ChannelConfigure: "false" }],
  ["channel", "channel=feishu,wecom", { ...scan, ...risk, ChannelConfigure: "true" }],
  ["source", "source=user", { ...page, ...risk, DeploymentSource: "User" }],
  ["group", "group=rg-finance", { ...page, ...risk, ResourceGroupId: "rg-finance" }],
  ["platform", "platform=enterprise-jvs", { ...page, ...risk, AgentPlatform: "ENTERPRISE_JVS" }],
  ["edition", "edition=1", { ...page, ...risk, BizType: "1" }],
  ["risk", "risk=yes", { ...page, ...risk, HasRisk: "true" }],
  ["risk", "risk=no", { ...page, ...risk, HasRisk: "false" }],
  ["risk", "risk=model-modified", { ...scan, ...risk, HasRisk: "true" }],
  ["risk-info", "risk-info=no", { ...page, IncludeRiskInfo: "false" }],
  ["risk-info", "risk-info=yes", { ...page, ...risk }],
  ["os", "os=Windows", { ...scan, ...risk }],
  ["region", "region=cn-hangzhou", { ...scan, ...risk }],
  ["managed", "managed=hibernated", { ...page, ...risk, ManagementStatus: "Hibernated" }],
  ["online", "online=no", { ...page, ...risk, AgentImOnlineStatus: "Offline" }],
  ["office", "office=cn-hangzhou+os-1", { ...page, ...risk, OfficeSiteId: "cn-hangzhou+os-1" }],
];

test.each(table)("%s: /runtimes %s reaches the wire with exactly its parameters", async (_key, typed, parameters) => {
  const answer = await desk.ask(`/runtimes ${typed}`);
  expect(answer.kind).toBe("list");
  expect(desk.requests()[0]?.parameters).toEqual(parameters);
});

test("every filter key stands in the table above", () => {
  expect(new Set(table.map(([key]) => key))).toEqual(new Set(filterKeyNames));
});

test("page and size are the API's own page", async () => {
  await desk.ask("/runtimes page=3 size=20");
  expect(desk.requests().map((request) => request.parameters)).toEqual([
    { ...page, ...risk, PageNumber: "3", PageSize: "20" },
  ]);
});

test("a sorted list is read whole, in pages of a hundred", async () => {
  await desk.ask("/runtimes sort=-name");
  const [first, ...others] = desk.requests();
  expect(first?.parameters).toEqual({ ...scan, ...risk });
  expect(others.every(({ parameters }) => parameters.PageSize === "100")).toBe(true);
});

test("a list card costs one call when the API has all its filters", async () => {
  await desk.ask("/runtimes status=Running risk=yes user=li.na group=rg-finance model=yes");
  expect(desk.requests()).toHaveLength(1);
});

test("help and bad commands call nothing", async () => {
  for (const text of ["/help", "/runtimes statsu=Running", "/alerts on", "hello"]) {
    await desk.ask(text);
  }
  expect(desk.requests()).toHaveLength(0);
});
