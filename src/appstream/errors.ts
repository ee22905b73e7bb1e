import { z } from "zod";
import type { FailureKind, FleetFailure } from "../fleet/index.ts";
import { scrub } from "../telemetry/index.ts";
import { text, whole } from "./lenient.ts";

/** The one RAM action that is needed; named when a denial does not name it. */
const action = "appstreaming:ListDesktopAgentRuntime";

/** What went wrong with one attempt, and what may be done about it. */
export interface Problem {
  /** Its `attempts` is 0: whoever counts them fills it in. */
  readonly failure: FleetFailure;
  /** The same request may succeed a little later. */
  readonly retryable: boolean;
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** The security token is over: a renewed credential may succeed at once. */
  readonly renewable: boolean;
}

const denialSchema = z.object({
  AuthAction: text,
  AuthPrincipalType: text,
  AuthPrincipalDisplayName: text,
  AuthPrincipalOwnerId: text,
});

/** The body of an error; both spellings occur. */
const bodySchema = z.object({
  Code: text,
  code: text,
  Message: text,
  message: text,
  RequestId: text,
  requestId: text,
  statusCode: whole,
  AccessDeniedDetail: z.unknown().optional(),
});

/** What the SDK throws: a plain Error with these as own properties. */
const thrownSchema = z.object({
  name: text,
  code: text,
  message: text,
  statusCode: whole,
  data: z.unknown().optional(),
  accessDeniedDetail: z.unknown().optional(),
});

interface Facts {
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  readonly denial: unknown;
}

/** Codes of the API, most special first; a code matches when it is the word or goes on with a dot. */
const codes: readonly (readonly [string, FailureKind])[] = [
  ["SignatureDoesNotMatch", "signature"],
  ["IncompleteSignature", "signature"],
  ["InvalidAccessKeyId", "credentials"],
  ["InvalidAccessKeySecret", "signature"],
  ["InvalidSecurityToken", "credentials"],
  ["MissingSecurityToken", "credentials"],
  ["InvalidCredentials", "credentials"],
  ["NoPermission", "denied"],
  ["Forbidden", "denied"],
  ["InvalidTimeStamp", "clock"],
  ["Throttling", "throttled"],
  // A nonce that was seen before: the next signature has another one, as if the service had failed once.
  ["SignatureNonceUsed", "service"],
  ["InternalError", "service"],
  ["ServiceUnavailable", "service"],
  ["InvalidParameter", "parameter"],
];

/** Codes that stand in the body of a success on some of Alibaba Cloud's services. */
const codesOfSuccess: ReadonlySet<string> = new Set(["200", "0", "ok", "success"]);

/** Codes of the operating system, TLS and a proxy that another attempt may be without; the others are wrong set-ups. */
const passingCodes: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "PROXY_FAILED",
  "PROXY_UNREACHABLE",
]);

const retryableKinds: ReadonlySet<FailureKind> = new Set(["throttled", "service", "unreadable", "timeout"]);

function kindOf({ code, status, denial }: Facts): FailureKind {
  const known = codes.find(([word]) => code === word || code?.startsWith(`${word}.`) === true);
  if (known !== undefined) return known[1];
  if (status === 429) return "throttled";
  if (status !== undefined && status >= 500) return "service";
  if (status === 403 || denial !== undefined) return "denied";
  // Without a code it is not this API that answers, but something on the way.
  if (code === undefined) return "unreadable";
  // An error in a success has no status to tell whose fault it is.
  return status !== undefined || /^(?:Missing|Invalid|Illegal)/.test(code) ? "parameter" : "service";
}

/** `DISPLAY NAME (TYPE)`, as far as the denial says it. */
function principalOf(denial: z.infer<typeof denialSchema> | undefined): string | undefined {
  const name = denial?.AuthPrincipalDisplayName ?? denial?.AuthPrincipalOwnerId;
  if (name === undefined) return denial?.AuthPrincipalType;
  return denial?.AuthPrincipalType === undefined ? name : `${name} (${denial.AuthPrincipalType})`;
}

