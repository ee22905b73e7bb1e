import { describe, expect, it } from "vitest";
import { renderDingTalk, withPicture } from "../../../adapters/dingtalk/render.ts";
import { type Block, toCard } from "../../../src/cards/index.ts";
import { problemCard, summaryCard } from "../../browser/sample-cards.ts";
import { failureOf, listingOf, runtimeOf, runtimesOf } from "../../builders.ts";
import { imagesOf, linksOf } from "../../platforms/dingtalk/markdown.ts";
import { button, card } from "../terminal/cards.ts";
import { drawn, listAnswer } from "./drawn.ts";

const table = (rows: number): Extract<Block, { kind: "table" }> => ({
  kind: "table",
  columns: ["Name", "Status", "Risk"].map((label) => ({ key: label, label, weight: 2 })),
  rows: Array.from({ length: rows }, (_, index) => ({
    label: `agent ${index}`,
    command: `/runtimes show ecd-${index}`,
    cells: [{ text: `agent ${index}` }, { text: "Running" }, { text: "–" }],
  })),
});

it("a card has the variables that its template knows", () => {
  const one = toCard(listAnswer(2), "en");
  const common = ["title", "markdown", "tips", "sys_full_json_obj"];
  expect(Object.keys(renderDingTalk(one, "public").params)).toEqual(common);
  expect(Object.keys(renderDingTalk(one, "own").params)).toEqual([
    ...common,
    "msgButtons",
    "state",
    "headline",
    "page",
    "command",
  ]);
});

describe("a list on DingTalk", () => {
  it("has its numbers, a line a runtime, its page and its command", () => {
    expect(drawn(toCard(listAnswer(4), "en")).lines).toEqual([
      "1000 runtimes · 4 running on this page · 1 at risk on this page",
      "agent-0001 · Running · OpenClaw 2026.4.15 Running · li.na",
      "agent-0002 · Running · OpenClaw 2026.4.15 Running · wang.w",
      "agent-0003 · Running · OpenClaw 2026.4.15 Running · zhao.yi",
      "⚠ agent-0004 · Running · OpenClaw 2026.4.15 Running · li.na · model changed",
      "Page 2 of 250 · 1000 runtimes",
      "/runtimes page=2 size=4",
    ]);
  });

  it("says the same in Chinese", () => {
    const { lines, labels } = drawn(toCard(listAnswer(1, { risks: ["agent-uninstalled"] }), "zh"));
    expect(lines).toContain("⛔ agent-0001 · 运行中 · OpenClaw 2026.4.15 运行中 · li.na · 代理已卸载");
    expect(lines).toContain("第 2/1000 页 · 共 1000 个");
    expect(labels).toEqual(["← 上一页", "下一页 →", "↻ 刷新", "导出", "汇总"]);
  });

  it("has the buttons that a list has, and no menu as buttons", () => {
    const { labels, buttons } = drawn(toCard(listAnswer(4), "en"));
    expect(labels).toEqual(["← Previous", "Next →", "↻ Refresh", "Export", "Summary"]);
    expect(buttons[1]).toMatchObject({ command: "/runtimes page=3 size=4" });
  });

  it("has no Previous on its first page and no Next on its last", () => {
    const answer = { ...listAnswer(3), command: { kind: "list", filters: {}, page: 1, size: 10 } } as const;
    const { labels } = drawn(toCard({ ...answer, listing: listingOf(runtimesOf(3)) }, "en"));
    expect(labels).toEqual(["↻ Refresh", "Export", "Summary"]);
  });

  it("says before its rows what is wrong with it", () => {
    const answer = listAnswer(3);
    const { lines } = drawn(toCard({ ...answer, listing: { ...answer.listing, complete: false } }, "en"));
    expect(lines[1]).toBe("⚠ The list changed while it was read: some runtimes may be missing.");
  });

  it("gives an operator's template the parts as plain texts", () => {
    const { params } = drawn(toCard(listAnswer(4), "en"));
    expect(params).toMatchObject({
      title: "Agent runtimes",
      state: "orange",
      headline: "1000 runtimes · 4 running on this page · 1 at risk on this page",
      page: "Page 2 of 250 · 1000 runtimes",
      command: "/runtimes page=2 size=4",
      tips: "",
    });
  });

  it("says what it is in a notification", () => {
    const { title, summary } = drawn(toCard(listAnswer(4), "en"));
    expect(title).toBe("Agent runtimes");
    expect(summary).toBe("Agent runtimes: 1000 runtimes · 4 running on this page · 1 at risk on this page");
  });
});

