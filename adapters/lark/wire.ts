import { z } from "zod";
import { limits } from "./limits.ts";

// What Lark and Feishu deliver, as far as it is read. Fields that are not named here are left out; a field that can be done
// without is read as absent when it is not as expected.

/** Ids go into keys of the store and into addresses: what is not plain is no id of the platform's. */
const id = z.string().regex(/^[\x21-\x7e]{1,256}$/);
const optionalText = z.string().min(1).optional().catch(undefined);

/**
 * A moment, read as epoch milliseconds. Messages carry milliseconds, card actions microseconds (document of
 * "card.action.trigger"), and the header X-Lark-Request-Timestamp seconds: told apart by their size, up to the year 5138.
 */
export const epochSchema = z
  .union([z.string().regex(/^\d{1,17}$/), z.int().nonnegative()])
  .transform((moment) => toMilliseconds(Number(moment)));

function toMilliseconds(moment: number): number {
  if (moment < 1e11) return moment * 1_000;
  return moment < 1e14 ? moment : Math.floor(moment / 1_000);
}

/** What is around every event and callback. */
export const envelopeSchema = z.object({
  schema: z.literal("2.0"),
  header: z.object({ event_id: id, event_type: z.string().min(1).max(200), app_id: z.string().nullish() }),
  event: z.unknown(),
});

/** Someone, or everyone, who is mentioned in a message. */
export interface Mention {
  /** What stands for it in a text: `@_user_1`, `@_all`. */
  readonly key: string;
  readonly openId?: string | undefined;
  readonly name?: string | undefined;
  /** user or bot; older events do not say. */
  readonly type?: string | undefined;
}

const mentionSchema = z
  .object({
    key: z.string(),
    id: z.object({ open_id: optionalText }).optional().catch(undefined),
    name: optionalText,
    mentioned_type: optionalText,
  })
  .transform(
    (mention): Mention => ({
      key: mention.key,
      openId: mention.id?.open_id,
      name: mention.name,
      type: mention.mentioned_type,
    }),
  );

/** One entry that cannot be read costs only itself. */
const mentionsSchema = z
  .array(mentionSchema.optional().catch(undefined))
  .catch([])
  .transform((mentions) => mentions.filter((mention) => mention !== undefined));

/** The event im.message.receive_v1. */
export const messageSchema = z.object({
  sender: z.object({
    sender_type: z.string(),
    sender_id: z.object({ open_id: optionalText }).optional().catch(undefined),
  }),
  message: z.object({
    message_id: id,
    thread_id: optionalText,
    create_time: epochSchema,
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: mentionsSchema,
  }),
});

export type LarkMessage = z.infer<typeof messageSchema>["message"];

/** The content of a text message. */
export const textContentSchema = z.object({ text: z.string() });

const postElement = z
  .object({ tag: optionalText, text: optionalText, user_id: optionalText, user_name: optionalText })
  .catch({ tag: undefined, text: undefined, user_id: undefined, user_name: undefined });

const postBody = z.object({ title: optionalText, content: z.array(z.array(postElement).catch([])) });

/**
 * The content of a post. It comes bare (document "Message content"); the form by language, in which posts are sent, is read
 * as well, as the platform's own SDK does.
 */
export const postContentSchema = z.union([
  postBody,
  z.record(z.string(), postBody).transform((bodies) => Object.values(bodies)[0] ?? { title: undefined, content: [] }),
]);

export type PostContent = z.infer<typeof postContentSchema>;

/** The callback card.action.trigger. Of a button comes `value`, of a picker `option` as well. */
export const cardActionSchema = z.object({
  operator: z.object({ open_id: id }),
  action: z.object({ value: z.unknown().optional(), option: z.unknown().optional() }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});

const command = z.string().min(1).max(limits.pressedCommand);
const ours = { deskhand: z.literal(1), locale: z.enum(["en", "zh"]).optional().catch(undefined) };

/** What the buttons of this bot carry. */
export const buttonValueSchema = z.object({ ...ours, command });

/** What the pickers of this bot carry, with the option that was chosen, which is the command. */
export const pickedSchema = z.object({ value: z.object(ours), option: command });

/** The events im.chat.member.bot.added_v1 and im.chat.member.bot.deleted_v1. */
export const chatMemberBotSchema = z.object({
  chat_id: id,
  operator_id: z
    .object({ open_id: id.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** What the developer console sends when a request URL is saved. It gets its challenge back, so that has to be a plain one. */
export const challengeSchema = z.object({
  type: z.literal("url_verification"),
  challenge: z.string().regex(/^[\x21-\x7e]{1,256}$/),
  token: optionalText,
});

/** Where the verification token stands: in the header of an envelope, or beside the fields of the older form. */
export const tokenSchema = z.object({
  header: z.object({ token: optionalText }).optional().catch(undefined),
  token: optionalText,
});