/** A code of the API is words with dots between them, some longer than anything else that is let through. */
function codeOf(code: string | undefined, secrets: readonly string[]): string | undefined {
  const isCode =
    codes.some(([word]) => code?.startsWith(word)) && /^[A-Za-z]{1,40}(?:\.[A-Za-z]{1,40}){0,3}$/.test(code ?? "");
  return isCode && !secrets.some((secret) => code?.includes(secret)) ? code : scrub(code, secrets);
}

function fromApi(facts: Facts, secrets: readonly string[]): Problem {
  const kind = kindOf(facts);
  const denial = kind === "denied" ? denialSchema.safeParse(facts.denial).data : undefined;
  return {
    failure: {
      kind,
      code: codeOf(facts.code, secrets),
      detail: scrub(facts.message, secrets),
      requestId: scrub(facts.requestId, secrets),
      action: kind === "denied" ? (scrub(denial?.AuthAction, secrets) ?? action) : undefined,
      principal: scrub(principalOf(denial), secrets),
      attempts: 0,
    },
    // A refusal without the API's code comes from a proxy or a wrong address: it stays.
    status: facts.status,
    retryable: retryableKinds.has(kind) && !(kind === "unreadable" && (facts.status ?? 0) >= 400),
    renewable: facts.code?.startsWith("InvalidSecurityToken") === true,
  };
}

/** A problem that is not the API's own: nothing of it names an action, a principal or a request. */
export function localProblem(kind: FailureKind, retryable: boolean, code?: string, detail?: string): Problem {
  const failure = { ...emptyFailure(kind, 0), code, detail };
  return { failure, retryable, renewable: false };
}

function emptyFailure(kind: FailureKind, attempts: number): FleetFailure {
  const none = { code: undefined, detail: undefined, requestId: undefined, action: undefined, principal: undefined };
  return { kind, ...none, attempts };
}

/** The failure of a call that waits no longer, by its signal's reason: `timeout` for a TimeoutError, else `stopped`. */
export function givenUp(reason: unknown, attempts: number): FleetFailure {
  const late = reason instanceof Error && reason.name === "TimeoutError";
  return emptyFailure(late ? "timeout" : "stopped", attempts);
}

/** The failure of a call that finds too many waiting before it. */
export function overloaded(attempts: number): FleetFailure {
  return emptyFailure("overloaded", attempts);
}

/** What the body of an answer says went wrong; undefined when it is none of an error. For errors that come with a 200. */
export function problemOfBody(body: unknown, secrets: readonly string[]): Problem | undefined {
  const fields = bodySchema.safeParse(body).data;
  const code = fields?.Code;
  if (fields === undefined || code === undefined || codesOfSuccess.has(code.toLowerCase())) return undefined;
  const facts = { code, status: undefined, message: fields.Message, requestId: fields.RequestId };
  return fromApi({ ...facts, denial: fields.AccessDeniedDetail ?? undefined }, secrets);
}

/** What a value thrown by the SDK says went wrong. */
export function problemOfThrown(thrown: unknown, secrets: readonly string[]): Problem {
  const error = thrownSchema.safeParse(thrown).data;
  const body = bodySchema.safeParse(error?.data).data;
  const status = error?.statusCode ?? body?.statusCode;
  // The SDK writes "undefined" where an answer had no code.
  const code = error?.code === "undefined" ? undefined : error?.code;
  if (status !== undefined || body !== undefined || code === "InvalidCredentials") {
    const message = body === undefined ? error?.message : (body.Message ?? body.message);
    const denial = error?.accessDeniedDetail ?? body?.AccessDeniedDetail ?? undefined;
    return fromApi({ code, status, message, requestId: body?.RequestId ?? body?.requestId, denial }, secrets);
  }
  const detail = scrub(error?.message, secrets);
  if (error?.name?.startsWith("RequestTimeout") === true) return localProblem("timeout", true, undefined, detail);
  // Codes of the parsers of HTTP and of compressed bodies are about what arrived; other codes about the way to it.
  if (code === undefined || /^(?:HPE_|Z_)/.test(code)) return localProblem("unreadable", true, code, detail);
  return localProblem("unreachable", passingCodes.has(code), scrub(code, secrets), detail);
}
