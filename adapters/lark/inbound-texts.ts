import type { Locale } from "../../src/cards/index.ts";

/** What a person is told about a press that cannot be run. */
export interface InboundTexts {
  readonly foreignButton: string;
}

const texts: Readonly<Record<Locale, InboundTexts>> = {
  en: { foreignButton: "This button is not one of mine, or it is from an older version. Send the command again." },
  zh: { foreignButton: "这个按钮不是我的，或来自旧版本。请重新发送命令。" },
};

export function inboundTextsOf(locale: Locale): InboundTexts {
  return texts[locale];
}
