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
    ["/", ["/runtimes ", "/help "]],
    ["／", ["/runtimes ", "/help "]],
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
    "/alerts ",
    "/alerts on sta",
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
    const expected = ["show", "summary", "risks", "export", "status", "risk", "provider", "agent", "name", "user"];
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
    ["/help ", ["runtimes", "show", "summary", "risks", "export", "filters"]],
    ["/help 汇", ["summary"]],
    ["/帮助 f", ["filters"]],
  ])("in %j are %j", (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  test("take what the person goes on with", () => {
    expect(results("/runtimes sta")).toEqual(["/runtimes status="]);
    expect(results("/runtimes --sta")).toEqual(["/runtimes --status="]);
    expect(results("/runtimes sum")).toEqual(["/runtimes summary "]);
    expect(results("/help fil")).toEqual(["/help filters"]);
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
