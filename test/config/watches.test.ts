// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { describe, expect, test } from "vitest";
import { configOf, linesOf, problemsOf } from "./read.ts";

const lark = "channels: { lark: { enabled: true, appId: a, appSecret: b } }\n";

function watches(...items: readonly string[]): string {
  return `alerts:\n  watches:\n${items.map((item) => `    - ${item}\n`).join("")}`;
}

const keysOf = (text: string) => problemsOf(text).map(({ key }) => key.replace("alerts.watches", ""));

describe("a watch of the configuration", () => {
  test("is read as it is written", () => {
    const item = "{ channel: playground, chat: c1, filter: 'Group = rg-1' }";
    expect(configOf(watches(item)).alerts.watches).toEqual([
      { channel: "playground", chat: "c1", filter: "Group = rg-1", locale: "auto" },
    ]);
  });

  test.each([
    ["{ chat: c }", ["[0].channel"]],
    ["{ channel: playground }", ["[0].chat"]],
    ["{ channel: '*', chat: c }", ["[0].channel"]],
    ["{ channel: playground, chat: '' }", ["[0].chat"]],
    ["{ channel: playground, chat: c, filter: 1 }", ["[0].filter"]],
    ["{ channel: playground, chat: c, locale: de }", ["[0].locale"]],
    ["{ channel: playground, chat: c, fliter: '' }", ["[0].fliter"]],
    [`{ channel: playground, chat: c, filter: name=${"x".repeat(2_000)} }`, ["[0].filter"]],
  ])("cannot be %.80s", (item, keys) => {
    expect(keysOf(watches(item))).toEqual(keys);
  });

  test("is one of at most 200", () => {
    const items = (many: number) => Array.from({ length: many }, (_, at) => `{ channel: playground, chat: c${at} }`);
    expect(keysOf(watches(...items(200)))).toEqual([]);
    expect(keysOf(watches(...items(201)))).toEqual([""]);
  });
});

describe("the channel of a watch", () => {
  const onLark = watches("{ channel: lark, chat: oc_1 }");

  test("is on", () => {
    expect(linesOf(lark + onLark)).toEqual([]);
    expect(linesOf(watches("{ channel: playground, chat: c }"))).toEqual([]);
  });

  test("that is off is refused, with what to do", () => {
    expect(linesOf(onLark)).toEqual([
      "app.yaml:3:18 alerts.watches[0].channel: nobody is told by this watch: channels.lark is not enabled — " +
        "set channels.lark.enabled to true, or leave the watch out",
    ]);
  });

  test("is looked at with the variable that switches it", () => {
    const text = `channels: { playground: { enabled: "\${ON:-false}" } }\n${watches("{ channel: playground, chat: c }")}`;
    expect(keysOf(text)).toEqual(["[0].channel"]);
    expect(problemsOf(text, { ON: "true" })).toEqual([]);
  });

  test("is not judged by a switch that is wrong itself", () => {
    expect(keysOf(`channels: { lark: { enabled: maybe } }\n${onLark}`)).toEqual(["channels.lark.enabled"]);
    expect(keysOf(`channels: { lark: { enabled: "\${ON}" } }\n${onLark}`)).toEqual(["channels.lark.enabled"]);
  });
});

describe("the filter of a watch", () => {
  const watch = (filter: string) => watches(`{ channel: playground, chat: c, filter: "${filter}" }`);

  test.each(["", "risk=yes", "risk-info=yes", "风险=yes", "status=Running,Stopped user=li.na", "risk=model-modified"])(
    "can be %j",
    (filter) => {
      expect(linesOf(watch(filter))).toEqual([]);
    },
  );

  test("that is no filter is refused with the word that is wrong", () => {
    expect(problemsOf(watch("risk=yes grup=x"))).toMatchObject([
      { key: "alerts.watches[0].filter", message: '"grup" is not a filter', hint: "did you mean group?" },
    ]);
  });

  test.each(["page=2", "view=mine", "/runtimes", "group=a preview"])("cannot be %s", (filter) => {
    expect(keysOf(watch(filter))).toEqual(["[0].filter"]);
  });

  test.each([
    ["risk=no", "risk=no"],
    ["group=rg-1 Risk=No", "risk=no"],
    ["risk-info=no", "risk-info=no"],
  ])("that leaves out all risks cannot be watched: %s", (filter, said) => {
    expect(problemsOf(watch(filter)).map(({ message }) => message)).toEqual([
      `${said} cannot be watched: it leaves out all risks`,
    ]);
  });
});

describe("two watches", () => {
  const of = (chat: string, filter: string) => `{ channel: playground, chat: ${chat}, filter: "${filter}" }`;

  test.each([
    ["group=a", "group=a"],
    ["group=a status=Running", "status=running group:a"],
    ["status=Running,Stopped", "status=Stopped,Running"],
    ["", "risk=yes"],
    ["group=a", "group=a risk-info=yes"],
  ])("of one chat cannot be the same: %j and %j", (one, other) => {
    expect(keysOf(watches(of("c", one), of("c", other)))).toEqual(["[1]"]);
  });

  test("differ by their chats or their filters", () => {
    expect(linesOf(watches(of("c", "group=a"), of("c", "group=b"), of("d", "group=a"), of("c", "")))).toEqual([]);
  });

  test("cannot differ by the language alone", () => {
    const items = ["en", "zh"].map((locale) => `{ channel: playground, chat: c, locale: ${locale} }`);
    expect(keysOf(watches(...items))).toEqual(["[1]"]);
  });

  test("that cannot be read are not told to be the same", () => {
    expect(keysOf(watches(of("c", "a=1"), of("c", "a=1")))).toEqual(["[0].filter", "[1].filter"]);
  });
});
