import type { Environment } from "./environment.ts";

/** What the environment says of the terminal's colours, by the customs that other programs follow. */
export interface TerminalHints {
  /** NO_COLOR. */
  readonly noColor: string | undefined;
  /** FORCE_COLOR. */
  readonly forceColor: string | undefined;
  /** TERM. */
  readonly term: string | undefined;
}

export function terminalHints(environment: Environment = process.env): TerminalHints {
  return { noColor: environment.NO_COLOR, forceColor: environment.FORCE_COLOR, term: environment.TERM };
}
