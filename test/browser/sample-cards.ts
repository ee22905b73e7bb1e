import type { Block, Card, Row } from "../../src/cards/index.ts";

/** What somebody could have named a desktop to harm who looks at it. */
export const hostile = {
  markup: `<img src=x onerror="document.title='harmed'"><script>document.title='harmed'</script>`,
  link: "[pay](javascript:alert(1)) <at id=all></at>",
  turned: "agent-\u202e017-gpj.exe",
  control: "bell\u0007 escape\u001b[31m null\u0000",
  invisible: "ag\u200bent\ufeff-1",
  long: "very-long-name-".repeat(50),
} as const;

const pages = 6;

/** A list of twelve rows a page, as the bot draws it. */
export function listCard(page: number): Card {
  const rows = Array.from({ length: 12 }, (_, index) => rowOf((page - 1) * 12 + index + 1));
  const command = (at: number) => `/runtimes page=${at} size=12`;
  const steps = [
    ...(page > 1
      ? [{ label: "Previous", command: command(page - 1), role: "previous", style: "default" } as const]
      : []),
    ...(page < pages ? [{ label: "Next", command: command(page + 1), role: "next", style: "default" } as const] : []),
  ];
  return {
    header: {
      title: "Agent runtimes",
      colour: "orange",
      tags: [
        { text: "2 at risk", colour: "orange" },
        { text: "186 running", colour: "green" },
      ],
    },
    command: command(page),
    locale: "en",
    blocks: [
      {
        kind: "facts",
        style: "headline",
        facts: [
          { label: "runtimes", value: "240" },
          { label: "running", value: "186", colour: "green" },
          { label: "stopped", value: "41", colour: "grey" },
          { label: "other", value: "13" },
          { label: "at risk", value: "2", colour: "orange" },
        ],
      },
      {
        kind: "table",
        columns: [
          { key: "name", label: "Name", weight: 3 },
          { key: "status", label: "Status", weight: 2 },
          { key: "agent", label: "Agent", weight: 4 },
          { key: "user", label: "User", weight: 2 },
          { key: "risk", label: "Risk", weight: 3 },
        ],
        rows,
      },
      { kind: "page", page, pages, total: 72, text: `Page ${page} of ${pages} · 72 runtimes` },
      {
        kind: "buttons",
        buttons: [
          ...steps,
          { label: "Refresh", command: command(page), role: "refresh", style: "default" },
          { label: "Export", command: "/runtimes export", role: "other", style: "default" },
        ],
      },
      {
        kind: "pickers",
        pickers: [picker("Status", "status", ["Running", "Stopped"]), picker("Risk", "risk", ["yes", "no"])],
      },
      { kind: "command", text: command(page) },
    ],
  };
}

function picker(label: string, key: string, values: readonly string[]) {
  const any = { label: "any", command: "/runtimes page=1 size=12", selected: true };
  const options = values.map((value) => ({ label: value, command: `/runtimes ${key}=${value}`, selected: false }));
  return { label, options: [any, ...options] };
}

function rowOf(number: number): Row {
  const name = `agent-${String(number).padStart(3, "0")}`;
  const isAtRisk = number % 9 === 4;
  const isRunning = number % 5 !== 0;
  return {
    label: name,
    command: `/runtimes show ecd-${number}`,
    colour: isAtRisk ? "orange" : undefined,
    cells: [
      { text: name },
      { text: isRunning ? "Running" : "Stopped", colour: isRunning ? "green" : "grey" },
      { text: isRunning ? "OpenClaw 2026.4.15 · Running" : "HermesAgent 2026.3.13 · Stopped" },
      { text: number % 3 === 0 ? "–" : "li.na" },
      { text: isAtRisk ? "model changed" : "", colour: isAtRisk ? "orange" : undefined },
    ],
  };
}

/** One runtime, with every value hostile. */
export function detailCard(): Card {
  return {
    header: { title: hostile.markup, colour: "red", tags: [{ text: hostile.turned, colour: "red" }] },
    command: "/runtimes show ecd-1",
    locale: "en",
    blocks: [
      {
        kind: "text",
        tone: "warning",
        text: "The agent was uninstalled by someone other than the administrator.\nReinstall it.",
      },
      {
        kind: "facts",
        style: "list",
        facts: [
          { label: "Name", value: hostile.markup },
          { label: "Desktop", value: hostile.turned },
          { label: "Channel", value: hostile.link },
          { label: "User", value: hostile.control },
          { label: "Version", value: hostile.invisible, colour: "orange" },
          { label: "Template", value: hostile.long },
        ],
      },
      { kind: "table", columns: [{ key: "a", label: hostile.markup, weight: 1 }], rows: [hostileRow()] },
      { kind: "text", tone: "small", text: hostile.markup },
      {
        kind: "section",
        title: "Fields this version does not know",
        collapsed: true,
        blocks: [{ kind: "facts", style: "list", facts: [{ label: hostile.link, value: hostile.long }] }],
      },
      { kind: "command", text: `/runtimes show "${hostile.markup}"`, note: hostile.link },
      {
        kind: "buttons",
        buttons: [
          { label: "Back", command: "/runtimes page=1 size=12", role: "other", style: "primary" },
          { label: "Mute", command: "/alerts mute ecd-1", role: "other", style: "danger" },
          { label: "Details", command: "/why ecd-1", role: "details", style: "default" },
        ],
      },
    ],
  };
}

