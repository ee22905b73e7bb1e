import type { Locale } from "../card.ts";
import { en } from "./en.ts";
import type { Texts } from "./texts.ts";
import { zh } from "./zh.ts";

export type { FieldName, Texts } from "./texts.ts";

/** The texts of a language. */
export function textsOf(locale: Locale): Texts {
  return locale === "zh" ? zh : en;
}
