import { z } from "zod";
import { jsonOf } from "../../src/platform/index.ts";

/**
 * Ids are foreign text, and short: the longest that are known have some 60 characters. Where they come as numbers, those that
 * have lost digits on their way are none: they could be somebody else's.
 */
const id = z.union([z.string().min(1).max(300), z.int().transform(String)]);

const milliseconds = z.union([z.number(), z.string().regex(/^\d{1,15}$/)]).transform(Number);

/** What somebody wrote to the robot (document "Receive messages", topic /v1.0/im/bot/messages/get). */
export const messageSchema = z.object({
  conversationId: id,
  /** "1" is a chat of one person with the robot, "2" a group. */
  conversationType: z.union([z.string(), z.number()]).transform(String),
  msgId: id,
  senderId: id.optional().catch(undefined),
  /** Left out for people outside of the organisation. */
  senderStaffId: id.optional().catch(undefined),
  createAt: milliseconds.optional().catch(undefined),
  sessionWebhook: z.string().max(2_000).optional().catch(undefined),
  sessionWebhookExpiredTime: milliseconds.optional().catch(undefined),
  msgtype: z.string().optional().catch(undefined),
  text: z.unknown().optional(),
  content: z.unknown().optional(),
});

export type RobotMessage = z.infer<typeof messageSchema>;

export const textSchema = z.object({ content: z.string() });

/** Parts of rich text: those without a text are pictures and the like. */
export const richTextSchema = z.object({
  richText: z.array(z.object({ text: z.string().optional().catch(undefined) })).max(2_000),
});

/** JSON that comes as text, or as what it is. */
function orItsText<Value>(schema: z.ZodType<Value>) {
  return z.preprocess((value) => (typeof value === "string" ? jsonOf(value) : value), schema);
}

const name = z.string().max(1_000).optional().catch(undefined);

const names = { id: name, actionId: name, action_id: name, action: name, text: name };

/** What names a button: documents and samples differ, so that all of it is read. */
const pressedSchema = z.object({
  cardPrivateData: z
    .object({
      actionIds: z.array(z.string().max(1_000)).max(20).optional().catch(undefined),
      params: z.object(names).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  params: z.object(names).optional().catch(undefined),
  ...names,
});

export type Pressed = z.infer<typeof pressedSchema>;
export type Params = NonNullable<Pressed["params"]>;

/** A press on a card (document "Event callback of interactive cards", topic /v1.0/card/instances/callback). */
export const callbackSchema = z.object({
  outTrackId: id,
  userId: id,
  spaceId: z.string().max(500).optional().catch(undefined),
  content: orItsText(pressedSchema).optional().catch(undefined),
  value: orItsText(pressedSchema).optional().catch(undefined),
  actionId: name,
  /** An id, or what holds one. */
  actionData: z.union([orItsText(pressedSchema), name]),
});

export type Callback = z.infer<typeof callbackSchema>;