function hostileRow(): Row {
  return { label: hostile.markup, command: "/runtimes show x", cells: [{ text: hostile.markup, colour: "red" }] };
}

/** Shares and amounts; the slices can be pressed. */
export function summaryCard(): Card {
  const providers = ["OpenClaw", "HermesAgent", "JVS Computer", hostile.markup];
  const chart: Block = {
    kind: "chart",
    shape: "donut",
    title: "By status",
    total: 240,
    slices: [
      { label: "Running", value: 186, colour: "green", command: "/runtimes status=Running" },
      { label: "Stopped", value: 41, colour: "grey", command: "/runtimes status=Stopped" },
      { label: "Starting", value: 9, colour: "blue", command: "/runtimes status=Starting" },
      { label: "Rebuilding", value: 3, colour: "blue" },
      { label: "Expired", value: 1, colour: "red", command: "/runtimes status=Expired" },
    ],
  };
  return {
    header: { title: "The fleet in numbers", colour: "green", tags: [] },
    command: "/runtimes summary",
    locale: "en",
    blocks: [
      {
        kind: "facts",
        style: "headline",
        facts: [
          { label: "runtimes", value: "12,240" },
          { label: "at risk", value: "0", colour: "green" },
        ],
      },
      chart,
      {
        kind: "chart",
        shape: "bar",
        title: "By provider",
        total: 240,
        slices: providers.map((label, index) => ({
          label,
          value: 130 - 41 * index,
          command: `/runtimes provider=p${index}`,
        })),
      },
      {
        kind: "section",
        title: "By version",
        collapsed: false,
        blocks: [
          {
            kind: "chart",
            shape: "donut",
            title: "Versions",
            total: 8,
            slices: [
              { label: "2026.4.15", value: 5 },
              { label: "2026.3.13", value: 3 },
              { label: "2026.2.1", value: 0 },
            ],
          },
        ],
      },
    ],
  };
}

/** How the fleet went, and who is to be told. */
export function trendCard(): Card {
  const times = Array.from({ length: 24 }, (_, hour) => `30 Nov ${String(hour).padStart(2, "0")}:00`);
  const people = [{ name: "li.na", id: "ou_1" }, { name: hostile.markup }];
  return {
    header: { title: "Agent runtimes over a day", colour: "orange", tags: [] },
    command: "/runtimes trend days=1",
    locale: "en",
    blocks: [
      {
        kind: "timeline",
        title: "By status",
        times,
        series: [
          { label: "Running", colour: "green", values: times.map((_, hour) => 186 + (hour % 5)) },
          { label: "Stopped", values: times.map((_, hour) => (hour > 8 && hour < 12 ? null : 41 - (hour % 4))) },
          { label: hostile.markup, values: times.map(() => 3) },
        ],
      },
      {
        kind: "timeline",
        title: "At risk",
        times,
        series: [{ label: "At risk", colour: "orange", values: times.map((_, hour) => (hour === 7 ? 9 : 2)) }],
      },
      { kind: "timeline", title: "Unknown", times, series: [{ label: "Unknown", values: times.map(() => null) }] },
      { kind: "people", label: "Authorised", people },
    ],
  };
}

/** A bad command. */
export function problemCard(): Card {
  return {
    header: { title: "There is no status “Runing”", colour: "red", tags: [] },
    command: undefined,
    locale: "en",
    blocks: [
      {
        kind: "text",
        tone: "normal",
        text: "A status is one of Stopped, Starting, Rebuilding, Running, Stopping, Expired, Deleted, Pending.",
      },
      { kind: "marked", text: "/runtimes status=Runing risk=yes", start: 17, end: 23 },
      { kind: "text", tone: "strong", text: "Did you mean Running?" },
      {
        kind: "buttons",
        buttons: [
          {
            label: "/runtimes status=Running risk=yes",
            command: "/runtimes status=Running risk=yes",
            role: "other",
            style: "primary",
          },
        ],
      },
      { kind: "text", tone: "small", text: "Nothing was asked of the API." },
    ],
  };
}

/** The list in Chinese. */
export function chineseCard(): Card {
  return {
    header: { title: "智能体运行时", colour: "blue", tags: [{ text: "2 个有风险", colour: "orange" }] },
    command: "/runtimes",
    locale: "zh",
    blocks: [
      {
        kind: "facts",
        style: "headline",
        facts: [
          { label: "运行时", value: "240" },
          { label: "运行中", value: "186", colour: "green" },
        ],
      },
      {
        kind: "table",
        columns: [
          { key: "name", label: "名称", weight: 2 },
          { key: "status", label: "状态", weight: 1 },
          { key: "risk", label: "风险", weight: 2 },
        ],
        rows: [1, 2, 3].map((number) => ({
          label: `财务-${number}`,
          command: `/runtimes show ecd-${number}`,
          cells: [
            { text: `财务部云电脑-${number}` },
            { text: "运行中", colour: "green" },
            { text: number === 2 ? "模型被修改" : "" },
          ],
        })),
      },
      { kind: "page", page: 1, pages: 12, total: 240, text: "第 1/12 页 · 共 240 个" },
      {
        kind: "buttons",
        buttons: [
          { label: "下一页", command: "/runtimes page=2", role: "next", style: "default" },
          { label: "刷新", command: "/runtimes", role: "refresh", style: "default" },
        ],
      },
    ],
  };
}
