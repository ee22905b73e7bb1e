const special = /[!"#$&'()*+\-./:<=>@[\\\]^_`{|}~]/g;

/**
 * A plain text for markdown. Whatever could be a mark there is a numeric entity (document "富文本（Markdown）组件", "特殊字符转义说明"),
 * which also keeps addresses from becoming links and a text from mentioning anyone.
 */
export function escaped(text: string): string {
  return text.replace(/ {2,}/g, " ").replace(special, (mark) => `&#${mark.charCodeAt(0)};`);
}

/**
 * A plain text for a chart. VChart, which draws it, writes labels into its tooltips as HTML (its source, tooltip-handler):
 * look-alikes stand for what would be a tag or an entity there.
 */
export function charted(text: string): string {
  return text.replace(/[<>&]/g, (mark) => (mark === "<" ? "＜" : mark === ">" ? "＞" : "＆"));
}
