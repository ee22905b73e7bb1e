import { describe, expect, test } from "vitest";
import { type CommandProblem, parse, parseFilters } from "../../src/commands/index.ts";
import { canonical, commandOf, problemOf } from "./read.ts";

describe("the names of commands", () => {
  test.each([
    ["/runtimes", "/runtimes"],
    ["/rt", "/runtimes"],
    ["/运行时", "/runtimes"],
    ["/Run-Times", "/runtimes"],
    ["/RUN_TIMES", "/runtimes"],
    ["／runtimes", "/runtimes"],
    ["／ｒｔ", "/runtimes"],
    ["／运行时", "/runtimes"],
    ["/runtimes show ecd-1", "/runtimes show ecd-1"],
    ["/rt 查看 ecd-1", "/runtimes show ecd-1"],
    ["/runtimes summary", "/runtimes summary"],
    ["/运行时 汇总", "/runtimes summary"],
    ["/runtimes risks", "/runtimes risk=yes"],
    ["/运行时 风险", "/runtimes risk=yes"],
    ["/RT SUMMARY", "/runtimes summary"],
    ["/help", "/help"],
    ["/帮助", "/help"],
    ["?", "/help"],
    ["？", "/help"],
    ["/?", "/help"],
    ["／？", "/help"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("may be followed by a colon or a comma, as people write", () => {
    expect(canonical("/运行时：状态=Running")).toBe("/runtimes status=Running");
    expect(canonical("/runtimes, status=Running")).toBe("/runtimes status=Running");
  });

  test("may have blanks and invisible marks around them", () => {
    expect(canonical("  \u200b\u2066/runtimes\ufeff\n status=Running\u2069\u3000")).toBe("/runtimes status=Running");
  });
});

describe("a list", () => {
  test("is page one of ten unless something else is said", () => {
    expect(commandOf("/runtimes")).toEqual({ kind: "list", filters: {}, page: 1, size: 10 });
  });

  test("takes a page, a size and an order", () => {
    const sort = { key: "risk", descending: true };
    expect(commandOf("/runtimes page=3 size=50 sort=-risk")).toEqual({
      kind: "list",
      filters: {},
      page: 3,
      size: 50,
      sort,
    });
  });

  test.each([
    "/runtimes 页=3 每页=20 排序=-名称",
    "/runtimes PageNumber=3 PageSize=20 sort=-NAME",
    "/runtimes 页=３ 每页=20 排序=－name",
  ])("takes them as in %s", (text) => {
    expect(canonical(text)).toBe("/runtimes sort=-name page=3 size=20");
  });

  test.each(["name", "status", "region", "version", "risk", "user"])("can be sorted by %s, both ways", (key) => {
    expect(commandOf(`/runtimes sort=${key}`)).toMatchObject({ sort: { key, descending: false } });
    expect(commandOf(`/runtimes --sort -${key}`)).toMatchObject({ sort: { key, descending: true } });
  });
});

describe("risks", () => {
  test("takes further filters, a page and an order", () => {
    expect(canonical("/runtimes risks status=Running page=2 sort=name")).toBe(
      "/runtimes status=Running risk=yes sort=name page=2",
    );
  });

  test("can be narrowed to a kind", () => {
    expect(canonical("/runtimes risks risk=model-modified")).toBe("/runtimes risk=model-modified");
    expect(canonical("/runtimes risks risk=yes")).toBe("/runtimes risk=yes");
  });

  test("may come after its filters", () => {
    expect(canonical("/runtimes status=Running risks")).toBe("/runtimes status=Running risk=yes");
  });

  test("contradicts risk=no", () => {
    expect(problemOf("/runtimes risks risk=no")).toMatchObject({ kind: "contradiction", key: "risk", other: "risks" });
  });
});

describe("a summary", () => {
  test("takes filters and what to count by", () => {
    expect(commandOf("/runtimes summary status=Running by=version")).toEqual({
      kind: "summary",
      filters: { status: ["Running"] },
      by: "version",
    });
    expect(canonical("/运行时 汇总 分组=版本")).toBe("/runtimes summary by=version");
    expect(canonical("/runtimes status=Running summary")).toBe("/runtimes summary status=Running");
  });

  test.each(["status", "agent", "provider", "version", "region", "group", "channel", "risk", "os"])(
    "counts by %s",
    (by) => {
      expect(commandOf(`/runtimes summary by=${by}`)).toMatchObject({ by });
    },
  );

  test.each(["page=2", "size=5", "sort=name"])("has no %s", (option) => {
    expect(problemOf(`/runtimes summary ${option}`)).toMatchObject({
      kind: "key-elsewhere",
      key: option.split("=")[0],
    });
  });

  test("alone counts by something", () => {
    expect(problemOf("/runtimes by=version")).toMatchObject({ kind: "key-elsewhere", key: "by" });
  });
});

describe("an export", () => {
  test("takes filters and a format, which may be left to where the file goes", () => {
    expect(commandOf("/runtimes export")).toEqual({ kind: "export", filters: {} });
    expect(commandOf("/运行时 导出 状态=Running 格式=ＸＬＳＸ")).toEqual({
      kind: "export",
      filters: { status: ["Running"] },
      format: "xlsx",
    });
    expect(canonical("/runtimes format=CSV status=running Export")).toBe("/runtimes export status=Running format=csv");
  });

  test.each(["page=2", "size=5", "sort=name", "by=version"])("has no %s", (option) => {
    expect(problemOf(`/runtimes export ${option}`)).toMatchObject({
      kind: "key-elsewhere",
      key: option.split("=")[0],
    });
  });

  test.each<[string, CommandProblem["kind"]]>([
    ["/runtimes export format=pdf", "bad-value"],
    ["/runtimes export format=", "missing-value"],
    ["/runtimes export format=csv,xlsx", "one-value"],
    ["/runtimes export format=csv format=csv", "one-value"],
    ["/runtimes export risks", "unknown-word"],
    ["/runtimes export agent-017", "unknown-word"],
  ])("%s is wrong: %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });

  test.each(["/runtimes format=csv", "/runtimes summary format=csv"])("alone has a format: not %s", (text) => {
    expect(problemOf(text)).toMatchObject({ kind: "key-elsewhere", key: "format" });
  });
});

describe("show", () => {
  test.each([
    ["/runtimes show ecd-1", "ecd-1"],
    ["/runtimes show id=ecd-1", "ecd-1"],
    ["/runtimes show --name ecd-1", "ecd-1"],
    ["/runtimes 查看 名称：ecd-1", "ecd-1"],
    ["/runtimes show agent 017", "agent 017"],
    ["/runtimes show name=agent 017", "agent 017"],
    ['/runtimes show "agent  017"', "agent  017"],
    ["/runtimes show “a，b”", "a，b"],
    ["/runtimes show a,b", "a,b"],
    ["/runtimes show a:b", "a:b"],
    ['/runtimes show name="a,b"', "a,b"],
    ['/runtimes show "status=Running"', "status=Running"],
    ["/runtimes show summary", "summary"],
    ["/runtimes show 运行-７", "运行-７"],
    ["/runtimes show ?", "?"],
  ])("%s asks for %s", (text, target) => {
    expect(commandOf(text)).toEqual({ kind: "show", target });
  });

  test.each<[string, CommandProblem["kind"]]>([
    ["/runtimes show", "missing-target"],
    ["/runtimes show id=", "missing-target"],
    ['/runtimes show ""', "missing-target"],
    ["/runtimes show name=a,b", "one-value"],
    ["/runtimes show ecd-1 status=Running", "key-elsewhere"],
    ["/runtimes show page=2", "key-elsewhere"],
    ["/runtimes show agent id=ecd-1", "key-elsewhere"],
    ["/runtimes show nmae=ecd-1", "unknown-key"],
    [`/runtimes show ${"x".repeat(201)}`, "value-too-long"],
    ["/runtimes status=Running show ecd-1", "unknown-word"],
  ])("%s is wrong: %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });
});

describe("help", () => {
  test.each([
    ["/help runtimes", "/help runtimes"],
    ["/help /rt", "/help runtimes"],
    ["/帮助 运行时", "/help runtimes"],
    ["/help show", "/help show"],
    ["/help runtimes show", "/help show"],
    ["/help 汇总", "/help summary"],
    ["/help Risks", "/help risks"],
    ["/help 风险", "/help risks"],
    ["/help filters", "/help filters"],
    ["/help status", "/help filters"],
    ["/help 状态", "/help filters"],
    ["/help status=Running", "/help filters"],
    ["/help trend", "/help trend"],
    ["/help 趋势", "/help trend"],
    ["/help /why", "/help why"],
    ["/help 为什么", "/help why"],
    ["/help /alerts", "/help alerts"],
    ["/帮助 告警", "/help alerts"],
    ["/help alerts show", "/help alerts"],
    ["/help mute", "/help alerts"],
    ["/help digest", "/help digest"],
    ["/帮助 /日报", "/help digest"],
    ["/help tz", "/help digest"],
    ["/help view save", "/help view"],
    ["/help 视图", "/help view"],
    ["/help lang", "/help lang"],
    ["/help 语言", "/help lang"],
    ["/help /help", "/help"],
    ["? show", "/help show"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("names the nearest topic", () => {
    expect(problemOf("/help sumary")).toMatchObject({
      kind: "unknown-topic",
      nearest: "summary",
      mended: "/help summary",
    });
    expect(problemOf("/help weather")).toMatchObject({ kind: "unknown-topic", nearest: undefined, mended: undefined });
  });
});

describe("a trend", () => {
  test("looks back over seven days unless something is said", () => {
    expect(commandOf("/runtimes trend")).toEqual({ kind: "trend", filters: {}, days: 7 });
  });

  test.each([
    ["/rt trend status=Running days=30 by=version", "/runtimes trend status=Running days=30 by=version"],
    ["/运行时 趋势 天数=90 分组=状态", "/runtimes trend days=90 by=status"],
    ["/runtimes status=Running trend days=7", "/runtimes trend status=Running"],
    ["/runtimes trend days=１４", "/runtimes trend days=14"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each<[string, CommandProblem["kind"]]>([
    ["/runtimes trend days=91", "not-whole"],
    ["/runtimes trend days=0", "not-whole"],
    ["/runtimes trend days=mon", "not-whole"],
    ["/runtimes trend days=7,8", "one-value"],
    ["/runtimes trend page=2", "key-elsewhere"],
    ["/runtimes trend at=09:00", "key-elsewhere"],
    ["/runtimes days=7", "key-elsewhere"],
    ["/runtimes trend summary", "unknown-word"],
  ])("%s is wrong: %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });
});

describe("why", () => {
  test.each([
    ["/why ecd-1", "ecd-1"],
    ["/为什么 e123", "e123"],
    ["／为什么　编号＝ecd-1", "ecd-1"],
    ["/why agent 017", "agent 017"],
    ['/why "status=Running"', "status=Running"],
  ])("%s asks about %s", (text, target) => {
    expect(commandOf(text)).toEqual({ kind: "why", target });
  });

  test.each<[string, CommandProblem["kind"]]>([
    ["/why", "missing-target"],
    ["/why id=", "missing-target"],
    ["/why ecd-1 page=2", "key-elsewhere"],
    [`/why ${"x".repeat(201)}`, "value-too-long"],
  ])("%s is wrong: %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });
});

describe("a language", () => {
  test.each([
    ["/lang en", "/lang en"],
    ["/LANG English", "/lang en"],
    ["/语言 英文", "/lang en"],
    ["/语言 中文", "/lang zh"],
    ["/lang ZH", "/lang zh"],
    ["/lang zh-CN", "/lang zh"],
    ["／语言　自动", "/lang auto"],
    ["/lang", "/lang"],
    ["/语言", "/lang"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each<[string, CommandProblem["kind"], string | undefined]>([
    ["/lang fr", "unknown-choice", undefined],
    ["/lang chinse", "unknown-choice", "chinese"],
    ["/lang lang=en", "unknown-choice", undefined],
    ["/lang en zh", "nothing-more", undefined],
  ])("%s is wrong: %s; nearest is %s", (text, kind, nearest) => {
    expect(problemOf(text)).toMatchObject({ kind, nearest });
  });
});

describe("what is no command", () => {
  test.each<[string, CommandProblem["kind"]]>([
    ["", "not-a-command"],
    [" \n", "not-a-command"],
    ["hello", "not-a-command"],
    ["status=Running", "not-a-command"],
    ['"/runtimes"', "not-a-command"],
    ["/", "unknown-command"],
    ["/ runtimes", "unknown-command"],
    ["/etc/passwd", "unknown-command"],
    ["/status=Running", "unknown-command"],
  ])("%j is %s", (text, kind) => {
    expect(problemOf(text).kind).toBe(kind);
  });

  test("is refused unread when it is too long, and little of it is shown", () => {
    const problem = problemOf(`/runtimes ${"a".repeat(100_000)}`);
    expect(problem).toMatchObject({ kind: "too-long", limit: 20_000, mended: undefined });
    expect(problem.text.length).toBe(80);
    expect(problem.span).toEqual({ start: 0, end: 80 });
  });

  test("is too long when its canonical text could not be typed again", () => {
    const names = (length: number) => Array.from({ length }, (_, index) => `'[${'"'.repeat(90)}${index}'`).join(",");
    const text = `/runtimes name=${names(100)} user=${names(70)}`;
    expect(text.length).toBeLessThan(20_000);
    expect(problemOf(text)).toMatchObject({ kind: "too-long", limit: 19_700 });
    expect(parse(`/runtimes name=${names(100)}`).ok).toBe(true);
  });
});

describe("filters alone", () => {
  test("are read as after /runtimes", () => {
    expect(parseFilters("状态=Running,stopped --risk yes")).toEqual({
      ok: true,
      filters: { status: ["Running", "Stopped"], risk: ["yes"] },
    });
    expect(parseFilters("")).toEqual({ ok: true, filters: {} });
    expect(parseFilters(" \n")).toEqual({ ok: true, filters: {} });
  });

  test.each([
    ["group=rg-a page=2", "key-elsewhere", "page=2"],
    ["group=rg-a by=status", "key-elsewhere", "by=status"],
    ["group=rg-a staus=Running", "unknown-key", "staus"],
    ["group=rg-a summary", "unknown-word", "summary"],
    ["/runtimes group=rg-a", "unknown-word", "/runtimes"],
    ['name="a', "unclosed-quote", '"a'],
  ])("%s has the wrong part marked", (text, kind, part) => {
    const parsed = parseFilters(text);
    expect(parsed).toMatchObject({ ok: false, problem: { kind, text } });
    expect(!parsed.ok && text.slice(parsed.problem.span.start, parsed.problem.span.end)).toBe(part);
  });

  test("are mended to filters alone", () => {
    expect(parseFilters("group=rg-a staus=runing")).toMatchObject({
      problem: { nearest: "status", mended: "status=Running group=rg-a" },
    });
  });

  test("have a bound", () => {
    expect(parseFilters("x".repeat(20_001))).toMatchObject({ problem: { kind: "too-long" } });
  });
});
