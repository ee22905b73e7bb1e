import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { z } from "zod";
import { type Bot, faultOf } from "../../src/bot/index.ts";
import type { Locale } from "../../src/cards/index.ts";
import type { Completion } from "../../src/commands/index.ts";
import type { Asset } from "./assets.ts";
import type { Chats } from "./chats.ts";
import { download } from "./download.ts";
import type { Files } from "./files.ts";
import { type Address, requireJson, requireOwnHost, requireOwnOrigin, securityHeaders } from "./guard.ts";
import { limits } from "./limits.ts";
import type { Streams } from "./link.ts";
import {
  type ClickAnswer,
  ClickBody,
  CompleteBody,
  EventsQuery,
  HistoryQuery,
  type MessageAnswer,
  MessageBody,
} from "./wire.ts";

/** What the routes stand on. */
export interface InboundOptions {
  readonly channel: string;
  readonly chats: Chats;
  readonly streams: Streams;
  readonly files: Files;
  readonly complete: (text: string, cursor: number, locale: Locale) => readonly Completion[];
  readonly address: () => Address;
  readonly clock: { now(): number };
  readonly log: Pick<Logger, "error">;
  /** The bot and the page's files while the channel takes anything in; otherwise why it does not. */
  readonly open: () =>
    | { readonly bot: Bot; readonly assets: () => Promise<ReadonlyMap<string, Asset>> }
    | { readonly refusal: string };
}

/** Creates what the playground answers to: `/` and everything under `/playground/`. */
export function createRoutes(options: InboundOptions): Hono {
  const routes = new Hono();
  routes.onError((error, context) => {
    options.log.error({ fault: faultOf(error), path: context.req.path }, "a request of the playground failed");
    return context.json({ error: "Something went wrong in the bot. Its log says more." }, 500);
  });
  for (const path of ["/", "/playground/*"]) routes.use(path, securityHeaders, requireOwnHost(options.address));
  routes.use("/playground/*", requireOwnOrigin);
  routes.get("/", (context) => sendAsset(context, options, "index.html"));
  routes.get("/playground/:file{[a-z-]+\\.(?:js|css|svg)}", (context) =>
    sendAsset(context, options, context.req.param("file")),
  );
  routes.get("/playground/files/:id{[A-Za-z0-9_-]{1,80}}", (context) => download(context, options.files));
  routes.get("/playground/history", (context) => history(context, options));
  routes.get("/playground/events", (context) => events(context, options));
  const tooLarge = bodyLimit({
    maxSize: limits.bodyBytes,
    onError: (context) => context.json({ error: "The message is too long. 256 kB is the most." }, 413),
  });
  routes.post("/playground/messages", requireJson, tooLarge, (context) => message(context, options));
  routes.post("/playground/clicks", requireJson, tooLarge, (context) => click(context, options));
  routes.post("/playground/complete", requireJson, tooLarge, (context) => complete(context, options));
  routes.all("/playground/*", (context) => context.json({ error: "There is nothing here." }, 404));
  return routes;
}

async function message(context: Context, options: InboundOptions): Promise<Response> {
  const body = await readBody(context, MessageBody);
  if (!body.ok) return body.refusal;
  const open = options.open();
  if ("refusal" in open) return unavailable(context, open.refusal);
  const { chat, id, text, locale } = body.value;
  options.chats.addPerson(chat, id, text);
  const writtenAt = options.clock.now();
  const accepted = await open.bot.receive({ channel: options.channel, chat, user: chat, id, text, writtenAt, locale });
  if (!accepted) return unavailable(context, "The bot is stopping.");
  return context.json({ message: id } satisfies MessageAnswer, 202);
}

async function click(context: Context, options: InboundOptions): Promise<Response> {
  const body = await readBody(context, ClickBody);
  if (!body.ok) return body.refusal;
  const open = options.open();
  if ("refusal" in open) return unavailable(context, open.refusal);
  const { chat, id, message, text, locale } = body.value;
  const before = options.chats.changedAt(chat, message);
  const reply = await open.bot.click({ channel: options.channel, chat, user: chat, id, message, text, locale });
  if (reply.kind === "card") {
    const entry = options.chats.changeCard(chat, message, reply.card);
    return context.json({ kind: "card", entry } satisfies ClickAnswer);
  }
  if (reply.kind === "later") options.chats.markBusy(chat, message, reply.text, before);
  return context.json(reply satisfies ClickAnswer);
}

async function complete(context: Context, options: InboundOptions): Promise<Response> {
  const body = await readBody(context, CompleteBody);
  if (!body.ok) return body.refusal;
  const { text, cursor, locale } = body.value;
  if (text.length > limits.completedText) return context.json({ completions: [] });
  const completions = options.complete(text, Math.min(cursor, text.length), locale);
  return context.json({ completions: completions.slice(0, limits.completions) });
}

function history(context: Context, options: InboundOptions): Response {
  const query = HistoryQuery.safeParse(context.req.query());
  if (!query.success) return badRequest(context, query.error);
  return context.json(options.chats.history(query.data.chat));
}

function events(context: Context, options: InboundOptions): Response {
  const query = EventsQuery.safeParse({
    ...context.req.query(),
    ...(context.req.header("last-event-id") && { after: context.req.header("last-event-id") }),
  });
  if (!query.success) return badRequest(context, query.error);
  const open = options.open();
  if ("refusal" in open) return unavailable(context, open.refusal);
  const { chat, after } = query.data;
  const body = options.streams.open(chat, options.chats.since(chat, after));
  if (body === undefined) return unavailable(context, "Too many pages are open. Close some and try again.");
  return context.body(body, 200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
}

async function sendAsset(context: Context, options: InboundOptions, name: string): Promise<Response> {
  const open = options.open();
  if ("refusal" in open) return unavailable(context, open.refusal);
  const asset = (await open.assets()).get(name);
  if (asset === undefined) return context.json({ error: "There is no such file." }, 404);
  const headers = { etag: asset.etag, "cache-control": "no-cache" };
  if (context.req.header("if-none-match") === asset.etag) return context.body(null, 304, headers);
  return context.body(asset.body, 200, { ...headers, "content-type": asset.type });
}

type Body<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Response };

async function readBody<Value>(context: Context, schema: z.ZodType<Value>): Promise<Body<Value>> {
  const text = await context.req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, refusal: context.json({ error: "The body is not JSON." }, 400) };
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, refusal: badRequest(context, parsed.error) };
}

function badRequest(context: Context, error: z.ZodError): Response {
  const issue = error.issues[0];
  const place = issue?.path.join(".") || "the request";
  return context.json({ error: `The request cannot be read: ${place}: ${issue?.message ?? "not as expected"}.` }, 400);
}

function unavailable(context: Context, error: string): Response {
  return context.json({ error }, 503, { "retry-after": "2" });
}
