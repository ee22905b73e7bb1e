import { describe, expect, test } from "vitest";
import type { CommandProblem } from "../../src/commands/index.ts";
import { canonical, commandOf, marked, problemOf } from "./read.ts";

const hour = 3_600_000;

describe("a watch", () => {
  test("is of everything at risk unless something is said", () => {
    expect(commandOf("/alerts on")).toEqual({ kind: "alerts-on", filters: {}, preview: false });
  });

  test.each([
    ["/alerts on risk=yes group=rg-1 preview", "/alerts on group=rg-1 risk=yes preview"],
    ["/alerts on preview risk=yes", "/alerts on risk=yes preview"],
    ["/alerts on --preview risk=yes", "/alerts on risk=yes preview"],
    ["/alerts on preview PRE-VIEW", "/alerts on preview"],
    ["/alerts on view=mine status=Running", "/alerts on view=mine status=Running"],
    ["/告警 开启 风险=是 视图=财务 预览", "/alerts on view=财务 risk=yes preview"],
    ["／告警　开启　风险＝是　预览", "/alerts on risk=yes preview"],
    ["/ALERTS ON STATUS=running", "/alerts on status=Running"],
    ["/alerts on risk=no", "/alerts on risk=no"],
    ["/alerts on risk-info=no", "/alerts on risk-info=no"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each<[string, CommandProblem["kind"]]>([
    ["/alerts on page=2", "key-elsewhere"],
    ["/alerts on at=09:00", "key-elsewhere"],
    ["/alerts on agent-017", "unknown-word"],
    ["/alerts on preview=yes", "unknown-key"],
    ["/alerts on view=a,b", "one-value"],
    ["/alerts on view=", "missing-value"],
    ["/alerts on risk=yes risk-info=no", "contradiction"],
  ])("%s is wrong: %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });
});

describe("what is asked of a watch", () => {
  test.each([
    ["/alerts", "/alerts status"],
    ["/告警", "/alerts status"],
    ["/alerts STATUS", "/alerts status"],
    ["/告警 状态", "/alerts status"],
    ["/告警 关闭", "/alerts off"],
    ["/告警 测试", "/alerts test"],
    ["/alerts show a1", "/alerts show a1"],
    ["/告警 查看 a1 页=2", "/alerts show a1 page=2"],
    ["/alerts show page=1 a1", "/alerts show a1"],
    ["/alerts show id=a1", "/alerts show a1"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each<[string, CommandProblem["kind"], string]>([
    ["/alerts off now", "nothing-more", "now"],
    ["/alerts status status=Running", "nothing-more", "status=Running"],
    ["/alerts show", "missing-target", ""],
    ["/alerts show a1 size=5", "key-elsewhere", "size=5"],
    ["/alerts show a1 page=0", "not-whole", "0"],
    ["/alerts show a page=2 b", "unknown-word", "b"],
    ["/alerts stop", "unknown-choice", "stop"],
    ['/alerts "on"', "unknown-choice", '"on"'],
  ])("%s is wrong: %s, at %j", (text, kind, part) => {
    expect(problemOf(text).kind).toBe(kind);
    expect(marked(text)).toBe(part);
  });
});

describe("acknowledging, muting and unmuting", () => {
  test.each([
    ["/alerts ack a1", "/alerts ack a1"],
    ["/alerts acknowledge agent 017", '/alerts ack "agent 017"'],
    ["/告警 确认 名称=代理一", "/alerts ack 代理一"],
    ["/alerts ack 全部", "/alerts ack all"],
    ["/alerts mute all", "/alerts mute all"],
    ["/alerts mute ALL for=2h", "/alerts mute all"],
    ["/告警 静音 全部 时长=1天12小时", "/alerts mute all for=1d12h"],
    ["/alerts mute agent 017 for=90m", '/alerts mute "agent 017" for=1h30m'],
    ["/alerts mute for=30分钟 agent-017", "/alerts mute agent-017 for=30m"],
    ["/alerts mute agent-017 --for 24h", "/alerts mute agent-017 for=1d"],
    ["/alerts mute agent-017 for：３０ｍ", "/alerts mute agent-017 for=30m"],
    ["/alerts mute for", "/alerts mute for"],
    ["/alerts mute 2h", "/alerts mute 2h"],
    ['/alerts mute "agent 2h"', '/alerts mute "agent 2h"'],
    ["/alerts unmute agent-017", "/alerts unmute agent-017"],
    ["/告警 取消静音 全部", "/alerts unmute all"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("a mute is of two hours unless something is said, and of thirty days at most", () => {
    expect(commandOf("/alerts mute all")).toEqual({ kind: "alerts-mute", target: "all", for: 2 * hour });
    expect(commandOf("/alerts mute all for=30d")).toMatchObject({ for: 720 * hour });
    expect(commandOf("/alerts mute all for=1m")).toMatchObject({ for: hour / 60 });
  });

  test.each<[string, CommandProblem["kind"], string | undefined, string | undefined]>([
    ["/alerts mute all for=2", "bad-duration", "2h", "/alerts mute all"],
    ["/alerts mute all for=3", "bad-duration", "3h", "/alerts mute all for=3h"],
    ["/alerts mute all for=0m", "bad-duration", "1m", "/alerts mute all for=1m"],
    ["/alerts mute all for=45s", "bad-duration", "1m", "/alerts mute all for=1m"],
    ["/alerts mute all for=31d", "bad-duration", "30d", "/alerts mute all for=30d"],
    ["/alerts mute all for=soon", "bad-duration", undefined, undefined],
    ["/alerts mute all 3h", "unknown-word", "for=3h", "/alerts mute all for=3h"],
    ["/alerts mute all for 3h", "unknown-word", "for=3h", "/alerts mute all for=3h"],
    ["/alerts mute all for", "missing-value", undefined, undefined],
    ["/alerts mute all for=", "missing-value", undefined, undefined],
    ["/alerts mute all for=1h for=2h", "one-value", undefined, undefined],
    ["/alerts mute all for=3h,4h", "one-value", undefined, undefined],
    ["/alerts mute all fro=3h", "unknown-key", "for", "/alerts mute all for=3h"],
    ["/alerts mute", "missing-target", undefined, undefined],
    ["/alerts unmute all for=2h", "key-elsewhere", undefined, undefined],
    ["/alerts ack a1 page=2", "key-elsewhere", undefined, undefined],
    [`/alerts ack ${"x".repeat(201)}`, "value-too-long", undefined, undefined],
  ])("%s is wrong: %s; nearest is %s: %s", (text, kind, nearest, mended) => {
    expect(problemOf(text)).toMatchObject({ kind, nearest, mended });
  });
});

describe("a word that /alerts does not know", () => {
  test.each([
    ["/alerts mut all", "mute", "/alerts mute all"],
    ["/alerts acknowlege a1", "acknowledge", "/alerts ack a1"],
    ["/alerts previw", undefined, undefined],
    ["/alerts preview", "on preview", "/alerts on preview"],
    ["/alerts risk=yes", "on risk=yes", "/alerts on risk=yes"],
    ["/alerts on previw", "preview", "/alerts on preview"],
    ["/alerts on risk", "risk=yes", "/alerts on risk=yes"],
    ["/alerts on stauts=runing", "status", "/alerts on status=Running"],
    ["/alerts page=2", undefined, undefined],
  ])("as in %s, is near to %s: %s", (text, nearest, mended) => {
    expect(problemOf(text)).toMatchObject({ nearest, mended });
  });

  test("is answered with those that it knows", () => {
    const allowed = ["on", "off", "status", "test", "show", "ack", "mute", "unmute"];
    expect(problemOf("/告警 x")).toMatchObject({ kind: "unknown-choice", command: "/alerts", word: "x", allowed });
  });
});