describe("other cards on DingTalk", () => {
  it("show everything of a runtime, in sections", () => {
    const runtime = runtimeOf({ risks: ["model-modified"], name: "agent-017" });
    const command = { kind: "show", target: "agent-017" } as const;
    const { lines, markdown, title } = drawn(toCard({ kind: "runtime", command, runtime, byUser: true }, "en"));
    expect(title).toBe("agent-017");
    expect(lines[0]).toBe("Running · model changed");
    expect(markdown).toContain("#### Desktop\n\nId: ecd-1<br>");
    expect(lines).toContain("Resource group: Finance (rg-finance)");
  });

  it("offer runtimes of one name, told apart by their ids", () => {
    const runtimes = runtimesOf(3, { name: "agent-1" });
    const command = { kind: "show", target: "agent-1" } as const;
    const { labels } = drawn(toCard({ kind: "choices", command, target: "agent-1", runtimes, showsUsers: true }, "en"));
    expect(labels).toEqual(["agent-1 (ecd-1)", "agent-1 (ecd-2)", "agent-1 (ecd-3)"]);
  });

  it("offer as many of more runtimes as have room, and say so", () => {
    const runtimes = runtimesOf(14, { name: "agent-1" });
    const command = { kind: "show", target: "agent-1" } as const;
    const card = drawn(toCard({ kind: "choices", command, target: "agent-1", runtimes, showsUsers: true }, "en"));
    expect(card.labels).toHaveLength(10);
    expect(card.lines.at(-1)).toBe("To fit on this card: some buttons are left out.");
  });

  it("show the place of a mistake, and a command to run instead", () => {
    const { markdown, labels } = drawn(problemCard());
    expect(markdown).toContain("/runtimes status=<font color=#DC2626>«Runing»</font> risk=yes");
    expect(labels).toEqual(["/runtimes status=Running risk=yes"]);
  });

  it("show a place where something is missing", () => {
    const { markdown } = drawn(card([{ kind: "marked", text: "/why", start: 4, end: 4 }]));
    expect(markdown).toBe("/why<font color=#DC2626>▲</font>");
  });

  it("say a failure in its colour, and the rest small", () => {
    const failure = failureOf({ requestId: "REQ-1" });
    const command = { kind: "list", filters: {}, page: 1, size: 10 } as const;
    const { markdown, lines } = drawn(toCard({ kind: "failure", failure, command }, "en"));
    expect(markdown).toMatch(/^<font color=#DC2626>\*\*[^*]+\*\*<\/font>\n\n/);
    expect(lines).toContain("Request id REQ-1");
  });

  it("explain themselves when asked for help, with commands to copy", () => {
    const help = { kind: "help", command: { kind: "help" }, providers: ["OpenClaw"], byUser: true } as const;
    const { lines } = drawn(toCard(help, "en"));
    expect(lines).toContain("/runtimes sort=-risk size=20");
    expect(lines).toContain("Shows counts and shares.");
  });

  it.each(["en", "zh"] as const)("name every filter on one card in %s", (locale) => {
    const command = { kind: "help", topic: "filters" } as const;
    const { whole, lines } = drawn(toCard({ kind: "help", command, providers: ["OpenClaw"], byUser: true }, locale));
    expect(whole).toBe(true);
    expect(lines.filter((line) => /^(provider|status|risk|office|by) · /.test(line))).toHaveLength(5);
  });

  it("are loud as they are to be", () => {
    const tones = (["normal", "strong", "small", "warning"] as const).map(
      (tone) => ({ kind: "text", tone, text: "Counted." }) as const,
    );
    expect(drawn(card(tones)).markdown.split("\n\n")).toEqual([
      "Counted\\.",
      "**Counted\\.**",
      "<font color=#808690 sizeToken=common_footnote_text_style__font_size>Counted\\.</font>",
      "<font color=#B45309>⚠ Counted\\.</font>",
    ]);
  });
});

describe("buttons of a DingTalk card", () => {
  it("have labels that are no ids, whatever the things are called that they name", () => {
    const labels = ["c.L2hlbHA", "h.LoAh_Nde3KP7JX7RUqEqU8", "C.L2hlbHA", "ac.L2hlbHA", " c.x", "c", "c. "];
    const buttons = labels.map((label) => ({ label, command: "/help", role: "details", style: "default" }) as const);
    expect(drawn(card([{ kind: "buttons", buttons }])).labels).toEqual([
      ...["c．L2hlbHA", "h．LoAh_Nde3KP7JX7RUqEqU8", "C.L2hlbHA", "ac.L2hlbHA", "c．x", "c", "c．"],
    ]);
  });

  it("have each an id and a label of its own", () => {
    const twice = [button("Run", "/runtimes"), button("Run", "/runtimes"), button("Run", "/help")];
    const { buttons } = drawn(card([{ kind: "buttons", buttons: twice }]));
    expect(buttons).toEqual([
      { id: "c.L3J1bnRpbWVz", label: "Run", command: "/runtimes" },
      { id: "c.L3J1bnRpbWVz.2", label: "Run (2)", command: "/runtimes" },
      { id: "c.L2hlbHA", label: "Run (3)", command: "/help" },
    ]);
  });

  it("say the same id in both places where a callback may look for it", () => {
    const { params } = drawn(card([{ kind: "buttons", buttons: [{ ...button("Mute", "/x"), style: "danger" }] }]));
    expect(JSON.parse(params.sys_full_json_obj ?? "")).toEqual({
      msgButtons: [{ text: "Mute", color: "red", id: "c.L3g", request: true, params: { id: "c.L3g" } }],
    });
  });

  it("turn pages before they do anything else", () => {
    const many = Array.from({ length: 15 }, (_, index) => button(`Other ${index}`, `/runtimes page=${index + 10}`));
    const next = { ...button("Next", "/runtimes page=2"), role: "next" } as const;
    const { labels, lines, whole } = drawn(card([{ kind: "buttons", buttons: [...many, next] }]));
    expect(labels).toHaveLength(10);
    expect(labels.slice(-2)).toEqual(["Other 8", "Next →"]);
    expect(lines).toEqual(["To fit on this card: some buttons are left out."]);
    expect(whole).toBe(true);
  });

  it("fit, with hashes for ids where their commands are long", () => {
    const long = Array.from({ length: 10 }, (_, index) =>
      button("长".repeat(60), `/runtimes name=${"x".repeat(90)}${index}`),
    );
    const { buttons, whole } = drawn(card([{ kind: "buttons", buttons: long }]));
    expect(buttons.map(({ command }) => command)).toEqual(long.map(({ command }) => command));
    expect(buttons.every(({ id }) => id.startsWith("h."))).toBe(true);
    expect(whole).toBe(true);
  });

  it("make the card less than whole when one that turns pages is too long to be taken back", () => {
    const next = { ...button("Next", `/runtimes name=${"x".repeat(20_000)}`), role: "next" } as const;
    expect(drawn(card([{ kind: "buttons", buttons: [next] }]))).toMatchObject({ whole: false, buttons: [] });
  });

  it("are the rows of a card without pages, where these are few", () => {
    expect(drawn(card([table(6)])).labels).toHaveLength(6);
    expect(drawn(card([table(7)])).labels).toEqual([]);
    const page: Block = { kind: "page", page: 1, pages: 2, total: 8, text: "Page 1 of 2" };
    expect(drawn(card([table(4), page])).labels).toEqual([]);
  });

  it("are the choices of a picker that all find room", () => {
    const picker = (count: number): Block => ({
      kind: "pickers",
      pickers: [
        {
          label: "Days",
          options: Array.from({ length: count }, (_, index) => ({
            label: `${index}`,
            command: `/runtimes trend days=${index}`,
            selected: index === 0,
          })),
        },
      ],
    });
    expect(drawn(card([picker(3)])).labels).toEqual(["Days: 1", "Days: 2"]);
    expect(drawn(card([picker(12)])).labels).toEqual([]);
  });
});

describe("charts on a DingTalk card", () => {
  it("are lines in the colours of their picture", () => {
    const { lines, markdown, picture } = drawn(summaryCard());
    expect(lines[1]).toBe("① By status ■ Running 186 · ■ Stopped 41 · ■ Starting 9 · ■ Rebuilding 3 · ■ Expired 1");
    expect(markdown).toContain("<font color=#1FA968>■</font> Running **186**");
    expect(picture.map(({ title }) => title)).toEqual(["By status", "By provider", "Versions"]);
  });

  it("show their picture above the first of these lines", () => {
    const { params, markdown } = drawn(summaryCard());
    const pictured = withPicture(params, "@lADPDfJ6V_FPDmvNAfTNAfQ");
    expect(imagesOf(pictured.markdown ?? "")).toEqual([{ text: "", url: "@lADPDfJ6V_FPDmvNAfTNAfQ" }]);
    expect(pictured.markdown?.replace("![](@lADPDfJ6V_FPDmvNAfTNAfQ)\n\n①", "①")).toBe(markdown);
    expect({ ...pictured, markdown }).toEqual(params);
  });

  it("show it on top where nothing is above them", () => {
    const { params } = drawn(card([chart(2)]));
    expect(withPicture(params, "@id").markdown).toMatch(/^!\[\]\(@id\)\n\n① /);
  });

  it("show no picture without a chart or with an id that is none", () => {
    const { params } = drawn(summaryCard());
    for (const id of ["", "@a) **x**", "@a\n", "@".padEnd(121, "a")]) expect(withPicture(params, id)).toBe(params);
    const without = drawn(card([{ kind: "text", tone: "normal", text: " <font color=#1FA968>■</font>" }]));
    expect(withPicture(without.params, "@id")).toBe(without.params);
    expect(without.picture).toEqual([]);
  });

  it("leave room for the longest id", () => {
    const fullest = drawn(card([chart(3), { kind: "text", tone: "normal", text: "x".repeat(1_950) }, table(30)]));
    const { markdown = "" } = withPicture(fullest.params, "@".padEnd(120, "a"));
    expect(fullest.picture).toHaveLength(1);
    expect(imagesOf(markdown)).toHaveLength(1);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(2_500);
  });

  it("leave out what counts nothing, and those that are of nothing", () => {
    const { lines, picture } = drawn(card([chart(0), { ...chart(3), total: 0 }]));
    expect(lines).toEqual(["Status –", "Status –"]);
    expect(picture).toEqual([]);
  });

  it("have as many slices in the picture as in the lines", () => {
    const many = { ...chart(40), slices: [...chart(40).slices, { label: "none", value: 0 }] };
    const { picture, lines } = drawn(card([many]));
    expect(lines[0]?.match(/■/g)).toHaveLength(16);
    expect(lines[0]).toMatch(/ · 24 more$/);
    expect(picture).toEqual([{ ...many, slices: many.slices.slice(0, 16) }]);
  });
});

function chart(count: number): Extract<Block, { kind: "chart" }> {
  const slices = Array.from({ length: count }, (_, index) => ({ label: `v${index}`, value: index + 1 }));
  return { kind: "chart", shape: "bar", title: "Status", total: 100, slices };
}

describe("a text of somebody on a DingTalk card", () => {
  it("is shown to the letter and does nothing", () => {
    const text =
      "[pay](https://evil.example/) <at id=all></at> @everyone `x` **y** ~z~ | ![](http://a.b/c.png) www.evil.com &#64;";
    const { markdown, lines, params } = drawn(card([{ kind: "text", tone: "normal", text }]));
    expect(lines[0]?.replaceAll("\u200d", "")).toBe(text);
    expect(lines[0]).toContain("@\u200deveryone");
    expect([...linksOf(markdown), ...imagesOf(markdown)]).toEqual([]);
    expect(params.headline).toBe("");
  });

  it("is one line of characters that are seen", () => {
    const { lines } = drawn(card([{ kind: "text", tone: "normal", text: "a\nb\u202ec\u0007d\u200be" }]));
    expect(lines).toEqual(["a bcde"]);
  });

  it("is neither markup nor a mention in titles, notifications and labels", () => {
    const text = "**@all** <b>[x](http://evil.example)";
    const header = { title: text, colour: "red", tags: [] } as const;
    const { title, summary, params, labels } = drawn(
      card([{ kind: "buttons", buttons: [button(text, "/x")] }], { header }),
    );
    expect(title).toBe("＊＊@\u200dall＊＊ ＜b＞［x］(http：／／evil.\u200dexample)");
    expect([summary, params.title]).toEqual([title, title]);
    expect(labels).toEqual(["**@\u200dall** ＜b＞[x](http://evil.example)"]);
  });

  it("calls nobody by an @ of another width, and is no address without a scheme", () => {
    const text = "＠all ﹫all www.evil.example";
    const { title, lines } = drawn(
      card([{ kind: "text", tone: "normal", text }], { header: { title: text, colour: "red", tags: [] } }),
    );
    for (const shown of [title, lines[0] ?? ""]) {
      expect(shown.replaceAll("\u200d", "")).toBe(text);
      expect(shown).toContain("＠\u200dall ﹫\u200dall www\u200d.");
    }
    const command = "/runtimes name=＠all";
    expect(drawn(card([{ kind: "command", text: command }])).lines).toEqual(["/runtimes name=＠\u200dall"]);
  });

  it("can be copied with a command that it stands in, as long as it calls nobody", () => {
    const text = '/runtimes user=li@corp.example name="a_b*c  d"';
    expect(drawn(card([{ kind: "command", text }])).lines).toEqual([text]);
    expect(drawn(card([{ kind: "command", text: "/runtimes name=@all" }])).lines).toEqual([
      "/runtimes name=@\u200dall",
    ]);
  });

  it("keeps a command out of a variable of which nobody knows how it is shown", () => {
    expect(drawn(card([], { command: "/runtimes name=a_b" })).params.command).toBe("");
    expect(drawn(card([], { command: "/runtimes user=@all" })).params.command).toBe("");
    expect(drawn(card([], { command: "/runtimes name=evil.example" })).params.command).toBe("");
    expect(drawn(card([], { command: "/runtimes status=Running page=2" })).params.command).not.toBe("");
  });
});
