import { textsOf } from "../src/cards/index.ts";
import {
  daysWords,
  defaultAuditDays,
  defaultSize,
  defaultTrendDays,
  type Key,
  keyDefinition,
  limits,
  muteTimes,
  type OptionKey,
  optionDefinition,
  optionsOf,
  printDuration,
  viewWords,
} from "../src/commands/index.ts";
import { filterDefinition, filterKeyNames } from "../src/fleet/index.ts";
import { commandRows } from "./command-rows.ts";
import { code, table } from "./markdown.ts";

const texts = textsOf("en");
const count = new Intl.NumberFormat("en");

/** docs/commands.md, from the tables that the parser reads and the English texts of the help. */
export function commandsPage(): string {
  const sections = [
    introduction,
    commands(),
    filters(),
    options(),
    views,
    alerts,
    digests,
    audit,
    file,
    writing,
    mistakes,
    canonical,
  ];
  return `${sections.join("\n\n")}\n`;
}

const introduction = `<!-- Written by npm run docs from src/fleet/keys.ts, src/commands and src/cards/texts. Change those. -->

# Commands

A message that begins with a slash is a command; the bot answers it with one card. A mention of the bot before the slash
is left out, and so are links that a chat client makes of words.

    /runtimes status=Running risk=yes
    /runtimes show agent-017
    /runtimes summary by=version
    /alerts on risk=yes

Everything else in a chat is talk among people.`;

function commands(): string {
  const head = ["command", "also", "does"];
  return `## The commands

${table(head, commandRows(texts))}

${code("/runtimes risks")} takes filters that narrow it further: ${code("/runtimes risks risk=model-modified")} lists the
runtimes whose model was changed. ${code("show")} and ${code("/why")} take the id or the whole name of a runtime, also as
${code("id=…")} or ${code("name=…")}. ${code("/help filters")} shows the table below on a card. ${code("/alerts")} and
${code("/digest")} alone are their ${code("status")}, ${code("/view")} alone is ${code("/view list")}, and ${code("/lang")}
alone says which language it is.`;
}

function filters(): string {
  const rows = filterKeyNames.map((key) => {
    const { chinese, parameter, example } = filterDefinition(key);
    const sent = parameter === "" ? "matched here" : parameter;
    return [code(key), chinese, sent, valuesOf(key), texts.keys[key], code(`${key}=${example}`)];
  });
  return `## Filters

Each filter narrows the list; all of them have to hold. A key has three names: the English one, the Chinese one, and that
of the parameter of ListDesktopAgentRuntime (App Streaming, version 2021-09-01) that it stands for.

${table(["key", "Chinese", "parameter", "values", "means", "example"], rows)}

The API filters by these parameters. What has none, the names of channels and the kinds of risk are matched here: the bot
reads the list that the API has narrowed so far. Names of runtimes are compared here once more, since the API does not say
how it compares them. Providers are asked for one after the other and shown as one list. The API's page does not name
ManagementStatus, AgentImOnlineStatus and OfficeSiteId yet; the public SDKs do.`;
}

function valuesOf(key: Key): string {
  const { shape, values, open } = keyDefinition(key);
  if (shape === "whole") {
    return "a whole number";
  }
  const words = [...values.map(code), ...(open ? ["any text"] : [])].join(", ");
  return shape === "list" || shape === "flag-or-names" ? `${words}; list` : words;
}

function options(): string {
  const takers: Readonly<Record<OptionKey, string>> = {
    page: "list, alert, audit",
    size: "list, audit",
    sort: "list",
    view: "list, summary, export, trend, watch, digest",
    by: "summary, trend",
    format: "export",
    days: "trend, audit",
    for: "mute",
    at: "digest",
    tz: "digest",
    until: "audit",
  };
  const values: Readonly<Record<OptionKey, string>> = {
    page: `1 to ${count.format(limits.page)}; 1 unless given`,
    size: `1 to ${limits.pageSize}; ${defaultSize} unless given`,
    sort: `${valuesOf("sort")}; with \`-\` before it for descending`,
    view: `the name of a view, ${limits.viewName} characters at most`,
    by: valuesOf("by"),
    format: `${valuesOf("format")}; unless given, what the chat takes`,
    days: `1 to ${limits.trendDays}; ${defaultTrendDays} unless given. Of an audit, 1 to ${limits.auditDays}; ${defaultAuditDays} unless given. Of a digest, days of the week: see below`,
    for: `${printDuration(muteTimes.least)} to ${printDuration(muteTimes.most)}, as ${["30m", "2h", "1d12h"].map(code).join(", ")}; ${code(printDuration(muteTimes.usual))} unless given`,
    at: `a time of the day, as ${["09:00", "9:00", "9点", "9点30分"].map(code).join(", ")}`,
    tz: "a name of the time zone database; that of the configuration unless given",
    until: "where a page of an audit begins, as its buttons write it; at the newest unless given",
  };
  const keys = [...new Set(Object.values(optionsOf).flat())];
  const rows = keys.map((key) => {
    const { chinese, also, parameter, example } = optionDefinition(key);
    const names = [chinese, ...also].join(", ");
    return [code(key), names, parameter, takers[key], values[key], texts.keys[key], code(`${key}=${example}`)];
  });
  return `## Options

${table(["key", "Chinese, also", "parameter", "of a", "values", "means", "example"], rows)}

Without an order, runtimes stand as the API lists them. The API has no order of its own, so an order reads the whole list
before the first page is shown. A page beyond the last says so and offers the last one.`;
}

const views = `## Views

${code('/view save "finance, running" group=rg-finance status=Running')} keeps filters under a name for the chat, and
${code('/view "finance, running"')} lists what they match: it is ${code('/runtimes view="finance, running"')}. Filters may follow, and
where both name a key, those that are typed count. Every command with filters takes ${code("view=NAME")} as well. No view can
be called ${viewWords.map(({ name }) => code(name)).join(", ")} or by their other names. A view holds filters alone: no
page, no order, no other view.`;

