import { z } from "zod";
import { createRate } from "../rate.ts";
import { sameSecret } from "../secret.ts";
import type { ApiAnswer, Call } from "../server.ts";
import { refusal, scopeMissing, success, tooOften } from "./answers.ts";
import type { Chats } from "./chats.ts";
import type { MessageApi } from "./message-api.ts";
import type { Settings } from "./options.ts";
import type { Tokens } from "./tokens.ts";
import type { Uploads } from "./upload-api.ts";

/** The calls of the Open API that a bot makes. */
export interface OpenApi {
  answer(call: Call): ApiAnswer;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Any one is enough; none: every app may. */
  readonly scopes: readonly string[];
  readonly form?: boolean;
  readonly run: (id: string, call: Call, json: unknown) => ApiAnswer;
}

const typeOf = (call: Call): string => call.headers["content-type"] ?? "";

const credentials = z.object({ app_id: z.string(), app_secret: z.string() });

const sending = ["im:message", "im:message:send_as_bot"];
const updating = ["im:message", "im:message:send_as_bot", "im:message:update"];

/** Of a group, `im:message.group_msg` is needed as well (document "Get the content of a message"). */
const reading = ["im:message", "im:message:readonly"];

/** What docs/lark.md asks for. */
const allScopes = [
  "im:message.p2p_msg:readonly",
  "im:message.group_at_msg:readonly",
  "im:message:send_as_bot",
  "im:message:update",
  "im:resource",
  "im:chat:readonly",
];

