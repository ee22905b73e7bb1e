import { textsOf } from "../src/cards/index.ts";
import {
  commandNames,
  defaultSize,
  type Key,
  keyDefinition,
  limits,
  optionDefinition,
  optionsOf,
  subcommands,
  topics,
} from "../src/commands/index.ts";
import { filterDefinition, filterKeyNames } from "../src/fleet/index.ts";

const texts = textsOf("en");
const count = new Intl.NumberFormat("en");

/** docs/commands.md, from the tables that the parser reads and the English texts of the help. */
export function commandsPage(): string {
  const sections = [introduction, commands(), filters(), options(), file, writing, mistakes, canonical];
  return `${sections.join("\n\n")}\n`;
}

const introduction = `<!-- Written by npm run docs from src/fleet/keys.ts, src/commands and src/cards/texts. Change those. -->

# Commands

A message that begins with a slash is a command; the bot answers it with one card. A mention of the bot before the slash
is left out, and so are links that a chat client makes of words.

    /runtimes status=Running risk=yes
    /runtimes show agent-017
    /runtimes summary by=version

Everything else in a chat is talk among people.`;

function commands(): string {
  const head = ["command", "also", "does"];
  return `## The commands

${table(head, [...commandRows(), helpRow()])}

${code("/runtimes risks")} takes filters that narrow it further: ${code("/runtimes risks risk=model-modified")} lists the
runtimes whose model was changed. ${code("show")} takes the id or the whole name of a runtime, also as
${code("id=…")} or ${code("name=…")}. ${code("/help filters")} shows the table below on a card.`;
}

function commandRows(): readonly (readonly string[])[] {
  const aliases = aliasesOf(commandNames, "/runtimes");
  const list = ["/runtimes [filter…] [page=N] [size=N] [sort=key|-key]", aliases, texts.help.commands.runtimes];
  const words = {
    show: "<id or name>",
    summary: "[filter…] [by=key]",
    risks: "[filter…] [page=N] [size=N] [sort=key]",
    export: "[filter…] [format=csv|xlsx]",
  };
  return [
    list,
    ...subcommands.map(({ name }) => [
      `/runtimes ${name} ${words[name]}`,
      aliasesOf(subcommands, name),
      texts.help.commands[name],
    ]),
  ].map(([command = "", ...rest]) => [code(command), ...rest]);
}

function helpRow(): readonly string[] {
  return [
    code("/help [topic]"),
    aliasesOf(commandNames, "/help"),
    `what can be typed; topics are ${topics.map(code).join(", ")}`,
  ];
}

function aliasesOf<Name extends string>(
  words: readonly { readonly name: Name; readonly aliases: readonly string[] }[],
  name: Name,
): string {
  return (words.find((word) => word.name === name)?.aliases ?? []).map(code).join(" ");
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
  const takers = { page: "list", size: "list", sort: "list", by: "summary", format: "export" } as const;
  const values = {
    page: `1 to ${count.format(limits.page)}; 1 unless given`,
    size: `1 to ${limits.pageSize}; ${defaultSize} unless given`,
    sort: `${valuesOf("sort")}; with \`-\` before it for descending`,
    by: valuesOf("by"),
    format: `${valuesOf("format")}; unless given, what the chat takes`,
  };
  const rows = [...optionsOf.list, ...optionsOf.summary, ...optionsOf.export].map((key) => {
    const { chinese, parameter, example } = optionDefinition(key);
    return [code(key), chinese, parameter, takers[key], values[key], texts.keys[key], code(`${key}=${example}`)];
  });
  return `## Page, size, order, format

${table(["key", "Chinese", "parameter", "of a", "values", "means", "example"], rows)}

Without an order, runtimes stand as the API lists them. The API has no order of its own, so an order reads the whole list
before the first page is shown. A page beyond the last says so and offers the last one.`;
}

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

- ${code("stauts=Running")}: no such key; the nearest is ${code("status")}
- ${code("status=Runing")}: no such value of ${code("status")}; the nearest is ${code("Running")}
- ${code(`size=${limits.pageSize + 1}`)}: more than a card shows
- ${code("group=rg-a,rg-b")}: the API takes one group
- ${code("risk=yes,no")}: either yes, or no, or kinds of risk
- ${code("risk=yes risk-info=no")}: the second leaves out what the first asks for
- ${code("page=2")} after ${code("/runtimes summary")}: a summary has no pages
- ${code("format=csv")} after ${code("/runtimes summary")}: only a file has a format`;

const canonical = `## The text on a card

A card shows the command that made it. That text can be copied, changed, typed again and kept: every button is such a text.
However a command was typed, this text is one: filters in the order of the table, then the order, the page and the size, and
what is not said is left out.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
