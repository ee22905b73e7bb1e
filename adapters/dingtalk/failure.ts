import { z } from "zod";
import { type Advice, type Answer, headerSeconds, isHttpError, sentenceOf, whatOf } from "../../src/platform/index.ts";
import { type FailureKind, isRateOfKey, kindOfCode } from "./codes.ts";
import { refusalWords } from "./link-refusal.ts";

/**
 * Why a call to the platform failed. Nothing in it comes from the request, and of the platform's texts only what it says of a
 * card that it did not deliver.
 */
export interface Failure {
  readonly kind: FailureKind;
  /** The platform's code, when it gave one: a word, or the digits of an older one. */
  readonly code: string | undefined;
  /** By which the platform finds the call in its own log. */
  readonly requestId: string | undefined;
  /** Of a rate: whose it is, that of all calls of the API or that of one chat, person, card or webhook. */
  readonly limited: "api" | "key" | undefined;
  /** Of a rate: seconds after which the platform wants to be asked again. */
  readonly reset: number | undefined;
  /**
   * Whether the platform may have done it all the same: it did not answer, or not in its own words. Without a key against
   * doubles such a call is not to be made again, and its message counts as not sent.
   */
  readonly maybeSent: boolean;
  /** What happened, with code and request id. */
  readonly what: string;
  /** What the operator can do; undefined where that is not known. */
  readonly todo: string | undefined;
  /** Both, for the log. */
  readonly sentence: string;
}

/** What is asked: the older API and session webhooks say everything with HTTP 200, and have codes of their own. */
export type Dialect = "token" | "call" | "old";

interface Facts {
  readonly code: string | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly scopes: readonly string[];
  readonly reset: number | undefined;
  readonly isJson: boolean;
}

const optionalText = z.string().optional().catch(undefined);

const newSchema = z.object({
  code: optionalText,
  requestid: optionalText,
  requestId: optionalText,
  accessdenieddetail: z
    .object({ requiredScopes: z.array(z.string()).catch([]) })
    .optional()
    .catch(undefined),
});

const code = z.union([z.int().transform(String), z.string()]);
const oldSchema = z.object({
  errcode: code,
  sub_code: code.optional().catch(undefined),
  request_id: optionalText,
});

/** The failure that an answer tells; undefined when it is a success. */
export function failureOfAnswer(answer: Answer, dialect: Dialect): Failure | undefined {
  const { status, headers } = answer;
  const isGood = status >= 200 && status < 300;
  const said = isGood || dialect === "old" ? oldSchema.safeParse(answer.data).data : undefined;
  if (said !== undefined && said.errcode !== "0") {
    return fromPlatform(oldFacts(said, answer), dialect);
  }
  const isAnswer = dialect === "old" ? said !== undefined : typeof answer.data === "object" && answer.data !== null;
  if (isGood && isAnswer) {
    return undefined;
  }
  if (isGood) {
    return failureOf("unavailable", "The answer is not one of DingTalk's.", { maybeSent: true });
  }
  const body = newSchema.safeParse(answer.data).data;
  const facts: Facts = {
    code: body?.code,
    status,
    requestId: body?.requestid ?? body?.requestId,
    scopes: body?.accessdenieddetail?.requiredScopes ?? [],
    reset: headerSeconds(headers["retry-after"]),
    isJson: answer.data !== undefined,
  };
  return fromPlatform(facts, dialect);
}

function oldFacts(said: z.infer<typeof oldSchema>, { status, headers }: Answer): Facts {
  return {
    code: said.errcode === "88" ? (said.sub_code ?? said.errcode) : said.errcode,
    status,
    requestId: said.request_id,
    scopes: [],
    reset: headerSeconds(headers["retry-after"]),
    isJson: true,
  };
}

/** What the system calls a connection that never came about, so that nothing was sent over it. */
const unreached = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_PROXY_TUNNEL",
]);
const distrusted = /CERT|^UNABLE_TO_|^ERR_TLS_/;

/** The failure of something that an exchange threw. */
export function failureOfThrown(thrown: unknown): Failure {
  if (!isHttpError(thrown)) {
    return failureOf("unknown", "A call failed inside this program.", { maybeSent: true });
  }
  const { system = "", message, proxy } = thrown;
  const maybeSent = !unreached.has(system) && !distrusted.test(system);
  const failure = failureOf("unavailable", message, { maybeSent });
  return proxy === undefined ? failure : { ...failure, todo: proxy.todo, sentence: `${message} ${proxy.todo}` };
}

type More = Partial<Pick<Failure, "code" | "limited" | "maybeSent">>;

/** A failure that has its own words: nothing was asked, or the platform's words say nothing. */
export function failureOf(kind: FailureKind, words: string, more: More = {}): Failure {
  const none = { code: undefined, requestId: undefined, limited: undefined, reset: undefined, todo: undefined };
  return { kind, ...none, maybeSent: false, ...more, what: words, sentence: words };
}

function fromPlatform(facts: Facts, dialect: Dialect): Failure {
  const kind = kindOf(facts, dialect);
  const { reset } = facts;
  const known = { code: wordOf(facts.code), requestId: wordOf(facts.requestId) };
  const words = wordsOf(kind, facts);
  const end = tail({ ...known, status: facts.status });
  return {
    kind,
    ...known,
    limited: kind !== "rate" ? undefined : isRateOfKey(facts.code ?? "") ? "key" : "api",
    reset: kind === "rate" ? reset : undefined,
    maybeSent: isOpen(facts),
    what: whatOf(words, end),
    todo: words.todo,
    sentence: sentenceOf(words, end),
  };
}

