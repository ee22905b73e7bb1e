import { z } from "zod";
import { readJsonObject } from "../../src/platform/index.ts";
import { linkLimits } from "./link-limits.ts";

export type Topic = "message" | "card";

/** One CALLBACK frame that was delivered. */
export interface Delivered {
  readonly topic: Topic;
  readonly messageId: string;
  /** What the frame carried, as it came. */
  readonly data: object;
}

/** What a frame of the platform is. */
export type Frame =
  /** To be answered at once. */
  | { readonly kind: "ping"; readonly answer: string }
  /** Nothing more comes on this connection. */
  | { readonly kind: "disconnect" }
  | { readonly kind: "delivered"; readonly delivered: Delivered }
  /** Nothing to do. */
  | { readonly kind: "nothing" }
  | {
      readonly kind: "refused";
      readonly reason: FrameRefusal;
      /** Whether it counts as a push. */
      readonly push: boolean;
      /** What it is answered with, as it would be the same when it came again. */
      readonly answer: string | undefined;
    };

/** Why a frame could not be used. */
export type FrameRefusal = keyof typeof frameRefusals;

/** What the log says of frames that could not be used. */
export const frameRefusals = {
  size: "DingTalk sent a frame of more than 1 MiB.",
  json: "DingTalk sent a frame that is not the JSON of an object.",
  shape: "DingTalk sent a frame whose type or headers cannot be read.",
  topic:
    "DingTalk sent what this bot does not subscribe to. In the developer console leave event subscriptions of the app off: each event counts against the month's pushes.",
  data: "DingTalk sent a message or a press whose data is not the JSON of an object.",
} as const;

/** The topics that are ours (package dingtalk-stream, TOPIC_ROBOT and TOPIC_CARD). */
const topics: Readonly<Record<string, Topic>> = {
  "/v1.0/im/bot/messages/get": "message",
  "/v1.0/card/instances/callback": "card",
};

/** What the gateway is asked for. Nothing of type EVENT, which the SDK would ask for: each event counts as a push. */
export const subscriptions = Object.keys(topics).map((topic) => ({ type: "CALLBACK", topic }));

/** What is told of a press or a message that nothing is to be done about, as the SDK says it (socketCallBackResponse). */
export const nothingToSay: object = { response: {} };

const frameSchema = z.object({
  type: z.string(),
  headers: z.looseObject({ topic: z.string(), messageId: z.string().min(1).max(200).optional().catch(undefined) }),
  data: z.unknown().optional(),
});

type Raw = z.infer<typeof frameSchema>;

/** Reads what came as one frame of the socket (document "Stream mode protocol access description"). Never throws. */
export function readFrame(bytes: Uint8Array): Frame {
  if (bytes.byteLength > linkLimits.frameBytes) return refused("size");
  const json = readJsonObject(bytes, linkLimits.depth);
  if (!json.ok) return refused("json");
  const { data: frame } = frameSchema.safeParse(json.value);
  if (frame === undefined) return refused("shape");
  switch (frame.type) {
    case "SYSTEM":
      return systemFrame(frame);
    case "CALLBACK":
      return callbackFrame(frame);
    case "EVENT":
      // Not acknowledged it would come again, and count again. This is how the SDK does that (class DWClient, onEvent).
      return { kind: "refused", reason: "topic", push: true, answer: answerTo(frame, { status: "SUCCESS" }) };
    default:
      return refused("topic");
  }
}

/** The frame that acknowledges another one. */
export function acknowledge(messageId: string, body: object): string {
  const headers = { contentType: "application/json", messageId };
  return JSON.stringify({ code: 200, message: "OK", headers, data: JSON.stringify(body) });
}

function systemFrame({ headers, data }: Raw): Frame {
  if (headers.topic === "disconnect") return { kind: "disconnect" };
  if (headers.topic !== "ping") return { kind: "nothing" };
  return { kind: "ping", answer: JSON.stringify({ code: 200, message: "OK", headers, data }) };
}

function callbackFrame(frame: Raw): Frame {
  const { topic: name, messageId } = frame.headers;
  const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (topic === undefined) return { kind: "refused", reason: "topic", push: true, answer: undefined };
  if (messageId === undefined) return { kind: "refused", reason: "shape", push: true, answer: undefined };
  const json = typeof frame.data === "string" ? readJsonObject(frame.data, linkLimits.depth) : undefined;
  if (json?.ok !== true) {
    return { kind: "refused", reason: "data", push: true, answer: answerTo(frame, nothingToSay) };
  }
  return { kind: "delivered", delivered: { topic, messageId, data: json.value } };
}

function answerTo({ headers: { messageId } }: Raw, body: object): string | undefined {
  return messageId === undefined ? undefined : acknowledge(messageId, body);
}

function refused(reason: FrameRefusal): Frame {
  return { kind: "refused", reason, push: false, answer: undefined };
}
