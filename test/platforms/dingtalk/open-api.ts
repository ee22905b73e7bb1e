import { z } from "zod";
import { createRate } from "../rate.ts";
import { sameSecret } from "../secret.ts";
import type { ApiAnswer, Call } from "../server.ts";
import { oldRefusal, refusal, scopeMissing, success } from "./answers.ts";
import type { CardApi } from "./card-api.ts";
import type { Gateway } from "./gateway.ts";
import { cardScope, robotScope, type Settings } from "./options.ts";
import type { Records } from "./record.ts";
import type { RobotApi } from "./robot-api.ts";
import { type Api, apiOf } from "./routes.ts";
import type { Tokens } from "./tokens.ts";
import type { Uploads } from "./upload-api.ts";

/** The HTTP interfaces of the platform. */
export interface OpenApi {
  answer(call: Call): ApiAnswer;
  /** Calls that count against the month's quota, so far. */
  readonly spent: number;
}

/** Interfaces of the newer API that need a token, and the permission that each needs. */
const scopes = { deliver: cardScope, update: cardScope, group: robotScope, direct: robotScope } as const;
type Scoped = keyof typeof scopes;

const credentials = z.object({ appKey: z.string(), appSecret: z.string() });

export function createOpenApi(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly tokens: Tokens;
  readonly gateway: Gateway;
  readonly cards: CardApi;
  readonly robot: RobotApi;
  readonly uploads: Uploads;
}): OpenApi {
  const { settings, records, tokens, gateway, cards, robot, uploads } = options;
  const { limits } = settings;
  const rate = createRate(1000);
  let spent = 0;

  /** "qps" or "month" when a limit is reached; counts the call otherwise. */
  function limited(api: Api): "qps" | "month" | undefined {
    if (limits.monthlyCalls > 0 && spent >= limits.monthlyCalls) return "month";
    if (rate.take(api, limits.apiPerSecond, settings.now()) > 0) return "qps";
    spent += 1;
    return undefined;
  }

  function token(json: unknown): ApiAnswer {
    const read = credentials.safeParse(json);
    if (!read.success) return refusal("param.invalid", "the body is not { appKey, appSecret }");
    const { appKey, appSecret } = read.data;
    if (appKey !== settings.clientId || !sameSecret(appSecret, settings.clientSecret)) {
      return refusal("invalidClientIdOrSecret");
    }
    const issued = tokens.issue();
    return success({ accessToken: issued.token, expireIn: issued.seconds });
  }

  function legacyToken(): ApiAnswer {
    const issued = tokens.issue();
    const body = { errcode: 0, errmsg: "ok", access_token: issued.token, expires_in: issued.seconds };
    return { status: 200, body, blame: "the secret in an address: the newer call has it in its body" };
  }

  function scoped(api: Scoped, call: Call, json: unknown): ApiAnswer {
    const header = call.headers["x-acs-dingtalk-access-token"];
    if (header === undefined) records.complain(`${call.path}: without x-acs-dingtalk-access-token`);
    const refused = tokens.refuse(String(header));
    if (refused !== undefined) return refused;
    const scope = scopes[api];
    if (!settings.scopes.has(scope)) return scopeMissing([scope]);
    const limit = limited(api);
    if (limit === "month") return refusal("Forbidden.AccessDenied.ApiCountLimitForOrg");
    if (limit === "qps") return refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
    switch (api) {
      case "deliver":
        return cards.deliver(json);
      case "update":
        return cards.update(json);
      case "group":
        return robot.group(json);
      case "direct":
        return robot.direct(json);
    }
  }

  function upload(call: Call): ApiAnswer {
    const refused = tokens.refuseOld(call.query.get("access_token"));
    if (refused !== undefined) return refused;
    const limit = limited("upload");
    if (limit !== undefined) return oldRefusal(limit === "month" ? 90020 : 90018);
    return uploads.upload(call.query.get("type"), call.body, call.headers["content-type"] ?? "");
  }

  /** The body as JSON; an answer when it is none. */
  function readJson(call: Call): { readonly json: unknown } | ApiAnswer {
    if (call.body.length === 0) return refusal("MissingBody");
    const type = call.headers["content-type"] ?? "";
    if (!/^application\/json\b/i.test(type)) return refusal("MissingBody", `content-type ${type}`);
    try {
      return { json: JSON.parse(call.body.toString()) };
    } catch {
      return refusal("param.invalid", "the body is no JSON");
    }
  }

  return {
    get spent() {
      return spent;
    },
    answer(call) {
      const api = apiOf(call);
      if (api === "unknown") return refusal("InvalidAction.NotFound", "there is no such call");
      if (api === "legacyToken") return legacyToken();
      if (api === "upload") return upload(call);
      const body = readJson(call);
      if ("status" in body) return body;
      switch (api) {
        case "gateway":
          return gateway.open(body.json, call.headers);
        case "token":
          return token(body.json);
        case "webhook":
          return robot.webhook(call.query.get("session"), body.json, call.body.length);
        default:
          return scoped(api, call, body.json);
      }
    },
  };
}
