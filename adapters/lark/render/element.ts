import type { Colour } from "../../../src/cards/index.ts";

/** A part of card JSON 2.0. */
export type Element = Readonly<Record<string, unknown>>;

/** A text that Lark shows as it is. */
export function plainNode(content: string): Element {
  return { tag: "plain_text", content };
}

export interface TextStyle {
  readonly size?: "notation" | "heading" | "heading-2";
  /** Grey and the others have a form for the light and one for the dark theme. */
  readonly colour?: Colour | undefined;
}

/** A line of plain text that stands for itself. */
export function line(content: string, { size, colour }: TextStyle = {}): Element {
  return {
    tag: "div",
    text: {
      ...plainNode(content),
      ...(size === undefined ? {} : { text_size: size }),
      ...(colour === undefined ? {} : { text_color: colour }),
    },
  };
}

/** `content` is markdown: foreign text in it is escaped already. */
export function markdown(content: string): Element {
  return { tag: "markdown", content };
}

/** `content` is markdown. */
export function coloured(content: string, colour: Colour | undefined): string {
  return colour === undefined || content === "" ? content : `<font color='${colour}'>${content}</font>`;
}

/** Cells side by side, on as many lines as a screen needs; undefined when there are none. */
export function sideBySide(cells: readonly (readonly Element[])[], spacing = "small"): Element | undefined {
  return cells.length === 0
    ? undefined
    : {
        tag: "column_set",
        flex_mode: "flow",
        horizontal_spacing: spacing,
        columns: cells.map((elements) => ({ tag: "column", width: "auto", vertical_spacing: "0px", elements })),
      };
}

/** The colours of tags have another word for grey. */
export function tagColour(colour: Colour): string {
  return colour === "grey" ? "neutral" : colour;
}
