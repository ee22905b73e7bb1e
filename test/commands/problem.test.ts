import { describe, expect, test } from "vitest";
import { parse, print } from "../../src/commands/index.ts";
import { marked, problemOf } from "./read.ts";

describe("the marked place", () => {
  test.each([
    ["/runtimez status=Running", "/runtimez"],
    ["  ／runtimez", "／runtimez"],
    ["hello there", "hello"],
    ["", ""],
    ["/runtimes stauts=Running", "stauts"],
    ["/runtimes --stauts Running", "stauts"],
    ["/运行时　状态＝Running，Stoped", "Stoped"],
    ["/runtimes status=Running, Stoped name=a", "Stoped"],
    ['/runtimes status="Stoped"', '"Stoped"'],
    ["/runtimes status=Stoped status=Runing", "Stoped"],
    ["/runtimes status=", "status="],
    ["/runtimes status= name=a", "status="],
    ["/runtimes --status --name a", "--status"],
    ["/runtimes name=a,“”", "“”"],
    ["/runtimes foo status=Running", "foo"],
    ["/runtimes status=Running foo", "foo"],
    ["/runtimes =x", "=x"],
    ["/runtimes size=51", "51"],
    ["/runtimes page=1 size=5 page=2", "page=2"],
    ["/runtimes group = a group = b", "group = b"],
    ["/runtimes summary page=2", "page=2"],
    ["/runtimes channel=feishu name=a channel=no", "channel=no"],
    ["/runtimes risk=yes risk-info=no", "risk-info=no"],
    ["/runtimes risk-info=no risk=yes", "risk-info=no"],
    ["/runtimes risks risk=no name=a", "risk=no"],
    [`/runtimes name=a,${"x".repeat(201)},b`, "x".repeat(201)],
    ["/runtimes name=a user='b c", "'b c"],
    ["/runtimes show a status=Running", "status=Running"],
    ["/runtimes show", ""],
    ["/runtimes trend days=91", "91"],
    ["/runtimes export page=2 name=a", "page=2"],
    ["/audit on", "on"],
    ["/help wether", "wether"],
    ["/runtimes 😀=1", "😀"],
  ])("of %s is %s", (text, part) => {
    expect(marked(text)).toBe(part);
    expect(problemOf(text).text).toBe(text);
  });

  test("of a missing target is the end", () => {
    expect(problemOf("/runtimes show ").span).toEqual({ start: 15, end: 15 });
  });
});

