import type { Locale } from "../../src/cards/index.ts";

/** What the renderer says itself, beside the words of the card. */
export interface RenderTexts {
  /** A fact: what it is, and how it is. Both are markdown. */
  readonly fact: (label: string, value: string) => string;
  /** What a picker chooses, and one of its choices. */
  readonly choice: (picker: string, option: string) => string;
  readonly more: (count: number) => string;
  readonly rowsLeftOut: (left: number, all: number) => string;
  /** What else had to go, so that the rest fits; `what` are phrases of this object, at least one. */
  readonly leftOut: (what: readonly string[]) => string;
  readonly shortened: string;
  readonly columns: (names: readonly string[]) => string;
  readonly sections: string;
  readonly entries: string;
  readonly buttons: string;
  /** All that is said of a card that cannot be drawn at all. */
  readonly tooLarge: string;
}

const texts: Readonly<Record<Locale, RenderTexts>> = {
  en: {
    fact: (label, value) => `${label}: ${value}`,
    choice: (picker, option) => `${picker}: ${option}`,
    more: (count) => `${count} more`,
    rowsLeftOut: (left, all) => `${left} of ${all} rows are not shown: they do not fit on this card.`,
    leftOut: (what) => `To fit on this card: ${what.join(", ")}.`,
    shortened: "long texts are shortened",
    columns: (names) => `no ${names.join(", ")}`,
    sections: "no further sections",
    entries: "some entries are left out",
    buttons: "some buttons are left out",
    tooLarge: "The answer is too large for a card. Ask for less, for example with a filter.",
  },
  zh: {
    fact: (label, value) => `${label}：${value}`,
    choice: (picker, option) => `${picker}：${option}`,
    more: (count) => `另有 ${count} 项`,
    rowsLeftOut: (left, all) => `共 ${all} 行，其中 ${left} 行放不下，未显示。`,
    leftOut: (what) => `为了放进这张卡片：${what.join("，")}。`,
    shortened: "长文本已截短",
    columns: (names) => `省略了${names.join("、")}`,
    sections: "省略了部分小节",
    entries: "省略了部分条目",
    buttons: "省略了部分按钮",
    tooLarge: "结果太大，一张卡片放不下。请缩小范围，例如加上筛选条件。",
  },
};

export function renderTextsOf(locale: Locale): RenderTexts {
  return texts[locale];
}
