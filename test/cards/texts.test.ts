import { describe, expect, test } from "vitest";
import { textsOf } from "../../src/cards/index.ts";
import { filterDefinition } from "../../src/fleet/index.ts";

type Leaf = readonly [path: string, value: unknown];

/** Every text of a language with its path. Words for the API's own values may be absent where the API's language serves. */
function leavesOf(value: unknown, path = ""): readonly Leaf[] {
  if (typeof value !== "object" || value === null) {
    return [[path, value]];
  }
  return Object.entries(value)
    .filter(([key]) => path !== "" || (key !== "desktopStatus" && key !== "agentStatus"))
    .flatMap(([key, part]) => leavesOf(part, path === "" ? key : `${path}.${key}`));
}

const [en, zh] = [leavesOf(textsOf("en")), leavesOf(textsOf("zh"))];

describe("the two languages", () => {
  test("have the same texts, in the same places, of the same kind", () => {
    const shape = (leaves: readonly Leaf[]) => leaves.map(([path, value]) => `${path}: ${typeof value}`).toSorted();
    expect(shape(zh)).toEqual(shape(en));
  });

  test("leave no text empty", () => {
    expect([...en, ...zh].filter(([, value]) => typeof value === "string" && value.trim() === "")).toEqual([]);
  });

  test("do not leak into each other", () => {
    const texts = (leaves: readonly Leaf[]) => leaves.filter(([, value]) => typeof value === "string");
    expect(texts(en).filter(([, value]) => /\p{Script=Han}/u.test(String(value)))).toEqual([]);
    const foreign = texts(zh).filter(([, value]) => !/\p{Script=Han}/u.test(String(value)));
    expect(foreign.map(([path]) => path).toSorted()).toEqual(["channel.qqbot", "words.help"]);
  });

  test("have a word for every value that the API documents, in Chinese", () => {
    const { desktopStatus, agentStatus, channel } = textsOf("zh");
    const without = (key: "status" | "agent" | "channel", words: Readonly<Record<string, string>>) =>
      filterDefinition(key).values.filter((value) => words[value] === undefined);
    expect([without("status", desktopStatus), without("agent", agentStatus), without("channel", channel)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test("punctuate as they should: no half-width comma, full stop or quotation mark between Chinese characters", () => {
    const wrong = /\p{Script=Han}[,;!?"']|[,;!?]\p{Script=Han}|\p{Script=Han}\./u;
    expect(zh.filter(([, value]) => typeof value === "string" && wrong.test(value))).toEqual([]);
  });

  test("call what quiets alerts by the same words on every channel", () => {
    const quiet = (locale: "en" | "zh") => {
      const { acknowledge, mute, unmute } = textsOf(locale).alerts.labels;
      return [acknowledge, mute, unmute];
    };
    expect(quiet("en")).toEqual(["Acknowledge", "Mute", "Unmute"]);
    expect(quiet("zh")).toEqual(["确认", "静音", "取消静音"]);
  });

  test("call what is on every channel by the same words", () => {
    const { previous, next, refresh, details } = textsOf("en").labels;
    expect([previous, next, refresh, details]).toEqual(["Previous", "Next", "Refresh", "Details"]);
    const chinese = textsOf("zh").labels;
    expect([chinese.previous, chinese.next, chinese.refresh, chinese.details]).toEqual([
      "上一页",
      "下一页",
      "刷新",
      "详情",
    ]);
  });
});
