/** The cells of a csv by RFC 4180 alone; throws where the text is none. */
export function readCsv(text: string, separator = ","): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const line: string[] = [];
    for (;;) {
      const quoted = text[at] === '"';
      const cell = new RegExp(quoted ? '"((?:[^"]|"")*)"' : `([^"${separator}\\r\\n]*)`, "y");
      cell.lastIndex = at;
      const found = cell.exec(text);
      if (found === null) {
        throw new Error(`no cell at ${at}: ${text.slice(at, at + 40)}`);
      }
      line.push((found[1] ?? "").replaceAll('""', '"'));
      at = cell.lastIndex;
      if (text[at] !== separator) {
        break;
      }
      at += 1;
    }
    if (text.slice(at, at + 2) !== "\r\n") {
      throw new Error(`no end of a line at ${at}: ${text.slice(at, at + 40)}`);
    }
    at += 2;
    lines.push(line);
  }
  return lines;
}
