import { everything } from "./command.ts";
import { foldWord, lookUp } from "./nearest.ts";

/** A word of the grammar with everything that means the same. */
export interface Word<Name extends string> {
  readonly name: Name;
  readonly aliases: readonly string[];
}

export const commandNames = [
  { name: "/runtimes", aliases: ["/rt", "/运行时"] },
  { name: "/why", aliases: ["/为什么"] },
  { name: "/alerts", aliases: ["/告警"] },
  { name: "/digest", aliases: ["/日报"] },
  { name: "/view", aliases: ["/视图"] },
  { name: "/lang", aliases: ["/语言"] },
  { name: "/audit", aliases: ["/审计"] },
  { name: "/help", aliases: ["/帮助", "/?", "?"] },
] as const satisfies readonly Word<string>[];

export type CommandName = (typeof commandNames)[number]["name"];

/** The words after `/runtimes`. */
export const subcommands = [
  { name: "show", aliases: ["查看"] },
  { name: "summary", aliases: ["汇总"] },
  { name: "risks", aliases: ["风险"] },
  { name: "export", aliases: ["导出"] },
  { name: "trend", aliases: ["趋势"] },
] as const satisfies readonly Word<string>[];

export type Subcommand = (typeof subcommands)[number]["name"];

/** The words after `/alerts`. */
export const alertsWords = [
  { name: "on", aliases: ["开启"] },
  { name: "off", aliases: ["关闭"] },
  { name: "status", aliases: ["状态"] },
  { name: "test", aliases: ["测试"] },
  { name: "show", aliases: ["查看"] },
  { name: "ack", aliases: ["acknowledge", "确认"] },
  { name: "mute", aliases: ["静音"] },
  { name: "unmute", aliases: ["取消静音"] },
] as const satisfies readonly Word<string>[];

/** The words after `/digest`. */
export const digestWords = [
  { name: "on", aliases: ["开启"] },
  { name: "off", aliases: ["关闭"] },
  { name: "status", aliases: ["状态"] },
] as const satisfies readonly Word<string>[];

/** The words after `/view`, which no view can be called. */
export const viewWords = [
  { name: "save", aliases: ["保存"] },
  { name: "list", aliases: ["列表"] },
  { name: "drop", aliases: ["delete", "remove", "删除"] },
] as const satisfies readonly Word<string>[];

/** The words after `/lang`. */
export const languages = [
  { name: "en", aliases: ["english", "英文", "英语"] },
  { name: "zh", aliases: ["chinese", "cn", "zh-cn", "中文", "汉语"] },
  { name: "auto", aliases: ["automatic", "自动"] },
] as const satisfies readonly Word<string>[];

/** What can be said to `/alerts on` besides filters. */
export const previewWord = { name: "preview", aliases: ["预览"] } as const satisfies Word<string>;

/** What stands for every runtime, or for every alert. */
export const everythingWord = { name: everything, aliases: ["全部"] } as const satisfies Word<string>;

/** A command with one of the words that follow it, as it is explained. */
export type CommandWord =
  | `/alerts ${(typeof alertsWords)[number]["name"]}`
  | `/alerts on ${typeof previewWord.name}`
  | `/alerts ${"ack" | "mute" | "unmute"} ${typeof everythingWord.name}`
  | `/digest ${(typeof digestWords)[number]["name"]}`
  | `/view ${(typeof viewWords)[number]["name"]}`
  | `/lang ${(typeof languages)[number]["name"]}`;

function lookup<Name extends string>(words: readonly Word<Name>[]): (word: string) => Name | undefined {
  const found = new Map(words.flatMap(({ name, aliases }) => [name, ...aliases].map((word) => [foldWord(word), name])));
  return (word) => lookUp(found, word);
}

/** The command that a word names, with its slash. */
export const findCommand = lookup<CommandName>(commandNames);
export const findSubcommand = lookup<Subcommand>(subcommands);
export const findAlertsWord = lookup<(typeof alertsWords)[number]["name"]>(alertsWords);
export const findDigestWord = lookup<(typeof digestWords)[number]["name"]>(digestWords);
export const findViewWord = lookup<(typeof viewWords)[number]["name"]>(viewWords);
export const findLanguage = lookup<(typeof languages)[number]["name"]>(languages);
export const findPreview = lookup<"preview">([previewWord]);

/** Every spelling of some words, for suggestions. */
export function spellings(words: readonly Word<string>[]): readonly string[] {
  return words.flatMap(({ name, aliases }) => [name, ...aliases]);
}
