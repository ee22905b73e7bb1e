import { z } from "zod";
import { type Advice, isHttpError, sentenceOf, whatOf } from "../../src/platform/index.ts";
import { type FailureKind, isRateOfChat, kindOfCode } from "./codes.ts";
import { refusalWords } from "./link-refusal.ts";
import type { StatusError } from "./status-error.ts";

/** Why a call to the platform failed. Nothing in it comes from a card or from the request. */
export interface Failure {
  readonly kind: FailureKind;
  /** The platform's code, when it gave one. */
  readonly code: number | undefined;
  /** By which the platform finds the call in its own log. */
  readonly logId: string | undefined;
  /** Of a rate: whose it is. */
  readonly limited: "chat" | "app" | undefined;
  /** Of a rate: seconds after which the platform wants to be asked again. */
  readonly reset: number | undefined;
  /** What happened, with code and log id. */
  readonly what: string;
  /** What the operator can do; undefined where that is not known. */
  readonly todo: string | undefined;
  /** Both, for the log. */
  readonly sentence: string;
}

/** What is asked: the same code means another thing when a token is asked for. */
export type Asked = "token" | "call";

interface Facts {
  readonly code: number | undefined;
  readonly msg: string;
  readonly status: number | undefined;
  readonly logId: string | undefined;
  readonly reset: number | undefined;
}

const codeSchema = z.object({ code: z.number() });
const bodySchema = codeSchema.extend({
  msg: z.string().catch(""),
  error: z.object({ log_id: z.string().optional() }).optional().catch(undefined),
});

/** The failure that a resolved answer holds; undefined when it is a success. */
export function failureOfBody(body: unknown, asked: Asked = "call"): Failure | undefined {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    return unavailable("The answer is not one of this API.");
  }
  const { code, msg, error } = parsed.data;
  if (code === 0) {
    return undefined;
  }
  return fromPlatform({ code, msg, status: undefined, logId: error?.log_id, reset: undefined }, asked);
}

/** The failure of something thrown by the SDK or by `createSdkHttp`. */
export function failureOfThrown(thrown: unknown, asked: Asked = "call"): Failure {
  if (!isHttpError(thrown)) {
    return failureOf("unknown", "A call failed inside the SDK.");
  }
  const { code, msg = "", status, logId, reset }: StatusError = thrown;
  if (thrown.kind !== "status") {
    return unavailable(thrown.message, { logId, todo: thrown.proxy?.todo });
  }
  return fromPlatform({ code, msg, status, logId, reset }, asked);
}

/** A failure that has its own words: nothing was asked, or the platform's words say nothing. */
export function failureOf(kind: FailureKind, words: string): Failure {
  const none = { code: undefined, logId: undefined, limited: undefined, reset: undefined, todo: undefined };
  return { kind, ...none, what: words, sentence: words };
}

function unavailable(
  words: string,
  about: { readonly logId?: string | undefined; readonly todo?: string | undefined } = {},
): Failure {
  const { logId, todo } = about;
  const what = `${words}${tail({ logId })}`;
  return {
    ...failureOf("unavailable", what),
    ...(todo !== undefined && { todo, sentence: `${what} ${todo}` }),
    logId: idOf(logId),
  };
}

function fromPlatform(facts: Facts, asked: Asked): Failure {
  const { code, status, reset } = facts;
  const kind = kindOf(facts, asked);
  const ofChat = code !== undefined && isRateOfChat(code);
  const logId = idOf(facts.logId);
  const words = wordsOf(kind, facts);
  const end = tail({ code, status, logId });
  return {
    kind,
    code,
    logId,
    limited: kind !== "rate" ? undefined : ofChat ? "chat" : "app",
    reset: kind === "rate" ? reset : undefined,
    what: whatOf(words, end),
    todo: words.todo,
    sentence: sentenceOf(words, end),
  };
}

function kindOf({ code, msg, status }: Facts, asked: Asked): FailureKind {
  if (code === 230099 || code === 11310) {
    return /card action is lock/i.test(msg) ? "locked" : "refused";
  }
  // 10003 is "invalid param"; of a token it says that the app id or the secret has not even the right form.
  if (asked === "token" && code === 10003) {
    return "credentials";
  }
  const known = code === undefined ? undefined : kindOfCode(code);
  if (known !== undefined) {
    return known;
  }
  if (status === 429) {
    return "rate";
  }
  if (status !== undefined && (status >= 500 || status === 408)) {
    return "unavailable";
  }
  // Without a code it is not this API that answers.
  return code === undefined && status === 404 ? "parameter" : "unknown";
}

