/**
 * What in a markdown text is neither plain nor markup that our cards use: colours that are opened and closed, bold, headings
 * of sections, line breaks, one picture, and in messages the links of buttons. Empty for a text that does nothing else.
 */
export function foreignMarkup(markdown: string): readonly string[] {
  const plain = markdown
    .replace(/\\[\\`*_{}[\]()#+\-.!<>~|@&:/]/g, "x")
    .replace(/\[[^[\]\n]+\]\(dtmd:\/\/dingtalkclient\/sendMessage\?content=[\w%.-]+\)/g, "")
    .replace(/!\[\]\(@\w+\)/, "")
    .replace(/<br>/g, "")
    .replace(/^#### /gm, "")
    .replace(/<font color=#[\dA-F]{6}(?: sizeToken=common_footnote_text_style__font_size)?>([^<]*)<\/font>/g, "$1")
    .replace(/\*\*([^*\n]+?)\*\*/g, "$1")
    // Between a fact and its value.
    .replaceAll(": ", "")
    // In a command and in the number of a page: neither is an address or the beginning of anything.
    .replace(/(?<!\/)\/(?!\/)/g, "")
    .replace(/(?<=[\p{L}\p{N}=])-(?=[\p{L}\p{N}])/gu, "");
  return plain.match(/[\\`*_{}[\]()#+\-.!<>~|@&:/]|^ {4}/gm) ?? [];
}

/** What calls somebody: an @ at the beginning of a word, with nothing that keeps them apart. */
export function calls(shown: string): readonly string[] {
  return shown.match(/(?<![\p{L}\p{N}])[@＠](?!\u200d)\S*/gu) ?? [];
}
