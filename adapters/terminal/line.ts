import type { Colour } from "../../src/cards/index.ts";
import { beginning, widthOf } from "./width.ts";

/** A piece of a line in one style. The text is inert. */
export interface Span {
  readonly text: string;
  readonly colour?: Colour | undefined;
  readonly weight?: "bold" | "dim" | undefined;
}

/** A line of output. `whole` lines are for copying: they are never cut. */
export interface Line {
  readonly spans: readonly Span[];
  readonly whole?: boolean;
}

const codes = { green: "32", orange: "33", red: "31", grey: "90", blue: "34", bold: "1", dim: "2" } as const;

/** A line of these pieces; a text is a piece without a style. */
export function line(...pieces: readonly (Span | string)[]): Line {
  return { spans: pieces.map((piece) => (typeof piece === "string" ? { text: piece } : piece)) };
}

/** The line moved to the right by some blanks. */
export function indented({ spans, ...rest }: Line, by: number): Line {
  return { ...rest, spans: [{ text: " ".repeat(by) }, ...spans] };
}

/** The line as it is written: cut to the width unless it is to stay whole, coloured if so wished, no blanks at its end. */
export function printed({ spans, whole = false }: Line, width: number, colour: boolean): string {
  const fitting = whole ? spans : fitted(spans, width);
  return colour ? fitting.map(painted).join("").trimEnd() : textOf(fitting).trimEnd();
}

function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join("");
}

function fitted(spans: readonly Span[], width: number): readonly Span[] {
  const text = textOf(spans);
  if (widthOf(text) <= width) {
    return spans;
  }
  let left = beginning(text, width - 1).length;
  const kept = spans.map((span) => {
    const piece = span.text.slice(0, left);
    left -= piece.length;
    return { ...span, text: piece };
  });
  return [...kept, { text: "…" }];
}

function painted({ text, colour, weight }: Span): string {
  const styles = [weight, colour].filter((style) => style !== undefined).map((style) => codes[style]);
  return styles.length === 0 || text.trim() === "" ? text : `\u001b[${styles.join(";")}m${text}\u001b[0m`;
}
