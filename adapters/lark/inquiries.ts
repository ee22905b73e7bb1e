import { z } from "zod";
import type { Tokens } from "../../src/platform/index.ts";
import { type Failure, failureOf, failureOfBody, failureOfThrown } from "./failure.ts";
import type { SdkHttp } from "./http.ts";

export type Told<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export interface BotInfo {
  readonly name: string;
  /** What the document of "Obtain bot info" calls activate_status; undefined where it is not said. */
  readonly status: number | undefined;
}

/** A permission that the app asked for. */
export interface Scope {
  readonly name: string;
  /** False: the organisation has not agreed to it yet. */
  readonly granted: boolean;
}

/** What only an examination asks. Nothing rejects; each asks once, and changes nothing. */
export interface Inquiries {
  bot(): Promise<Told<BotInfo>>;
  scopes(): Promise<Told<readonly Scope[]>>;
  /** The content of a message; of a card its JSON, as it was sent. @param message an id that the platform gave */
  content(message: string): Promise<Told<string>>;
}

export interface InquiriesOptions {
  /** Base URL of the platform, without a slash at its end. */
  readonly domain: string;
  readonly http: Pick<SdkHttp, "get">;
  readonly tokens: Pick<Tokens<Failure>, "get">;
}

const botSchema = z.object({
  bot: z.object({
    app_name: z.string().catch(""),
    activate_status: z.int().optional().catch(undefined),
  }),
});

const scopesSchema = z.object({
  data: z.object({
    scopes: z.array(
      z
        .object({ scope_name: z.string(), grant_status: z.int() })
        .transform(({ scope_name: name, grant_status: status }): Scope => ({ name, granted: status === 1 })),
    ),
  }),
});

const messageSchema = z.object({
  data: z.object({ items: z.tuple([z.object({ body: z.object({ content: z.string() }) })]).rest(z.unknown()) }),
});

/** Documents "Obtain bot info", "Query the authorization status of a tenant" and "Get the content of a message". */
export function createInquiries({ domain, http, tokens }: InquiriesOptions): Inquiries {
  async function ask<Body>(path: string, schema: z.ZodType<Body>, missing: string): Promise<Told<Body>> {
    const token = await tokens.get();
    if (!token.ok) {
      return token;
    }
    try {
      const headers = { authorization: `Bearer ${token.token}` };
      const body: unknown = await http.get(`${domain}/open-apis${path}`, { headers });
      const failure = failureOfBody(body);
      if (failure !== undefined) {
        return { ok: false, failure };
      }
      const read = schema.safeParse(body);
      return read.success
        ? { ok: true, value: read.data }
        : { ok: false, failure: failureOf("unavailable", `The platform did not say ${missing}.`) };
    } catch (error) {
      return { ok: false, failure: failureOfThrown(error) };
    }
  }

  return {
    async bot() {
      const told = await ask("/bot/v3/info", botSchema, "who the bot is");
      if (!told.ok) {
        return told;
      }
      const { app_name: name, activate_status: status } = told.value.bot;
      return { ok: true, value: { name, status } };
    },
    async scopes() {
      const told = await ask("/application/v6/scopes", scopesSchema, "which permissions the app has");
      return told.ok ? { ok: true, value: told.value.data.scopes } : told;
    },
    async content(message) {
      const path = `/im/v1/messages/${encodeURIComponent(message)}?card_msg_content_type=user_card_content`;
      const told = await ask(path, messageSchema, "what the message holds");
      return told.ok ? { ok: true, value: told.value.data.items[0].body.content } : told;
    },
  };
}
