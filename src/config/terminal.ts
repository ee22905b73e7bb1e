import type { Environment } from "./environment.ts";

/** What the environment says of the terminal, by the customs that other programs follow. */
export interface TerminalHints {
  /** NO_COLOR. */
  readonly noColor: string | undefined;
  /** FORCE_COLOR. */
  readonly forceColor: string | undefined;
  /** TERM. */
  readonly term: string | undefined;
  /** The language of LC_ALL, LC_MESSAGES or LANG, the first that is set: Chinese, or else English. */
  readonly locale: "en" | "zh";
}

export function terminalHints(environment: Environment = process.env): TerminalHints {
  const language = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return {
    noColor: environment.NO_COLOR,
    forceColor: environment.FORCE_COLOR,
    term: environment.TERM,
    locale: language.toLowerCase().startsWith("zh") ? "zh" : "en",
  };
}