export function createOpenApi(options: {
  readonly settings: Settings;
  readonly tokens: Tokens;
  readonly messages: MessageApi;
  readonly chats: Chats;
  readonly uploads: Uploads;
  readonly botActive: () => boolean;
}): OpenApi {
  const { settings, tokens, messages, chats, uploads } = options;
  const { limits, now } = settings;
  const second = createRate(1000);
  const minute = createRate(60_000);

  /** The document of this call: HTTP 200 also for what is wrong. */
  function token(json: unknown): ApiAnswer {
    const read = credentials.safeParse(json);
    if (!read.success)
      return { status: 200, body: { code: 10003, msg: "invalid param" }, blame: "10003 invalid param" };
    const { app_id: id, app_secret: secret } = read.data;
    if (id !== settings.appId) return { status: 200, body: { code: 10003, msg: "invalid param" } };
    if (!sameSecret(secret, settings.appSecret))
      return { status: 200, body: { code: 10014, msg: "app secret invalid" } };
    const issued = tokens.issue();
    return { status: 200, body: { code: 0, msg: "ok", tenant_access_token: issued.token, expire: issued.seconds } };
  }

  function chat(id: string): ApiAnswer {
    const known = chats.get(id);
    if (known === undefined) return refusal(232006);
    if (known.dissolved) return refusal(232009);
    if (!known.botIn) return refusal(232011);
    return success({
      name: known.name,
      chat_mode: known.type === "topic_group" ? "topic" : known.type,
      external: false,
    });
  }

  /** The bot's info stands beside the code and not in `data` (document "Obtain bot info"). */
  function botInfo(): ApiAnswer {
    if (!options.botActive()) return refusal(11205);
    const bot = {
      activate_status: settings.activateStatus,
      app_name: "Deskhand",
      avatar_url: "",
      ip_white_list: [],
      open_id: settings.botOpenId,
    };
    return { status: 200, body: { code: 0, msg: "ok", bot } };
  }

  /** Every permission that the app asked for (document "Query the authorization status of a tenant"). */
  function scopesOf(): ApiAnswer {
    if (settings.activateStatus === 0) return refusal(212100);
    const granted = (settings.scopes ?? allScopes).map((name) => ({ scope_name: name, grant_status: 1 }));
    const waiting = settings.waitingScopes.map((name) => ({ scope_name: name, grant_status: 2 }));
    return success({ scopes: [...granted, ...waiting] });
  }

  const message = /^\/open-apis\/im\/v1\/messages\/([^/]+)$/;
  const routes: readonly Route[] = [
    { method: "GET", path: /^\/open-apis\/bot\/v3\/info\/?$/, scopes: [], run: botInfo },
    {
      method: "POST",
      path: /^\/open-apis\/im\/v1\/messages$/,
      scopes: sending,
      run: (_id, call, json) => messages.create(call.query, json, call.body.length),
    },
    {
      method: "POST",
      path: /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/,
      scopes: sending,
      run: (id, call, json) => messages.reply(id, json, call.body.length),
    },
    { method: "GET", path: /^\/open-apis\/application\/v6\/scopes$/, scopes: [], run: scopesOf },
    { method: "GET", path: message, scopes: reading, run: (id, call) => messages.read(id, call.query) },
    {
      method: "PATCH",
      path: message,
      scopes: updating,
      run: (id, call, json) => messages.patch(id, json, call.body.length),
    },
    { method: "DELETE", path: message, scopes: sending, run: (id) => messages.recall(id) },
    {
      method: "POST",
      path: /^\/open-apis\/interactive\/v1\/card\/update$/,
      scopes: [],
      run: (_id, call, json) => messages.delayedUpdate(json, call.body.length),
    },
    {
      method: "GET",
      path: /^\/open-apis\/im\/v1\/chats\/([^/]+)$/,
      scopes: ["im:chat", "im:chat:readonly"],
      run: (id) => chat(id),
    },
    {
      method: "POST",
      path: /^\/open-apis\/im\/v1\/files$/,
      scopes: ["im:resource", "im:resource:upload"],
      form: true,
      run: (_id, call) => uploads.file(call.body, typeOf(call)),
    },
    {
      method: "POST",
      path: /^\/open-apis\/im\/v1\/images$/,
      scopes: ["im:resource", "im:resource:upload"],
      form: true,
      run: (_id, call) => uploads.image(call.body, typeOf(call)),
    },
  ];

  function paced(route: Route): ApiAnswer | undefined {
    const key = `${route.method} ${route.path.source}`;
    const wait = second.take(key, limits.apiPerSecond, now());
    if (wait > 0) return tooOften(settings.rateStatus, limits.apiPerSecond, wait);
    const longer = minute.take(key, limits.apiPerMinute, now());
    return longer > 0 ? tooOften(settings.rateStatus, limits.apiPerMinute, longer) : undefined;
  }

  function denied(route: Route): ApiAnswer | undefined {
    const { scopes: granted } = settings;
    if (granted === undefined || route.scopes.length === 0) return undefined;
    return route.scopes.some((scope) => granted.includes(scope))
      ? undefined
      : scopeMissing(settings.appId, route.scopes);
  }

  /** The body as JSON; an answer when it is none. */
  function readJson(call: Call): { readonly json: unknown } | ApiAnswer {
    if (call.body.length === 0) return { json: undefined };
    if (!/^application\/json\b/i.test(typeOf(call))) return refusal(230001, `content-type ${typeOf(call)}`);
    try {
      return { json: JSON.parse(call.body.toString()) };
    } catch {
      return refusal(230001, "the body is no JSON");
    }
  }

  return {
    answer(call) {
      const isToken = call.method === "POST" && call.path === "/open-apis/auth/v3/tenant_access_token/internal";
      const route = routes.find(({ method, path }) => method === call.method && path.test(call.path));
      if (route === undefined && !isToken) {
        return { status: 404, body: "404 page not found", blame: "there is no such call" };
      }
      const body = route?.form === true ? { json: undefined } : readJson(call);
      if ("status" in body) return body;
      if (route === undefined) return token(body.json);
      const refused = tokens.refuse(call.headers.authorization) ?? denied(route) ?? paced(route);
      if (refused !== undefined) return refused;
      const forBots = route.scopes === sending || route.scopes === updating;
      if (forBots && !options.botActive()) return refusal(230006);
      return route.run(route.path.exec(call.path)?.[1] ?? "", call, body.json);
    },
  };
}
