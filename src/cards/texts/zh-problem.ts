import type { CommandProblem } from "../../commands/index.ts";

const number = new Intl.NumberFormat("zh");
const listed = (words: readonly string[]): string => words.join("、");

/** What is wrong with a command, in a sentence. */
export function problemInChinese(it: CommandProblem): string {
  switch (it.kind) {
    case "not-a-command":
      return "命令以斜杠开头，例如 /runtimes。";
    case "too-long":
      return `命令过长：最多 ${number.format(it.limit)} 个字符。`;
    case "unclosed-quote":
      return "这个引号没有配对。";
    case "unknown-command":
      return `没有“${it.word}”这个命令。`;
    case "unknown-word":
      return `“${it.word}”不能放在这里：筛选写作 键=值，带空格的值要加引号。`;
    case "unknown-topic":
      return `没有关于“${it.word}”的帮助。`;
    case "unknown-key":
      return `没有“${it.word}”这个筛选项。`;
    case "planned":
      return `此版本的 Deskhand 还不支持“${it.word}”。`;
    case "key-elsewhere":
      return `“${it.key}”不能用于此命令。`;
    case "missing-target":
      return "要查看哪个运行时？请给出名称或编号。";
    case "missing-value":
      return it.allowed.length === 0 ? `“${it.key}”缺少值。` : `“${it.key}”缺少值，例如 ${listed(it.allowed)}。`;
    case "bad-value":
      return `“${it.key}”不能是“${it.word}”，可以是 ${listed(it.allowed)}。`;
    case "not-whole":
      return it.greatest > 0
        ? `“${it.key}”必须是 1 到 ${number.format(it.greatest)} 的整数。`
        : `“${it.key}”必须是整数。`;
    case "value-too-long":
      return `这个值过长：最多 ${number.format(it.limit)} 个字符。`;
    case "too-many-values":
      return `“${it.key}”最多 ${number.format(it.limit)} 个值。`;
    case "one-value":
      return `“${it.key}”只能有一个值，且只能写一次。`;
    case "exclusive":
      return `“${it.key}”只能是 yes、no 或具体名称之一，不能混用。`;
    case "contradiction":
      return `“${it.key}=no”与“${it.other}”相互矛盾。`;
  }
}
