/** What decides about colours. The variables are those of the environment, undefined where they are not set. */
export interface ColourHints {
  /** Whether a person reads the output at a terminal. */
  readonly isTerminal: boolean;
  /** NO_COLOR: any text but the empty one turns colours off. */
  readonly noColor: string | undefined;
  /** FORCE_COLOR: any text but the empty one, `0` and `false` turns colours on, whatever else is said. */
  readonly forceColor: string | undefined;
  /** TERM: a `dumb` terminal shows no colours. */
  readonly term: string | undefined;
}

/** Whether text for a terminal is to be coloured, by the customs that other programs follow. */
export function colourWanted({ isTerminal, noColor, forceColor, term }: ColourHints): boolean {
  if (forceColor !== undefined && forceColor !== "") {
    return forceColor !== "0" && forceColor !== "false";
  }
  return isTerminal && (noColor === undefined || noColor === "") && term !== "dumb";
}
