import { type CommandProblem, printDuration } from "../../commands/index.ts";

const targets: Readonly<Record<Extract<CommandProblem, { kind: "missing-target" }>["target"], string>> = {
  runtime: "要查看哪个运行时？请给出名称或编号。",
  alert: "哪个告警？请给出告警卡片上的编号。",
  "runtime-or-alert": "哪个运行时或告警？请给出名称或编号。",
  "runtime-or-all": "哪个运行时？请给出名称或编号，或写 all（全部）。",
};

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
    case "unknown-choice":
      return `${it.command} 后面不能是“${it.word}”，可以是 ${listed(it.allowed)}。`;
    case "nothing-more":
      return `“${it.word}”不能放在这里：此命令后面不需要别的内容。`;
    case "unknown-topic":
      return `没有关于“${it.word}”的帮助。`;
    case "unknown-key":
      return `没有“${it.word}”这个筛选项。`;
    case "key-elsewhere":
      return `“${it.key}”不能用于此命令。`;
    case "missing-target":
      return targets[it.target];
    case "missing-name":
      return "视图需要一个名称，名称带空格时要加引号。";
    case "missing-filters":
      return "没有筛选的视图等于全部：请至少加一个筛选，例如 status=Running。";
    case "missing-time":
      return "几点发送？日报需要时间，例如 at=09:00。";
    case "reserved-name":
      return `视图不能叫“${it.word}”：它是此命令自己的词。`;
    case "missing-value":
      return it.allowed.length === 0 ? `“${it.key}”缺少值。` : `“${it.key}”缺少值，例如 ${listed(it.allowed)}。`;
    case "bad-value":
      return `“${it.key}”不能是“${it.word}”，可以是 ${listed(it.allowed)}。`;
    case "not-whole":
      return it.greatest > 0
        ? `“${it.key}”必须是 1 到 ${number.format(it.greatest)} 的整数。`
        : `“${it.key}”必须是整数。`;
    case "bad-time":
      return `“${it.word}”不是一天中的时间：请写作 09:00。`;
    case "bad-zone":
      return `“${it.word}”不是时区：请写时区名称，例如 Asia/Shanghai。`;
    case "bad-place":
      return `“${it.word}”不是审计中的位置：它由上一页和下一页按钮写出。不写则从最新的开始。`;
    case "bad-duration":
      return `“${it.word}”不是可用的时长：请写作 30m、2h 或 1d12h，范围 ${printDuration(it.least)} 到 ${printDuration(it.most)}。`;
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
