import { z } from "zod";
import { parseJson } from "../json.ts";
import { sentence } from "./sentence.ts";
import type { Content, Shown } from "./shown.ts";
import type { Uploads } from "./upload-api.ts";

/** A message that can be shown, or why not. */
export type ReadMessage =
  | { readonly ok: true; readonly kind: Shown["kind"]; readonly content: Content }
  | { readonly ok: false; readonly why: string };

const words = z.string().min(1);
const buttons = (count: number) =>
  z.record(
    z.enum([
      "title",
      "text",
      ...Array.from({ length: count }, (_, index) => [`actionTitle${index + 1}`, `actionURL${index + 1}`]).flat(),
    ]),
    words,
  );
const sideBySide = z.strictObject({
  title: words,
  text: words,
  buttonTitle1: words,
  buttonUrl1: words,
  buttonTitle2: words,
  buttonUrl2: words,
});

/** Messages of the robot by their msgKey (document "Message types sent by enterprise bots"). */
const templates: Readonly<Record<string, { readonly kind: Shown["kind"]; readonly fields: z.ZodType<Content> }>> = {
  sampleText: { kind: "text", fields: z.strictObject({ content: words }) },
  sampleMarkdown: { kind: "markdown", fields: z.strictObject({ title: words, text: words }) },
  sampleImageMsg: { kind: "image", fields: z.strictObject({ photoURL: words }) },
  sampleLink: {
    kind: "link",
    fields: z.strictObject({ text: words, title: words, picUrl: z.string(), messageUrl: words }),
  },
  sampleFile: {
    kind: "file",
    fields: z.strictObject({
      mediaId: words,
      fileName: words,
      fileType: z.enum(["xlsx", "pdf", "zip", "rar", "doc", "docx"]),
    }),
  },
  sampleActionCard: {
    kind: "actionCard",
    fields: z.strictObject({ title: words, text: words, singleTitle: words, singleURL: words }),
  },
  sampleActionCard2: { kind: "actionCard", fields: buttons(2) },
  sampleActionCard3: { kind: "actionCard", fields: buttons(3) },
  sampleActionCard4: { kind: "actionCard", fields: buttons(4) },
  sampleActionCard5: { kind: "actionCard", fields: buttons(5) },
  sampleActionCard6: { kind: "actionCard", fields: sideBySide },
};

export const isMsgKey = (msgKey: string): boolean => templates[msgKey] !== undefined;

function unknownMedia(content: Content, uploads: Uploads): string | undefined {
  const { photoURL, mediaId, fileName = "", fileType } = content;
  const id = mediaId ?? (photoURL?.startsWith("@") ? photoURL : undefined);
  if (id !== undefined && uploads.get(id) === undefined) return `the media id ${id} was not given out`;
  if (photoURL !== undefined && id === undefined && !/^https?:\/\//.test(photoURL)) return "photoURL is no address";
  return fileType !== undefined && !fileName.endsWith(`.${fileType}`)
    ? `fileName "${fileName}" is no ${fileType}`
    : undefined;
}

/** Reads `msgParam`, which is JSON text. */
export function readRobotMessage(msgKey: string, msgParam: string, uploads: Uploads): ReadMessage {
  const template = templates[msgKey];
  if (template === undefined) return { ok: false, why: `msgKey ${msgKey}` };
  const read = template.fields.safeParse(parseJson(msgParam));
  if (!read.success) return { ok: false, why: sentence(read.error) };
  const why = unknownMedia(read.data, uploads);
  return why === undefined ? { ok: true, kind: template.kind, content: read.data } : { ok: false, why };
}

const at = z
  .strictObject({
    atMobiles: z.array(z.string()).optional(),
    atUserIds: z.array(z.string()).optional(),
    isAtAll: z.boolean().optional(),
  })
  .optional();
const webhookButton = z.strictObject({ title: words, actionURL: words });
/** What session webhooks take here (document "Reply by a session webhook"); the platform knows some more. */
const webhookMessage = z.discriminatedUnion("msgtype", [
  z.strictObject({ msgtype: z.literal("text"), text: z.strictObject({ content: words }), at }),
  z.strictObject({ msgtype: z.literal("markdown"), markdown: z.strictObject({ title: words, text: words }), at }),
  z.strictObject({
    msgtype: z.literal("actionCard"),
    actionCard: z.union([
      z.strictObject({ title: words, text: words, singleTitle: words, singleURL: words }),
      z.strictObject({
        title: words,
        text: words,
        btnOrientation: z.enum(["0", "1"]).optional(),
        btns: z.array(webhookButton).min(1),
      }),
    ]),
    at,
  }),
]);

const kinds = new Set(["text", "markdown", "actionCard"]);

/** Whether a session webhook takes messages of this type. */
export function isWebhookType(body: unknown): boolean {
  return typeof body === "object" && body !== null && "msgtype" in body && kinds.has(String(body.msgtype));
}

/** Reads what was posted to a session webhook. */
export function readWebhookMessage(body: unknown): ReadMessage {
  const read = webhookMessage.safeParse(body);
  if (!read.success) return { ok: false, why: sentence(read.error) };
  const { data } = read;
  switch (data.msgtype) {
    case "text":
      return { ok: true, kind: "text", content: data.text };
    case "markdown":
      return { ok: true, kind: "markdown", content: data.markdown };
    case "actionCard": {
      const fields = Object.entries(data.actionCard).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, typeof value === "string" ? value : JSON.stringify(value)]],
      );
      return { ok: true, kind: "actionCard", content: Object.fromEntries(fields) };
    }
  }
}
