/**
 * What in a markdown text is neither plain nor markup that our cards use: colours that are opened and closed, bold, and one
 * piece of code that is the whole text, and mentions of those who may be mentioned. Empty for a text that does nothing else. Read from the document "富文本（Markdown）组件".
 */
export function foreignMarkup(content: string, mentionable: readonly string[] = []): readonly string[] {
  const code = /^`([^`]+)`$/.exec(content)?.[1];
  if (code !== undefined) {
    return code.match(/[<>&@\\$[\]\n]|:\/\/|:\w+:/g) ?? [];
  }
  const plain = content
    .replace(/<font color='(?:green|orange|red|grey|blue)'>([^<]*)<\/font>/g, "$1")
    .replace(/\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/g, "$1")
    .replace(/<at id=([\w-]+)><\/at>/g, (mention, id: string) => (mentionable.includes(id) ? "" : mention))
    .replace(/&#\d{2,3};/g, "");
  const indented = content.split("\n").filter((line) => /^ {4}/.test(line));
  return [...(plain.match(/[<>&@\\$[\]()*_~`#|:!/.=+^{}"']|^[-\s]*-/gm) ?? []), ...indented];
}
