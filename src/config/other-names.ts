/** What people call by another name, folded, and how it is called here. */
const names: Readonly<Record<string, string>> = {
  feishu: "lark",
  larksuite: "lark",
  dingding: "dingtalk",
  aliyun: "alibaba-cloud",
  alicloud: "alibaba-cloud",
  alibaba: "alibaba-cloud",
  stream: "websocket",
  sqlite: "file",
  // DingTalk's former names of them.
  appkey: "clientId",
  appsecret: "clientSecret",
  // In the section of Lark, whose names these are not.
  clientid: "appId",
  clientsecret: "appSecret",
};

/** The one of some words that goes by this name elsewhere. */
export function otherName(text: string, words: readonly string[]): string | undefined {
  const name = fold(text);
  const here = Object.hasOwn(names, name) ? fold(names[name] ?? "") : undefined;
  return words.find((word) => fold(word) === here);
}

/** The one of some words of which this is a longer form: `warning`, `zh-CN`. */
export function shorterForm(text: string, words: readonly string[]): string | undefined {
  return words.find((word) => word.length > 1 && text.toLowerCase().startsWith(word));
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, "");
}
