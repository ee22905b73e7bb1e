import { describe, expect, test } from "vitest";
import { complete } from "../../src/commands/index.ts";
import { commandOf } from "./read.ts";

/** What is suggested at the end of a text. */
function labels(text: string): readonly string[] {
  return complete(text, text.length).map(({ label }) => label);
}

/** The texts that the suggestions make of a text. */
function results(text: string): readonly string[] {
  return complete(text, text.length).map(({ start, end, insert }) => text.slice(0, start) + insert + text.slice(end));
}

describe("commands", () => {
  test.each([
    ["/", ["/runtimes ", "/why ", "/alerts ", "/digest ", "/view ", "/lang ", "/audit ", "/help "]],
    ["／", ["/runtimes ", "/why ", "/alerts ", "/digest ", "/view ", "/lang ", "/audit ", "/help "]],
    ["/al", ["/alerts "]],
    ["/告", ["/alerts "]],
    ["/日报", ["/digest "]],
    ["/ru", ["/runtimes "]],
    ["/RT", ["/runtimes "]],
    ["/运", ["/runtimes "]],
    ["/帮", ["/help "]],
    ["?", ["/help "]],
    ["  /he", ["  /help "]],
    ["/x", []],
    ["/runtimes:", []],
  ])("after %j are %j", (text, expected) => {
    expect(results(text)).toEqual(expected);
  });
});

describe("nothing is suggested", () => {
  test.each([
    "",
    " ",
    "hello",
    "hello /ru",
    "status=",
    "/why ",
    "/why ag",
    "/alerts status ",
    "/alerts show ",
    "/alerts ack a ",
    "/alerts foo ",
    "/alerts status=",
    "/alerts on page=",
    "/alerts mute all status=",
    "/digest off ",
    "/digest on for=",
    "/view save ",
    "/view list ",
    "/view drop ",
    "/view save mine page=",
    "/lang en ",
    "/runtimes view=",
    "/runtimes days=",
    "/unknown sta",
    '/runtimes name="sta',
    '/runtimes name="a" user=“st',
    "/runtimes name=「sta",
    "/runtimes name='sta",
    '/runtimes status="Running"',
    "/runtimes show ",
    "/runtimes show age",
    "/runtimes 查看 sta",
    "/runtimes name=",
    "/runtimes page=",
    "/runtimes foo=",
    "/runtimes by=",
    "/runtimes summary sort=",
    "/runtimes format=",
    "/runtimes export format=csv,",
    "/runtimes source=User,",
    "/runtimes sort=name,",
    "/runtimes risk=yes,",
    "/help show ",
    `/runtimes ${"s".repeat(20_000)}`,
    `/runtimes ${"name=a ".repeat(3_000)}sta`,
  ])("for %j", (text) => {
    expect(complete(text, text.length)).toEqual([]);
  });
});

