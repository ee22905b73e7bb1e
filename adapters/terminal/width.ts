import stringWidth from "string-width";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns an inert text takes at a terminal; a Chinese character takes two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The longest beginning of `text`, whole characters only, that takes at most `width` columns. */
export function beginning(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) {
      break;
    }
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end of `text`, whole characters only, that takes at most `width` columns. */
export function ending(text: string, width: number): string {
  const characters = [...graphemes.segment(text)];
  let used = 0;
  let start = text.length;
  for (const { segment, index } of characters.reverse()) {
    used += widthOf(segment);
    if (used > width) {
      break;
    }
    start = index;
  }
  return text.slice(start);
}

/** `text` in at most `width` columns; what is left out at the end shows as an ellipsis. */
export function clip(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${beginning(text, Math.max(0, width - 1))}…`;
}

/** `text` filled up with blanks to `width` columns. */
export function pad(text: string, width: number, side: "left" | "right" = "right"): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return side === "right" ? text + blanks : blanks + text;
}

/** `text` in lines of at most `width` columns, broken at blanks where there are any, and within words that are too long. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.trimEnd().split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") {
      lines.push(line);
    }
    const pieces = chop(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

function chop(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const more = widthOf(segment);
    if (used + more > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += segment;
    used += more;
  }
  return [...pieces, piece];
}
