import { z } from "zod";
import { readJsonObject } from "../../src/platform/index.ts";
import { createFragments } from "./fragments.ts";
import { limits } from "./limits.ts";

/** What became of a frame. */
export type FrameReading =
  | { readonly kind: "event"; readonly envelope: object }
  /** Nothing to do: a part of an event, or of a type that is not ours. */
  | { readonly kind: "nothing" }
  | { readonly kind: "refused"; readonly reason: FrameRefusal };

/** Why a frame could not be used. */
export type FrameRefusal = "undecodable" | "shape" | "fragment" | "json";

/** What the log says of frames that could not be used. They are not acknowledged, so that the platform sends them again. */
export const frameRefusals: Readonly<Record<FrameRefusal, string>> = {
  undecodable: "Lark sent a frame that cannot be decoded",
  shape: "Lark sent a frame whose headers cannot be read",
  fragment: "Lark sent a part of an event that fits to nothing",
  json: "Lark sent an event that is not a JSON object",
};

/** What the platform is told of an event: 200 ends it, 500 has it delivered again. */
export interface Acknowledgement {
  readonly code: 200 | 500;
  readonly body?: object | undefined;
}

const frameSchema = z.object({
  headers: z.array(z.object({ key: z.string(), value: z.string() })).max(100),
  payload: z.instanceof(Uint8Array),
});
const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const headersSchema = z.object({
  type: z.string(),
  message_id: z.string().max(200).default(""),
  sum: number.pipe(z.int().min(1)).default(1),
  seq: number.default(0),
});

/**
 * Creates the reader of one connection's data frames. Events and card callbacks differ only in their `type`; the SDK would
 * drop the latter, and would allocate whatever length a frame claims (class WSClient, handleEventData; class DataCache).
 */
export function createFrameReader(clock: { readonly elapsed: () => number }): (frame: unknown) => FrameReading {
  const fragments = createFragments(clock);

  return (frame) => {
    const parsed = frameSchema.safeParse(frame);
    const named = parsed.data?.headers.map(({ key, value }): [string, string] => [key, value]);
    const headers = headersSchema.safeParse(named === undefined ? undefined : Object.fromEntries(named));
    if (!parsed.success || !headers.success) return { kind: "refused", reason: "shape" };
    const { type, message_id: id, sum, seq } = headers.data;
    if (type !== "event" && type !== "card") return { kind: "nothing" };
    const merged = fragments.add({ id: `${type} ${id}`, sum, seq, payload: parsed.data.payload });
    if (merged.kind === "waiting") return { kind: "nothing" };
    if (merged.kind === "refused") return { kind: "refused", reason: "fragment" };
    const json = readJsonObject(merged.bytes, limits.webhookDepth);
    return json.ok ? { kind: "event", envelope: json.value } : { kind: "refused", reason: "json" };
  };
}

/**
 * The frame that acknowledges another one: the same with one header and another payload (class WSClient, handleEventData).
 *
 * @param took milliseconds
 */
export function acknowledge(frame: object, { code, body }: Acknowledgement, took: number): object {
  const { headers } = frameSchema.parse(frame);
  const data = body === undefined ? {} : { data: Buffer.from(JSON.stringify(body)).toString("base64") };
  return {
    ...frame,
    headers: [...headers, { key: "biz_rt", value: String(Math.round(took)) }],
    payload: Buffer.from(JSON.stringify({ code, ...data })),
  };
}
