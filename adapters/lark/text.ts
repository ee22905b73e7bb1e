import { jsonOf } from "../../src/platform/index.ts";
import { type LarkMessage, type Mention, type PostContent, postContentSchema, textContentSchema } from "./wire.ts";

/** A piece of what a person wrote: text, or someone who is mentioned in it. */
export type Part = string | { readonly mention: Mention };

/** What a person wrote, without the mention of the bot. */
export interface Said {
  /** Other mentions stand as `@name`. */
  readonly text: string;
  /** Who is mentioned before anything else. */
  readonly first: "nobody" | "bot" | "other";
  /** Whether the bot is mentioned anywhere. */
  readonly mentioned: boolean;
}

const everyone: Mention = { key: "@_all", name: "all" };
const mentionKey = /(@_(?:all|user_\d{1,9}))/;

/**
 * The parts of a text or a post; nothing of a message of another type, as that has no words. Undefined when the content is
 * not what the type says.
 */
export function readParts(message: LarkMessage): readonly Part[] | undefined {
  switch (message.message_type) {
    case "text": {
      const content = textContentSchema.safeParse(jsonOf(message.content));
      return content.success ? textParts(content.data.text, message.mentions) : undefined;
    }
    case "post": {
      const content = postContentSchema.safeParse(jsonOf(message.content));
      return content.success ? postParts(content.data, message.mentions) : undefined;
    }
    default:
      return [];
  }
}

/**
 * Which mentions are the bot. While its own id is not known yet, the mention that is said to be of a bot is taken for it, or
 * the first one where events do not say.
 */
export function botMentions(
  mentions: readonly Mention[],
  botOpenId: string | undefined,
): (mention: Mention) => boolean {
  if (botOpenId !== undefined) return (mention) => mention.openId === botOpenId && mention.key !== everyone.key;
  const people = mentions.filter((mention) => mention.key !== everyone.key);
  const isTyped = people.some((mention) => mention.type !== undefined);
  const bots = new Set(isTyped ? people.filter((mention) => mention.type === "bot") : people.slice(0, 1));
  return (mention) => bots.has(mention);
}

/** Puts the parts together. */
export function readSaid(parts: readonly Part[], isBot: (mention: Mention) => boolean): Said {
  const leading = parts.find((part) => typeof part !== "string" || part.trim() !== "");
  const isBotPart = (part: Part) => typeof part !== "string" && isBot(part.mention);
  const text = parts.map((part) => {
    if (typeof part === "string") return part;
    return isBot(part.mention) ? "" : `@${nameOf(part.mention)}`;
  });
  return {
    text: text.join("").trim(),
    first: leading === undefined || typeof leading === "string" ? "nobody" : isBotPart(leading) ? "bot" : "other",
    mentioned: parts.some(isBotPart),
  };
}

function textParts(text: string, mentions: readonly Mention[]): readonly Part[] {
  const known = new Map([everyone, ...mentions].map((mention) => [mention.key, mention]));
  // `split` gives the keys as well, as the pattern is a group. A key that nobody has is what a person typed.
  return text
    .split(mentionKey)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const mention = mentionKey.test(piece) ? known.get(piece) : undefined;
      return mention === undefined ? piece : { mention };
    });
}

function postParts(post: PostContent, mentions: readonly Mention[]): readonly Part[] {
  // By key as the document "Message content" says, or by open_id as the platform's own SDK reads it.
  const known = new Map([
    ...mentions.flatMap((mention) => (mention.openId === undefined ? [] : [[mention.openId, mention] as const])),
    ...[everyone, { ...everyone, key: "all" }, ...mentions].map((mention) => [mention.key, mention] as const),
  ]);
  const lines = post.content.map((paragraph) =>
    paragraph.map((element): Part => {
      if (element.tag !== "at") return element.text ?? "";
      const id = element.user_id ?? "";
      return { mention: known.get(id) ?? { key: id, openId: id, name: element.user_name } };
    }),
  );
  const title: readonly Part[][] = post.title === undefined ? [] : [[post.title]];
  return [...title, ...lines].flatMap((line, index) => (index === 0 ? line : ["\n", ...line]));
}

/**
 * A person's name as one word, as it stands in what another person wrote: a name such as `x /alerts off` must not become a
 * command of that person, nor another condition of one.
 */
function nameOf({ name = "" }: Mention): string {
  const word = name
    .slice(0, 100)
    .replace(/[\s\p{C}/／]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  return word === "" ? "user" : word;
}