function wordsOf(kind: FailureKind, { code, msg }: Facts): Advice {
  switch (kind) {
    case "token":
      return { what: "The platform does not accept the access token" };
    case "credentials":
      return refusalWords.credentials;
    case "scope":
      return scopeWords(msg);
    case "denied":
      return code === 99991401
        ? {
            what: "The app's list of allowed addresses does not hold this machine",
            todo: "Add it in the developer console.",
          }
        : {
            what: "The bot of the app is switched off",
            todo: "Add the bot capability in the developer console and publish a version.",
          };
    case "rate":
      return { what: "Too many calls" };
    case "gone":
      return { what: "The bot is not in this chat any more, or the chat is no more" };
    case "forbidden":
      return {
        what: "The bot may not write in this chat",
        todo: "Look whether the chat is muted, and whether the app is available to its people.",
      };
    case "recalled":
      return { what: "The message was recalled or deleted" };
    case "no-thread":
      return { what: "The chat does not take replies in a thread" };
    case "too-old":
      return { what: "The message is too old to be changed" };
    case "too-long":
      return { what: code === 234006 ? "The file is too large" : "The card is too long" };
    case "audit":
      return { what: "The tenant's rules for content do not let the card pass" };
    case "refused":
      return { what: `The platform refused the card${refusalOf(msg)}` };
    case "locked":
      return { what: "The card is locked while a press on it is answered" };
    case "parameter":
      return {
        what: "The platform does not understand the call",
        todo: "Check that the domain is that of an open platform.",
      };
    case "unavailable":
      return { what: "The platform failed" };
    case "unknown":
      return code === undefined
        ? {
            what: "Something else than the platform answered",
            todo: "Look for a proxy or a gateway between this machine and the platform, and let the bot through.",
          }
        : { what: "The platform answered with a failure that is not known here" };
  }
}

const mostScopes = 5;

/** Its words name the scopes, any one of which is enough: `…is required: [im:message:send, im:message]. …` */
function scopeWords(msg: string): Advice {
  const named = msg.slice(0, 4_000).match(/\b[a-z][a-z_]*(?::[a-z][a-z_.]*)+\b/g) ?? [];
  const scopes = [...new Set(named)].slice(0, mostScopes);
  const which = scopes.length === 0 ? "A permission" : `One of the permissions ${scopes.join(", ")}`;
  return { what: `${which} is missing`, todo: "Add it to the app in the developer console and publish a version." };
}

/** Words of the platform about a refused card that hold nothing of the card. */
const knownWords = [
  "card table number over limit",
  "element exceeds the limit",
  "create universal card fail",
  "no longer support this capability",
  "unknown property",
  "chart spec is invalid",
  "parse card json err",
];

/**
 * Its words are `Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: action);
 * ErrMsg: …; ErrorValue: …`. The value is text of the card, and the message may quote some: neither is repeated.
 */
function refusalOf(msg: string): string {
  const text = msg.slice(0, 4_000);
  const code = /ErrCode:\s*(\d{1,9})/.exec(text)?.[1];
  const path = /ErrPath:\s*([^;]{1,300})/.exec(text)?.[1]?.replace(/[^\w\s()[\]:.>-]/g, "");
  const words = knownWords.find((known) => text.toLowerCase().includes(known));
  const parts = [code, path?.trim(), words].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

interface Tail {
  readonly code?: number | undefined;
  readonly status?: number | undefined;
  readonly logId?: string | undefined;
}

function tail({ code, status, logId }: Tail): string {
  const id = idOf(logId);
  const parts = [
    code === undefined ? undefined : `code ${code}`,
    status === undefined ? undefined : `HTTP ${status}`,
    id === undefined ? undefined : `log id ${id}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function idOf(logId: string | undefined): string | undefined {
  return logId !== undefined && /^[\w-]{1,100}$/.test(logId) ? logId : undefined;
}