describe("the nearest word and the mended command", () => {
  test.each([
    ["/runtimez", "/runtimes", "/runtimes"],
    ["/runtime status=Running", "/runtimes", "/runtimes status=Running"],
    ["/hlep", "/help", "/help"],
    ["/", "/help", "/help"],
    ["runtimes status=Running", "/runtimes", "/runtimes status=Running"],
    ["/runtimes stauts=Running", "status", "/runtimes status=Running"],
    ["/runtimes nmae=a", "name", "/runtimes name=a"],
    ["/runtimes 代理状况=Running", "代理状态", "/runtimes agent=Running"],
    ["/runtimes DesktopStatus=Running", "DesktopStatuses", "/runtimes status=Running"],
    ["/runtimes status=Runing", "Running", "/runtimes status=Running"],
    ["/runtimes status=Run", "Running", "/runtimes status=Running"],
    ["/runtimes status=stoped,Running", "Stopped", "/runtimes status=Stopped,Running"],
    ["/runtimes status==runing", "Running", "/runtimes status=Running"],
    ["/runtimes risk=modelmodifed", "model-modified", "/runtimes risk=model-modified"],
    ["/runtimes sort=-versoin", "-version", "/runtimes sort=-version"],
    ["/runtimes summary by=versoin", "version", "/runtimes summary by=version"],
    ["/runtimes size=51", "50", "/runtimes size=50"],
    ["/runtimes page=0", "1", "/runtimes"],
    ["/runtimes page=-3 size=5", "1", "/runtimes size=5"],
    ["/runtimes page=99999999999999999999", "1000000", "/runtimes page=1000000"],
    ["/runtimes Running", "status=Running", "/runtimes status=Running"],
    ["/runtimes runing name=a", "status=Running", "/runtimes status=Running name=a"],
    ["/runtimes feishu", "channel=feishu", "/runtimes channel=feishu"],
    ["/runtimes sumary", "summary", "/runtimes summary"],
    ["/runtimes exprot name=a", "export", "/runtimes export name=a"],
    ["/runtimes export fromat=csv", "format", "/runtimes export format=csv"],
    ["/runtimes export format=xslx", "xlsx", "/runtimes export format=xlsx"],
    ["/runtimes risk", "risk=yes", "/runtimes risk=yes"],
    ["/runtimes --online", "online=yes", "/runtimes online=yes"],
    ["/runtimes online=", "online=yes", "/runtimes online=yes"],
    ['/runtimes online=""', "yes", "/runtimes online=yes"],
    ["/runtimes agent-017", "show agent-017", "/runtimes show agent-017"],
    ['/runtimes "agent 017"', 'show "agent 017"', '/runtimes show "agent 017"'],
    ["/runtimes show nmae=a", "name", "/runtimes show a"],
    ["/runtimes risk=yes risk-info=no", "risk-info=yes", "/runtimes risk=yes risk-info=yes"],
    ["/runtimez stauts=runing page=0", "/runtimes", "/runtimes status=Running"],
    ["/help sumary", "summary", "/help summary"],
    ["/help digset", "digest", "/help digest"],
    ["/alrets on", "/alerts", "/alerts on"],
    ["/why nmae=a", "name", "/why a"],
    ["/runtimes trned", "trend", "/runtimes trend"],
    ["/runtimes trend dyas=14", "days", "/runtimes trend days=14"],
    ["/runtimes trend days=365", "90", "/runtimes trend days=90"],
    ["why agent-017", "/why", "/why agent-017"],
    ["/export status=Running", "/runtimes export", "/runtimes export status=Running"],
    ["／导出 状态＝Running", "/runtimes export", "/runtimes export status=Running"],
    ["/Export: status=Running", "/runtimes export", "/runtimes export status=Running"],
    ["/exprot stauts=Running", "/runtimes export", "/runtimes export status=Running"],
    ["/summary by=region", "/runtimes summary", "/runtimes summary by=region"],
    ["/risks", "/runtimes risks", "/runtimes risk=yes"],
    ["/risk", "/runtimes risks", "/runtimes risk=yes"],
    ["/show agent-017", "/runtimes show", "/runtimes show agent-017"],
    ["/trend days=14", "/runtimes trend", "/runtimes trend days=14"],
    ["/list status=Running", "/runtimes", "/runtimes status=Running"],
    ["/mute agent-017 for=1h", "/alerts mute", "/alerts mute agent-017 for=1h"],
    ["/ack agent-017", "/alerts ack", "/alerts ack agent-017"],
    ["/status", "/alerts status", "/alerts status"],
    ["/on risk=yes", "/alerts on", "/alerts on risk=yes"],
    ["/on at=09:00", "/digest on", "/digest on at=09:00"],
    ["/save mine status=Running", "/view save", "/view save mine status=Running"],
    ["/zh", "/lang zh", "/lang zh"],
    ["/status=Running", "/runtimes status", "/runtimes status=Running"],
  ])("of %s are %s and %s", (text, nearest, mended) => {
    expect(problemOf(text)).toMatchObject({ nearest, mended });
    const parsed = parse(mended);
    expect(parsed.ok && print(parsed.command)).toBe(mended);
  });

  test.each([
    "hello",
    "/weather",
    "/runtimes foo=bar",
    "/runtimes status=xyz",
    "/runtimes please",
    "/runtimes status=",
    "/runtimes edition=1.5",
    "/runtimes edition=99999999999999999999",
    "/runtimes status=Running show agent-017",
    "/runtimes group=a,b",
    "/runtimes risks risk=no",
    "/runtimes risks agent-017",
    '/runtimes name="a',
    "/runtimes show",
    "/runtimes fro=2h",
    "/runtimes at",
    "/runtimes show a status=Running",
    `/${"runtimes".repeat(20)}`,
  ])("of %s are none", (text) => {
    expect(problemOf(text)).toMatchObject({ nearest: undefined, mended: undefined });
  });

  test("is no command where something is wrong that has no nearest word", () => {
    expect(problemOf("/runtimes stauts=xyz")).toMatchObject({ nearest: "status", mended: undefined });
  });
});
