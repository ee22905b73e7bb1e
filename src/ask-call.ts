import { parseArgs } from "node:util";
import type { Locale } from "./cards/index.ts";

/** As what an answer is printed: for people, for programs, or what a platform would get. */
export type AskFormat = "text" | "json" | "lark" | "dingtalk";

/** What was typed after `npm run ask --`. */
export interface AskCall {
  /** The command, as it would be typed into a chat. */
  readonly text: string;
  readonly config: string | undefined;
  readonly locale: Locale | undefined;
  readonly format: AskFormat;
}

/** Reads the words and options; a sentence when they make no call. */
export function readAskCall(argv: readonly string[]): AskCall | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        config: { type: "string" },
        locale: { type: "string" },
        format: { type: "string", default: "text" },
      },
    });
    const { config, locale, format } = values;
    if (locale !== undefined && locale !== "en" && locale !== "zh") {
      return `--locale is en or zh, not ${locale}.`;
    }
    if (format !== "text" && format !== "json" && format !== "lark" && format !== "dingtalk") {
      return `--format is text, json, lark or dingtalk, not ${format}.`;
    }
    return positionals.length === 0 ? "Which command?" : { text: positionals.join(" "), config, locale, format };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
