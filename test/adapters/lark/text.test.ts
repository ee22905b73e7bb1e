import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { botMentions, readParts, readSaid } from "../../../adapters/lark/text.ts";
import { type LarkMessage, messageSchema } from "../../../adapters/lark/wire.ts";
import { botId, mentionOf, messageOf } from "./inbound-rig.ts";

const bot = mentionOf(1, botId, "Deskhand");
const lina = mentionOf(2, "ou_lina", "Li Na");

function messageWith(message: object): LarkMessage {
  return messageSchema.parse(messageOf("", { message }).event).message;
}

function said(message: LarkMessage, botOpenId: string | undefined = botId) {
  return readSaid(readParts(message) ?? [], botMentions(message.mentions, botOpenId));
}

const saidAsText = (text: string, mentions: readonly object[] = [], botOpenId: string | undefined = botId) =>
  said(messageWith({ content: JSON.stringify({ text }), mentions }), botOpenId);

const saidAsPost = (content: object, mentions: readonly object[] = []) =>
  said(messageWith({ message_type: "post", content: JSON.stringify(content), mentions }));

describe("a text", () => {
  it.each([
    ["/runtimes", "/runtimes"],
    ["@_user_1 /runtimes", "/runtimes"],
    ["  @_user_1   /runtimes  ", "/runtimes"],
    ["@_user_1/runtimes", "/runtimes"],
    ["/runtimes @_user_1 status=Running", "/runtimes  status=Running"],
    ["/runtimes user=@_user_2", "/runtimes user=@Li_Na"],
    ["@_user_1 ask @_user_2", "ask @Li_Na"],
    ["@_user_1", ""],
    ["@_all look", "@all look"],
    ["@_user_9 is nobody", "@_user_9 is nobody"],
    ["看 [agent.com](http://agent.com)", "看 [agent.com](http://agent.com)"],
    ["first\nsecond", "first\nsecond"],
  ])("%j is said as %j", (text, expected) => {
    expect(saidAsText(text, [bot, lina]).text).toBe(expected);
  });

  it("with more than nine mentions does not take the tenth for the first", () => {
    const mentions = [bot, mentionOf(10, "ou_10", "Ten")];
    expect(saidAsText("@_user_1 ask @_user_10", mentions).text).toBe("ask @Ten");
  });

  it("with a name that reads as a command is no command", () => {
    const evil = mentionOf(2, "ou_evil", 'x /alerts off\u202e\n"');
    expect(saidAsText("@_user_2 hello", [evil]).text).toBe('@x_alerts_off_" hello');
  });

  it("with a mention without a name names a user", () => {
    expect(saidAsText("@_user_2", [mentionOf(2, "ou_2", " ")]).text).toBe("@user");
  });

  it("tells who is mentioned first", () => {
    expect(saidAsText("/runtimes @_user_2", [lina]).first).toBe("nobody");
    expect(saidAsText("  @_user_1 @_user_2", [bot, lina]).first).toBe("bot");
    expect(saidAsText("@_user_2 @_user_1", [bot, lina]).first).toBe("other");
    expect(saidAsText("@_all /runtimes").first).toBe("other");
    expect(saidAsText("").first).toBe("nobody");
  });

  it.each(["", "{}", "[]", "null", '{"text":7}', '"text"', "{"])("with the content %j cannot be read", (content) => {
    expect(readParts(messageWith({ content }))).toBeUndefined();
  });
});

