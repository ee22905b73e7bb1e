import { type ApiError, accessDenied, apiError, errorBody } from "./api-error.ts";
import type { Failure, FaultPlan } from "./faults.ts";
import type { Journal } from "./journal.ts";
import type { Listing, Shift } from "./listing.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { readQuery } from "./query.ts";
import { mix } from "./random.ts";
import { type SignedParts, type VerifierOptions, verify } from "./signature.ts";

const apiVersion = "2021-09-01";
const apiAction = "ListDesktopAgentRuntime";

/** A request as it came off the wire. */
export interface IncomingCall {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Undefined when it was larger than the limit. */
  readonly body: Uint8Array | undefined;
}

/** What goes back: a response, or a connection that is reset or left hanging. */
export type Reply =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" };

export interface ServiceOptions {
  readonly listing: Listing;
  readonly faults: FaultPlan;
  readonly journal: Journal;
  readonly verifier: VerifierOptions;
  readonly now: () => number;
  readonly seed: number;
}

/** The API without the wire: every call has a reply, whatever is in it. */
export interface Service {
  handle(call: IncomingCall): Reply;
}

/** What is known of a call so far, for its error or its entry in the journal. */
interface Progress {
  readonly requestId: string;
  readonly host: string;
  readonly action: string;
  parameters: Parameters;
}

/** The App Streaming API over a listing. */
export function createService(options: ServiceOptions): Service {
  const { listing, faults, journal, now, seed } = options;
  let calls = 0;
  let listed = 0;
  let shift: Shift = still;

  const close = (progress: Progress, status: number, code: string): void => {
    const parameters = Object.fromEntries(progress.parameters);
    journal.add({ action: progress.action, parameters, status, code, at: now() });
  };

  function fail(progress: Progress, error: ApiError, headers: Readonly<Record<string, string>> = {}): Reply {
    close(progress, error.status, error.code);
    return json(progress, error.status, errorBody(error, progress.requestId, progress.host), headers);
  }

  /** Page limits and shifts are the server's business; the list itself does not know of them. */
  function list(progress: Progress): ApiError | Readonly<Record<string, unknown>> {
    const request = readParameters(progress.parameters);
    if ("code" in request) return request;
    const { shift: every, shiftKind, maxPageSize } = faults.knobs;
    if (every === 0) shift = still;
    const answer = listing.page(request, Math.max(1, Math.floor(maxPageSize)), shift);
    listed += 1;
    if (every > 0 && listed % every === 0) {
      shift =
        shiftKind === "rotate" ? { hidden: false, rotated: shift.rotated + 1 } : { hidden: !shift.hidden, rotated: 0 };
    }
    return { RequestId: progress.requestId, ...answer };
  }

  function succeed(progress: Progress): Reply {
    const answer = list(progress);
    if (isError(answer)) return fail(progress, answer);
    close(progress, 200, "OK");
    return json(progress, 200, answer);
  }

  function misbehave(progress: Progress, failure: Failure): Reply {
    const headers = failure.retryAfter === undefined ? {} : { "x-acs-retry-after": String(failure.retryAfter) };
    const spoil = (status: number, type: string, body: string): Reply => {
      close(progress, status, failure.kind ?? "error");
      return { kind: "response", status, headers: { ...headers, "content-type": type }, body };
    };
    const error = errorOf(failure);
    switch (failure.kind) {
      case "reset":
      case "hang":
        close(progress, 0, failure.kind);
        return { kind: failure.kind };
      case "html":
        return spoil(failure.status ?? 502, "text/html", failure.body ?? gatewayPage);
      case "empty":
        return spoil(failure.status ?? 200, jsonType, "");
      case "body":
        return spoil(failure.status ?? 200, jsonType, failure.body ?? "");
      case "truncated": {
        const whole = JSON.stringify(list(progress));
        return spoil(failure.status ?? 200, jsonType, whole.slice(0, Math.ceil(whole.length / 2)));
      }
      default:
        return fail(progress, error, headers);
    }
  }

  return {
    handle(call) {
      calls += 1;
      const progress: Progress = {
        requestId: requestIdOf(seed, calls),
        host: call.headers.get("host") ?? "",
        action: call.headers.get("x-acs-action") ?? "",
        parameters: new Map(),
      };
      const read = readCall(call);
      if ("code" in read) return fail(progress, read);
      progress.parameters = read.parameters;
      const refused = verify(read.signed, options.verifier, now()) ?? checkAction(call.headers);
      if (refused !== undefined) return fail(progress, refused);
      const failure = faults.next();
      return failure === undefined ? succeed(progress) : misbehave(progress, failure);
    },
  };
}

const still: Shift = { hidden: false, rotated: 0 };
const jsonType = "application/json;charset=utf-8";
const gatewayPage =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>Tengine</center>\r\n</body>\r\n</html>\r\n";

function isError(answer: ApiError | Readonly<Record<string, unknown>>): answer is ApiError {
  return "code" in answer;
}

function json(
  { requestId }: Progress,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const all = { ...headers, "content-type": jsonType, "x-acs-request-id": requestId };
  return { kind: "response", status, headers: all, body: JSON.stringify(body) };
}

function errorOf(failure: Failure): ApiError {
  if (failure.kind === "deny") return accessDenied(failure.code);
  const status = failure.kind === "error-in-200" ? 200 : (failure.status ?? 500);
  const message = failure.message ?? "The request processing has failed due to some unknown error.";
  return apiError(status, failure.code ?? "InternalError", message);
}

/** Takes a call apart, or says why it is no call of this API. */
function readCall(call: IncomingCall): { readonly signed: SignedParts; readonly parameters: Parameters } | ApiError {
  const { method, target, headers, body } = call;
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  if (path !== "/")
    return apiError(404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.");
  if (method !== "POST" && method !== "GET") {
    return apiError(405, "UnsupportedHTTPMethod", "This http method is not supported.");
  }
  if (body === undefined) return apiError(413, "RequestBodyTooLarge", "The request body is too large.");
  const query = readQuery(question < 0 ? "" : target.slice(question + 1));
  if (query === undefined) return malformed("query");
  const parameters = new Map(query);
  if ((headers.get("content-type") ?? "").toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    const form = readQuery(new TextDecoder().decode(body));
    if (form === undefined) return malformed("body");
    for (const [key, value] of form) parameters.set(key, value);
  }
  return { signed: { method, path, query, headers, body }, parameters };
}

function malformed(place: string): ApiError {
  return apiError(400, "InvalidParameter.Malformed", `The ${place} of the request is not well-formed.`);
}

function checkAction(headers: ReadonlyMap<string, string>): ApiError | undefined {
  if (headers.get("x-acs-version") !== apiVersion) {
    return apiError(404, "InvalidVersion", "Specified parameter Version is not valid.");
  }
  if (headers.get("x-acs-action") === apiAction) return undefined;
  return apiError(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
}

/** Shaped like the service's own, and the same again in the same run. */
function requestIdOf(seed: number, call: number): string {
  const digits = [1, 2, 3, 4]
    .map((word) =>
      mix(seed, call, 400 + word)
        .toString(16)
        .padStart(8, "0"),
    )
    .join("")
    .toUpperCase();
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}
