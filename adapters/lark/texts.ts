import type { Locale } from "../../src/cards/index.ts";

/** What the renderer says itself, beside the words of the card. */
export interface LarkTexts {
  /** The picker of a table's rows. */
  readonly details: string;
  /** The option of a picker that is in force, with the name of the picker. */
  readonly inForce: (picker: string, option: string) => string;
  readonly rowsLeftOut: (left: number, all: number) => string;
  /** What else had to go, so that the rest fits; `what` are phrases of this object, at least one. */
  readonly leftOut: (what: readonly string[]) => string;
  readonly shortened: string;
  readonly columns: (names: readonly string[]) => string;
  readonly menus: string;
  readonly sections: string;
  readonly entries: string;
  readonly buttons: string;
  /** All that is said of a card that cannot be drawn at all. */
  readonly tooLarge: string;
}

const texts: Readonly<Record<Locale, LarkTexts>> = {
  en: {
    details: "Details",
    inForce: (picker, option) => `${picker}: ${option}`,
    rowsLeftOut: (left, all) => `${left} of ${all} rows are not shown: they do not fit on this card.`,
    leftOut: (what) => `To fit on this card: ${what.join(", ")}.`,
    shortened: "long texts are shortened",
    columns: (names) => `no columns ${names.join(", ")}`,
    menus: "no menus",
    sections: "no further sections",
    entries: "some entries are left out",
    buttons: "some buttons are left out",
    tooLarge: "The answer is too large for a card. Ask for less, for example with a filter.",
  },
  zh: {
    details: "详情",
    inForce: (picker, option) => `${picker}：${option}`,
    rowsLeftOut: (left, all) => `共 ${all} 行，其中 ${left} 行放不下，未显示。`,
    leftOut: (what) => `为了放进这张卡片：${what.join("，")}。`,
    shortened: "长文本已截短",
    columns: (names) => `省略了列 ${names.join("、")}`,
    menus: "省略了菜单",
    sections: "省略了部分小节",
    entries: "省略了部分条目",
    buttons: "省略了部分按钮",
    tooLarge: "结果太大，一张卡片放不下。请缩小范围，例如加上筛选条件。",
  },
};

export function larkTextsOf(locale: Locale): LarkTexts {
  return texts[locale];
}
