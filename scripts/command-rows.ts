import type { Texts } from "../src/cards/index.ts";
import {
  alertsWords,
  commandNames,
  defaultTrendDays,
  digestWords,
  languages,
  muteTimes,
  printDuration,
  subcommands,
  topics,
  viewWords,
} from "../src/commands/index.ts";
import { code } from "./markdown.ts";

/** Every command, its other names, and what it does. */
export function commandRows(texts: Texts): readonly (readonly string[])[] {
  return [...runtimesRows(texts), whyRow(texts), ...chatRows(texts), helpRow()];
}

function row(command: string, aliases: string, does: string): readonly string[] {
  return [code(command), aliases, does];
}

function runtimesRows(texts: Texts): readonly (readonly string[])[] {
  const list = "/runtimes [filter…] [view=NAME] [page=N] [size=N] [sort=key|-key]";
  const words = {
    show: "<id or name>",
    summary: "[filter…] [view=NAME] [by=key]",
    risks: "[filter…] [view=NAME] [page=N] [size=N] [sort=key]",
    export: "[filter…] [view=NAME] [format=csv|xlsx]",
    trend: `[filter…] [view=NAME] [days=${defaultTrendDays}] [by=key]`,
  };
  return [
    row(list, aliasesOf(commandNames, "/runtimes"), texts.help.commands.runtimes),
    ...subcommands.map(({ name }) =>
      row(`/runtimes ${name} ${words[name]}`, aliasesOf(subcommands, name), texts.help.commands[name]),
    ),
  ];
}

function whyRow(texts: Texts): readonly string[] {
  return row("/why <runtime or alert>", aliasesOf(commandNames, "/why"), texts.help.commands.why);
}

/** What is kept for a chat. The first row of a command has its other names as well as those of its word. */
function chatRows(texts: Texts): readonly (readonly string[])[] {
  const behind = {
    "/alerts on": " [filter…] [view=NAME] [preview]",
    "/alerts off": "",
    "/alerts status": "",
    "/alerts test": "",
    "/alerts show": " <alert> [page=N]",
    "/alerts ack": " <alert, runtime or all>",
    "/alerts mute": ` <runtime or all> [for=${printDuration(muteTimes.usual)}]`,
    "/alerts unmute": " <runtime or all>",
    "/digest on": " at=HH:MM [days=mon-fri] [tz=Asia/Shanghai] [filter…] [view=NAME]",
    "/digest off": "",
    "/digest status": "",
    "/view save": " <name> <filter…>",
    "/view list": "",
    "/view drop": " <name>",
  };
  const rowOf = (name: keyof typeof behind, aliases: string) =>
    row(`${name}${behind[name]}`, aliases, texts.commandWords[name]);
  return [
    ...alertsWords.map(({ name }) => rowOf(`/alerts ${name}`, aliasesIn("/alerts", alertsWords, name))),
    ...digestWords.map(({ name }) => rowOf(`/digest ${name}`, aliasesIn("/digest", digestWords, name))),
    ...viewWords.map(({ name }) => rowOf(`/view ${name}`, aliasesIn("/view", viewWords, name))),
    row("/view <name> [filter…] [page=N] [size=N] [sort=key]", "", "Lists the runtimes of a view, as `view=` does."),
    row(
      `/lang [${languages.map(({ name }) => name).join("|")}]`,
      `${aliasesOf(commandNames, "/lang")}; ${languages.map(({ name }) => aliasesOf(languages, name)).join(" ")}`,
      texts.help.commands.lang,
    ),
    row(
      "/audit [user=id or name] [days=1] [page=N] [size=N]",
      aliasesOf(commandNames, "/audit"),
      texts.help.commands.audit,
    ),
  ];
}

function aliasesIn<Name extends string>(
  command: (typeof commandNames)[number]["name"],
  words: readonly { readonly name: Name; readonly aliases: readonly string[] }[],
  name: Name,
): string {
  const first = words[0]?.name === name;
  return first ? `${aliasesOf(commandNames, command)}; ${aliasesOf(words, name)}` : aliasesOf(words, name);
}

function helpRow(): readonly string[] {
  return row(
    "/help [topic]",
    aliasesOf(commandNames, "/help"),
    `what can be typed; topics are ${topics.map(code).join(", ")}`,
  );
}

function aliasesOf<Name extends string>(
  words: readonly { readonly name: Name; readonly aliases: readonly string[] }[],
  name: Name,
): string {
  return (words.find((word) => word.name === name)?.aliases ?? []).map(code).join(" ");
}