/**
 * Whether an answer leaves open what became of the call. One that names its reason does not, nor does a refusal, as 429 and 503
 * are: the server could not handle the request for now (RFC 9110, 15.6.4).
 */
function isOpen({ code: given, status }: Facts): boolean {
  const named = given !== undefined && kindOfCode(given) !== undefined;
  return !named && status !== 503 && (status >= 500 || status === 408);
}

function kindOf({ code: given, status }: Facts, dialect: Dialect): FailureKind {
  const known = given === undefined ? undefined : kindOfCode(given);
  if (known !== undefined) {
    return known;
  }
  switch (status) {
    case 401:
      return dialect === "token" ? "credentials" : "token";
    case 403:
      return "denied";
    case 404:
      return "parameter";
    case 408:
      return "unavailable";
    case 429:
      return "rate";
    default:
      return status >= 500 ? "unavailable" : "unknown";
  }
}

function wordsOf(kind: FailureKind, { code: given, scopes, isJson }: Facts): Advice {
  switch (kind) {
    case "token":
      return { what: "DingTalk does not accept the access token" };
    case "credentials":
      return refusalWords.credentials;
    case "scope":
      return scopeWords(scopes);
    case "denied":
      return deniedWords(given, isJson);
    case "rate":
      return { what: "Too many calls" };
    case "quota":
      return {
        what: "The API calls that the organisation has in a month are spent",
        todo: "More come with the next month, or with another edition of DingTalk.",
      };
    case "gone":
      return {
        what: "The robot is not in this group any more, or the group is no more",
        todo: "Add the robot to the group.",
      };
    case "user":
      return {
        what: "The person cannot be written to: they are not of this organisation, or the app is not available to them",
      };
    case "template":
      return templateWords(given);
    case "exists":
      return { what: "There is such a card already" };
    case "missing-card":
      return { what: "The card is not there any more" };
    case "too-long":
      return { what: "What was to be sent is too long for DingTalk" };
    case "refused":
      return { what: "DingTalk does not show what was to be sent" };
    case "parameter":
      return { what: "DingTalk does not understand the call", todo: "Check channels.dingtalk.apiBase and oapiBase." };
    case "unavailable":
      return { what: "DingTalk failed" };
    case "expired":
      return { what: "The session of the chat is over" };
    case "unknown":
      return isJson ? { what: "DingTalk answered with a failure that is not known here" } : between;
  }
}

const mostScopes = 5;

/** Names of permissions, such as Card.Instance.Write and qyapi_robot_sendmsg. */
const scopeForm = /^[A-Za-z][\w.]{0,99}$/;

function scopeWords(required: readonly string[]): Advice {
  const scopes = [...new Set(required)].filter((scope) => scopeForm.test(scope)).slice(0, mostScopes);
  const which =
    scopes.length === 0
      ? "A permission is missing"
      : `${scopes.length === 1 ? "The permission" : "Permissions"} ${scopes.join(", ")} ${scopes.length === 1 ? "is" : "are"} missing`;
  return { what: which, todo: "Add it to the app in the developer console and publish a version." };
}

/** A page in place of an answer: a gateway's, or DingTalk's own for an address that asks too often. */
const between: Advice = {
  what: "Something else than DingTalk answered",
  todo: "Look for a proxy or a gateway between this machine and DingTalk, and let the bot through.",
};

function deniedWords(given: string | undefined, isJson: boolean): Advice {
  if (!isJson) {
    return between;
  }
  if (given === "60020" || /IpNotInWhiteList$|^ip\./.test(given ?? "")) {
    return {
      what: "The app's list of allowed addresses does not hold this machine",
      todo: "Add it in the developer console.",
    };
  }
  return kindOfCode(given ?? "") === "denied"
    ? {
        what: "The app has no robot of this code in use",
        todo: "Check channels.dingtalk.robotCode, that the app has the robot capability, and that a version with it is published.",
      }
    : {
        what: "DingTalk refuses the call",
        todo: "Look in the developer console whether a version of the app is published, and whom it is available to.",
      };
}

function templateWords(given: string | undefined): Advice {
  return given === "param.templateUnpublished"
    ? {
        what: "The card template of channels.dingtalk.cardTemplateId is not published",
        todo: "Publish it in the card platform.",
      }
    : {
        what: "There is no card template of this id for the organisation",
        todo: "Check channels.dingtalk.cardTemplateId, which is an id that ends in .schema, or leave it empty.",
      };
}

interface Tail {
  readonly code: string | undefined;
  readonly status: number;
  readonly requestId: string | undefined;
}

function tail({ code: given, status, requestId }: Tail): string {
  const parts = [
    given === undefined ? undefined : `code ${given}`,
    status === 200 ? undefined : `HTTP ${status}`,
    requestId === undefined ? undefined : `request ${requestId}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** A code or an id as it can stand in the log; anything else could be a text. */
function wordOf(given: string | undefined): string | undefined {
  return given !== undefined && /^-?[\w.-]{1,100}$/.test(given) ? given : undefined;
}
