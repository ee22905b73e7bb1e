import type { Locale } from "../../src/cards/index.ts";

/** What a person is told about a press that cannot be run. */
export interface InboundTexts {
  readonly foreignButton: string;
}

const texts: Readonly<Record<Locale, InboundTexts>> = {
  en: { foreignButton: "This card is not known any more. Send the command again." },
  zh: { foreignButton: "这张卡片已失效，请重新发送命令。" },
};

export function inboundTextsOf(locale: Locale): InboundTexts {
  return texts[locale];
}