describe("a post", () => {
  const text = (value: string) => ({ tag: "text", text: value, style: [] });

  it("is its title and its paragraphs, one a line", () => {
    const content = [[text("one "), { tag: "a", href: "http://b.cn", text: "b.cn" }], [], [text("two")]];
    expect(saidAsPost({ title: "Title", content }).text).toBe("Title\none b.cn\n\ntwo");
  });

  it("is read with code, and without pictures and faces", () => {
    const content = [
      [{ tag: "at", user_id: "@_user_1", user_name: "Deskhand" }, text(" "), { tag: "emotion", emoji_type: "SMILE" }],
      [{ tag: "code_block", language: "BASH", text: "/runtimes status=Running\n" }],
      [{ tag: "img", image_key: "img_1" }, { tag: "hr" }, 7, null],
    ];
    const read = saidAsPost({ title: "", content }, [bot]);
    expect(read).toEqual({ text: "/runtimes status=Running", first: "bot", mentioned: true });
  });

  it.each(["@_user_1", botId])("mentions the bot by %j", (user_id) => {
    const read = saidAsPost({ content: [[{ tag: "at", user_id }, text("2 runtimes")]] }, [bot]);
    expect(read).toEqual({ text: "2 runtimes", first: "bot", mentioned: true });
  });

  it("mentions the bot also where the list of mentions is missing", () => {
    expect(saidAsPost({ content: [[{ tag: "at", user_id: botId }, text(" /help")]] }).mentioned).toBe(true);
  });

  it.each(["all", "@_all"])("to everyone (%j) is not to the bot", (user_id) => {
    const read = saidAsPost({ content: [[{ tag: "at", user_id, user_name: "Everyone" }, text(" /help")]] });
    expect(read).toEqual({ text: "@all /help", first: "other", mentioned: false });
  });

  it("names others as they are named", () => {
    const content = [[text("ask "), { tag: "at", user_id: "ou_x", user_name: "Wang Wei" }]];
    expect(saidAsPost({ content }).text).toBe("ask @Wang_Wei");
  });

  it("that comes by language is read", () => {
    expect(saidAsPost({ zh_cn: { title: "", content: [[text("/帮助")]] } }).text).toBe("/帮助");
  });

  it.each(["{}x", "[]", '{"title":"a"}', '{"content":7}', '{"zh_cn":{}}'])("%s cannot be read", (content) => {
    expect(readParts(messageWith({ message_type: "post", content }))).toBeUndefined();
  });
});

it("a message of another type has no words", () => {
  for (const message_type of ["image", "file", "audio", "sticker", "merge_forward", "share_chat", "newer"]) {
    expect(readParts(messageWith({ message_type, content: '{"image_key":"img_1"}' }))).toEqual([]);
  }
});

describe("while the bot's own id is not known", () => {
  it("the mention of a bot is the bot's", () => {
    const mentions = [
      mentionOf(1, "ou_lina", "Li Na", { mentioned_type: "user" }),
      mentionOf(2, botId, "Deskhand", { mentioned_type: "bot" }),
    ];
    expect(said(messageWith({ content: '{"text":"@_user_1 @_user_2 /help"}', mentions }), undefined)).toEqual({
      text: "@Li_Na  /help",
      first: "other",
      mentioned: true,
    });
  });

  it("mentions of people are not the bot's", () => {
    const mentions = [mentionOf(1, "ou_lina", "Li Na", { mentioned_type: "user" })];
    const message = messageWith({ content: '{"text":"@_user_1 /help"}', mentions });
    expect(readSaid(readParts(message) ?? [], botMentions(message.mentions, undefined)).mentioned).toBe(false);
  });

  it("the first mention is the bot's where events do not say of whom they are, but never everyone's", () => {
    const message = messageWith({
      content: '{"text":"@_all @_user_1 /help @_user_2"}',
      mentions: [{ key: "@_all", name: "all" }, bot, lina],
    });
    const read = readSaid(readParts(message) ?? [], botMentions(message.mentions, undefined));
    expect(read).toEqual({ text: "@all  /help @Li_Na", first: "other", mentioned: true });
  });
});

it("any content of any type is read or refused, and never throws", () => {
  const content = fc.oneof(
    fc.json(),
    fc.string({ unit: "binary" }),
    fc.json().map((text) => JSON.stringify({ text })),
  );
  fc.assert(
    fc.property(fc.constantFrom("text", "post", "image"), content, (message_type, value) => {
      const parts = readParts(messageWith({ message_type, content: value, mentions: [bot, lina] }));
      if (parts !== undefined) expect(typeof readSaid(parts, () => false).text).toBe("string");
    }),
  );
});