describe("words after a command", () => {
  test("are its subcommands, then the keys that people want first", () => {
    const expected = ["show", "summary", "risks", "export", "trend", "status", "risk", "provider", "agent", "name"];
    expect(labels("/runtimes ").slice(0, 10)).toEqual(expected);
  });

  test.each([
    ["/runtimes s", ["show", "summary", "status", "source", "size", "sort"]],
    ["/runtimes sta", ["status"]],
    ["/runtimes STA", ["status"]],
    ["/runtimes 状", ["status"]],
    ["/runtimes 风", ["risks", "risk", "risk-info"]],
    ["/runtimes riski", ["risk-info"]],
    ["/runtimes --sta", ["status"]],
    ["/runtimes 查", ["show"]],
    ["/runtimes summary ma", ["managed"]],
    ["/runtimes summary b", ["by"]],
    ["/runtimes summary pa", []],
    ["/runtimes risks sho", []],
    ["/runtimes ex", ["export"]],
    ["/runtimes 导", ["export"]],
    ["/runtimes export fo", ["format"]],
    ["/runtimes export pa", []],
    ["/runtimes fo", []],
    ["/runtimes pa", ["page"]],
    ["/runtimes b", []],
    ["/runtimes status=Running sta", []],
    ["/runtimes 状态=Running sta", []],
    ["/runtimes status=Running s", ["source", "size", "sort"]],
    ["/runtimes tr", ["trend"]],
    ["/runtimes vi", ["view"]],
    ["/runtimes trend d", ["days"]],
    ["/runtimes 趋势 分", ["by"]],
    ["/alerts ", ["on", "off", "status", "test", "show", "ack", "mute", "unmute"]],
    ["/告警 静", ["mute"]],
    ["/alerts on p", ["preview", "provider", "platform"]],
    ["/alerts on preview p", ["provider", "platform"]],
    ["/alerts on 预", ["preview"]],
    ["/alerts on status=Running vi", ["view"]],
    ["/alerts mute ", ["all"]],
    ["/alerts unmute 全", ["all"]],
    ["/alerts ack a", ["all"]],
    ["/alerts mute agent-017 ", ["for"]],
    ["/alerts show a1 ", ["page"]],
    ["/digest ", ["on", "off", "status"]],
    [
      "/digest on ",
      ["at", "days", "tz", "view", "status", "risk", "provider", "agent", "name", "user", "group", "version"],
    ],
    ["/digest on at=09:00 t", ["tz", "template"]],
    ["/view ", ["save", "list", "drop"]],
    ["/视图 删", ["drop"]],
    ["/view save mine sta", ["status"]],
    ["/view save mine pa", []],
    ["/view mine sta", ["status"]],
    ["/view mine pa", ["page"]],
    ["/view mine vi", []],
    ["/lang ", ["en", "zh", "auto"]],
    ["/语言 中", ["zh"]],
    [
      "/help ",
      ["runtimes", "show", "summary", "risks", "export", "trend", "why", "alerts", "digest", "view", "lang", "filters"],
    ],
    ["/help 告", ["alerts"]],
    ["/help 趋", ["trend"]],
    ["/help 汇", ["summary"]],
    ["/帮助 f", ["filters"]],
    ["/help au", ["audit"]],
    ["/audit ", ["user", "days", "size"]],
    ["/审计 天", ["days"]],
    ["/audit days=7 us", ["user"]],
    ["/audit days=", ["7", "30", "90"]],
    ["/audit status=", []],
  ])("in %j are %j", (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test("take what the person goes on with", () => {
    expect(results("/runtimes sta")).toEqual(["/runtimes status="]);
    expect(results("/runtimes --sta")).toEqual(["/runtimes --status="]);
    expect(results("/runtimes sum")).toEqual(["/runtimes summary "]);
    expect(results("/help fil")).toEqual(["/help filters"]);
    expect(results("/alerts mut")).toEqual(["/alerts mute "]);
    expect(results("/alerts mute al")).toEqual(["/alerts mute all "]);
    expect(results("/lang z")).toEqual(["/lang zh"]);
  });

  test("are twelve at most", () => {
    expect(labels("/runtimes ")).toHaveLength(12);
    expect(labels("/runtimes summary ")).toHaveLength(12);
  });
});

describe("values", () => {
  test.each([
    [
      "/runtimes status=",
      ["Running", "Stopped", "Starting", "Stopping", "Rebuilding", "Pending", "Expired", "Deleted"],
    ],
    ["/runtimes status=st", ["Stopped", "Starting", "Stopping"]],
    ["/runtimes 状态＝St", ["Stopped", "Starting", "Stopping"]],
    ["/runtimes 状态=已停", ["Stopped"]],
    ["/runtimes status = st", ["Stopped", "Starting", "Stopping"]],
    ["/runtimes --status st", ["Stopped", "Starting", "Stopping"]],
    [
      "/runtimes --status ",
      ["Running", "Stopped", "Starting", "Stopping", "Rebuilding", "Pending", "Expired", "Deleted"],
    ],
    ["/runtimes status=Stopped,st", ["Starting", "Stopping"]],
    ["/runtimes status=Stopped，starting、st", ["Stopping"]],
    ["/runtimes status=Stopped, st", ["Starting", "Stopping"]],
    ["/runtimes status=Stopped status=st", ["Starting", "Stopping"]],
    ["/runtimes risk=", ["yes", "no", "agent-uninstalled", "model-modified", "channel-modified"]],
    ["/runtimes risk=mod", ["model-modified"]],
    ["/runtimes risk=model-modified,", ["agent-uninstalled", "channel-modified"]],
    ["/runtimes assigned=", ["yes", "no"]],
    [
      "/runtimes sort=",
      [
        "name",
        "-name",
        "status",
        "-status",
        "region",
        "-region",
        "version",
        "-version",
        "risk",
        "-risk",
        "user",
        "-user",
      ],
    ],
    ["/runtimes sort=r", ["region", "risk"]],
    ["/runtimes sort=-r", ["-region", "-risk"]],
    ["/runtimes summary by=v", ["version"]],
    ["/runtimes trend days=", ["7", "30", "90"]],
    ["/alerts on risk=mod", ["model-modified"]],
    ["/alerts mute all for=", ["30m", "1h", "2h", "8h", "1d", "7d"]],
    ["/alerts mute all 时长=1", ["1h", "1d"]],
    ["/digest on at=", ["09:00", "18:00"]],
    ["/digest on days=", ["mon-fri", "weekdays", "weekend", "daily", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]],
    ["/digest on days=mon,t", ["tue", "thu"]],
    ["/digest on tz=shang", ["Asia/Shanghai"]],
    ["/digest on tz=asia/sh", ["Asia/Shanghai"]],
    ["/view save mine status=run", ["Running"]],
    ["/runtimes export format=", ["csv", "xlsx"]],
    ["/runtimes 导出 格式=X", ["xlsx"]],
    ["/runtimes risks provider=", ["OpenClaw", "HermesAgent"]],
  ])("in %j are %j", (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test("stand in place of what is typed of them", () => {
    expect(results("/runtimes status=Running,sto")).toEqual([
      "/runtimes status=Running,Stopped",
      "/runtimes status=Running,Stopping",
    ]);
    expect(results("/runtimes status=Running, stopp")).toEqual([
      "/runtimes status=Running, Stopped",
      "/runtimes status=Running, Stopping",
    ]);
  });

  test("are suggested where the cursor is, and what is behind it stays", () => {
    const text = "/runtimes sta name=a";
    expect(complete(text, 13)).toEqual([
      { start: 10, end: 13, insert: "status=", label: "status", kind: "key", detail: "" },
    ]);
    expect(complete(text, 500)).toEqual(complete(text, text.length));
  });
});

test("each suggestion is explained in the reader's language", () => {
  const all = complete("/runtimes r", 11, (kind, word) => `${kind} ${word}`);
  expect(all.map(({ detail }) => detail)).toEqual([
    "subcommand risks",
    "key risk",
    "key resource",
    "key risk-info",
    "key region",
  ]);
});

test("words of a command are explained together with it", () => {
  const all = (text: string) =>
    complete(text, text.length, (kind, word) => `${kind} ${word}`).map(({ detail }) => detail);
  expect(all("/digest o")).toEqual(["subcommand /digest on", "subcommand /digest off"]);
  expect(all("/alerts on prev")).toEqual(["subcommand /alerts on preview"]);
  expect(all("/alerts mute a")).toEqual(["subcommand /alerts mute all"]);
  expect(all("/help al")).toEqual(["subcommand alerts"]);
});

test("whoever follows suggestions gets a command", () => {
  for (const [typed, expected] of [
    ["/ru", "/runtimes "],
    ["/runtimes sum", "/runtimes summary "],
    ["/runtimes summary sta", "/runtimes summary status="],
    ["/runtimes summary status=run", "/runtimes summary status=Running"],
    ["/runtimes summary status=Running,exp", "/runtimes summary status=Running,Expired"],
  ] as const) {
    expect(results(typed)).toEqual([expected]);
  }
  expect(commandOf("/runtimes summary status=Running,Expired").kind).toBe("summary");
});