const alerts = `## Alerts

${code("/alerts on")} watches everything at risk, ${code("/alerts on group=rg-finance risk=agent-uninstalled")} a part of it; with
${code("preview")} nothing is saved. A second ${code("/alerts on")} takes the place of the first. ${code("ack")} takes the
id on an alert card, or a runtime; ${code("mute")} a runtime, or ${code("all")} (${code("全部")}), and ends by itself:
${code("/alerts mute agent-017 for=8h")}.

A time is written in days, hours and minutes, the larger first: ${["30m", "2h", "1d12h"].map(code).join(", ")}, also
${["30分钟", "2小时", "1天"].map(code).join(", ")}. A number alone says no unit and is not taken.

[alerts.md](alerts.md) says what is told when, and what is promised.`;

const audit = `## Audit

${code("/audit")} shows what was done in the chat over the last day, newest first, to who has the right ${code("admin")}; with
${code("days=7")} more of it, and with ${code("user=ou_0123456789,li.na")} what some people did, by their ids or by the names that
${code("people")} of the configuration gives them. Next and Previous keep their places: ${code("until=")} says where a page begins, so that
what is done meanwhile moves no entry to another page. See [audit.md](audit.md).`;

const digests = `## Digests

${code("/digest on at=09:00 days=mon-fri tz=Asia/Shanghai risk=yes")} brings a summary at nine on working days. The days of a
digest are ${daysWords.map(code).join(", ")}, lists and ranges of them (${code("days=mon-wed,fri")}, ${code("fri-mon")} over
the end of the week), and in Chinese ${["周一", "星期一", "周一至周五", "工作日", "周末", "每天"].map(code).join(", ")}; every day unless
they are given.`;

const file = `## A file of the whole result

${code("/runtimes export")} brings the whole result as a file into the chat: one row a runtime, in the order of the API, up to
100,000 of them. ${code("format=csv")} is plain text in UTF-8 for any program, ${code("format=xlsx")} a workbook with a filter
on every column. Where a chat does not take a csv, or not one of this size, a zip holds it. The file is called
${code("runtimes-YYYYMMDD-HHMM")}, the time in UTC, and its headings are in the language of the chat.

Statuses, providers and channels stand in it as the API spells them, kinds of risk as filters do; several agents of one
runtime stand in one cell, in the same order in each column. No cell is ever a formula, whatever a
runtime is called: in a workbook every text is a text, and in a csv what a spreadsheet would take for a formula begins with
an apostrophe. Users stand in it as they are shown in the chat: in full, by their first letter, or not at all.`;

const writing = `## How it is written

- ${["key=value", "key:value", "--key value", "--key=value"].map(code).join(", ")} mean the same. Blanks may stand
  around ${code("=")}, ${code(":")} and commas.
- A list takes commas: ${code("status=Running,Stopped")}. A key that takes a list may be given twice, and means all of its
  values: ${code("status=Running status=Stopped")}. Any other key takes one value, once.
- Names of commands, keys and documented values ignore case, ${code("-")} and ${code("_")}: ${code("RISK_INFO=Yes")} is
  ${code("risk-info=yes")}. Names of runtimes ignore case; versions, ids, users and groups are compared as they are.
- For ${code("yes")} and ${code("no")}, ${["true", "false", "on", "off", "1", "0", "是", "否"].map(code).join(" ")} will do.
- Values with blanks, commas or quotation marks in them are quoted: ${code('/runtimes name="agent 17","agent 18"')}. Single,
  double and Chinese quotation marks will do; inside them, ${code("\\")} keeps a quotation mark that belongs to the value.
- Full-width signs are the same as half-width ones: ${code("／运行时　状态＝Running，Stopped")}.
- A key takes at most ${limits.valuesOfKey} values of ${limits.valueLength} characters, a command ${count.format(limits.text)} characters.`;

const mistakes = `## Mistakes

A command that cannot be read asks the API for nothing. Its card says what is wrong, marks the place, names the nearest word
when there is one, and has a button that runs the mended command. Wrong are, for example:

- ${code("/export status=Running")}: no such command; the nearest is ${code("/runtimes export")}
- ${code("stauts=Running")}: no such key; the nearest is ${code("status")}
- ${code("status=Runing")}: no such value of ${code("status")}; the nearest is ${code("Running")}
- ${code(`size=${limits.pageSize + 1}`)}: more than a card shows
- ${code("group=rg-a,rg-b")}: the API takes one group
- ${code("risk=yes,no")}: either yes, or no, or kinds of risk
- ${code("risk=yes risk-info=no")}: the second leaves out what the first asks for
- ${code("page=2")} after ${code("/runtimes summary")}: a summary has no pages
- ${code("format=csv")} after ${code("/runtimes summary")}: only a file has a format
- ${code("for=2")} after ${code("/alerts mute all")}: two of what; the nearest is ${code("2h")}
- ${code("days=mon")} after ${code("/digest on")}: a digest has a time; the nearest is ${code("on at=09:00")}
- ${code("tz=Shanghai")} after ${code("/digest on at=09:00")}: no such zone; the nearest is ${code("Asia/Shanghai")}
- ${code("list status=Running")} after ${code("/view save")}: a view cannot be called by a word of its command`;

const canonical = `## The text on a card

A card shows the command that made it. That text can be copied, changed, typed again and kept: every button is such a text.
However a command was typed, this text is one: filters in the order of the table, then the order, the page and the size, and
what is not said is left out. A time is written in its largest units, ${code("1h30m")}, days in the order of the week,
${code("mon-wed,fri")}.`;
