import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { HttpInstance, HttpRequestOptions } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import type { Clock } from "../../src/fleet/index.ts";
import { type HttpError, httpError, isHttpError } from "./http-error.ts";
import { limits } from "./limits.ts";

/** The SDK's client, and how to let go of its connections. */
export interface Http extends HttpInstance {
  /** Closes every connection; requests under way and later ones fail with "stopped". */
  stop(): void;
}

export interface HttpOptions {
  /** Milliseconds of a whole exchange; a request may ask for less. */
  readonly timeout: number;
  readonly clock: Clock;
  /** For requests that name none; the SDK's own do. */
  readonly userAgent?: string | undefined;
  /** Bytes of an answer; a longer one is given up. */
  readonly longest?: number | undefined;
}

type Options = HttpRequestOptions<unknown>;

interface Wanted {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Aborted, with the error as its reason, when the exchange is to end. */
  readonly signal: AbortSignal;
}

interface Answer {
  readonly data: unknown;
  readonly headers: IncomingMessage["headers"];
}

const bodySchema = z.object({
  code: z.number().optional().catch(undefined),
  msg: z.string().optional().catch(undefined),
  error: z.object({ log_id: z.string().optional() }).optional().catch(undefined),
});

/**
 * HTTP for Lark's SDK: JSON in and out over connections that are kept, with a deadline for the whole exchange and a limit on
 * the answer. Any status but 2xx rejects with `HttpError`; redirects are not followed, as a request carries a token.
 * Uploads (multipart) are not supported.
 */
export function createHttp({ timeout, clock, userAgent, longest = limits.answerBytes }: HttpOptions): Http {
  const settings = { keepAlive: true, maxSockets: limits.connections };
  const agents = { plain: new PlainAgent(settings), secure: new SecureAgent(settings) };
  const underWay = new Set<AbortController>();
  let stopped = false;

  async function request(options: Options): Promise<unknown> {
    if (stopped) {
      throw httpError("stopped", "The connection to the platform is closed.");
    }
    const ending = new AbortController();
    const timer = new AbortController();
    underWay.add(ending);
    const limit = Math.min(options.timeout ?? timeout, timeout);
    const late = (): void => ending.abort(httpError("timeout", `There was no answer within ${limit} ms.`));
    clock.sleep(limit, timer.signal).then(late, () => undefined);
    try {
      const { data, headers } = await exchange(wantedOf(options, userAgent, ending.signal));
      return options.$return_headers === true ? { data, headers } : data;
    } finally {
      underWay.delete(ending);
      // A reason of our own: the one that would be made without is an error with its stack, for each request.
      timer.abort("over");
    }
  }

  async function exchange(wanted: Wanted): Promise<Answer> {
    for (let fresh = false; ; fresh = true) {
      const sent = open(wanted);
      try {
        return await answerTo(sent, wanted, longest);
      } catch (error) {
        // The platform closes a connection that was idle just when it is used again: the request did not arrive. Should it
        // have, all of ours may be repeated: those that make something carry a key against doubles.
        const wasClosed = sent.reusedSocket && isHttpError(error) && error.system === "ECONNRESET";
        if (fresh || !wasClosed || wanted.signal.aborted) {
          throw error;
        }
      }
    }
  }

  function open({ url, method, headers }: Wanted): ClientRequest {
    return url.protocol === "https:"
      ? secureRequest(url, { method, headers, agent: agents.secure })
      : plainRequest(url, { method, headers, agent: agents.plain });
  }

  // The SDK says what type it expects of an answer; that it is so is checked where the answer is used.
  const call = <Data, Result = Data>(options: Options) => request(options) as Promise<Result>;
  const plain =
    (method: string) =>
    <Data, Result = Data>(url: string, options: Options = {}) =>
      call<Data, Result>({ ...options, url, method });
  const withBody =
    (method: string) =>
    <Data, Result = Data>(url: string, data?: unknown, options: Options = {}) =>
      call<Data, Result>({ ...options, url, method, data });

  return {
    request: call,
    get: plain("GET"),
    delete: plain("DELETE"),
    head: plain("HEAD"),
    options: plain("OPTIONS"),
    post: withBody("POST"),
    put: withBody("PUT"),
    patch: withBody("PATCH"),
    stop() {
      stopped = true;
      for (const ending of underWay) {
        ending.abort(httpError("stopped", "The connection to the platform was closed."));
      }
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

function wantedOf(options: Options, userAgent: string | undefined, signal: AbortSignal): Wanted {
  const { url = "", method = "GET", params = {}, data } = options;
  const address = new URL(url);
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        address.searchParams.append(name, String(one));
      }
    }
  }
  const body = data === undefined || isGet(method) ? undefined : JSON.stringify(data);
  return { url: address, method: method.toUpperCase(), headers: headersOf(options, body, userAgent), body, signal };
}

/** The SDK gives an empty object as the body of a request that has none. */
function isGet(method: string): boolean {
  return /^(?:get|head|options)$/i.test(method);
}

function headersOf({ headers = {} }: Options, body: string | undefined, userAgent: string | undefined) {
  const result: Record<string, string> = userAgent === undefined ? {} : { "user-agent": userAgent };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) {
      result[name.toLowerCase()] = String(value);
    }
  }
  if (result["content-type"]?.startsWith("multipart/") === true) {
    throw httpError("unreadable", "Uploads are not supported.");
  }
  if (body !== undefined) {
    result["content-type"] = "application/json; charset=utf-8";
    result["content-length"] = String(Buffer.byteLength(body));
  }
  return result;
}

function answerTo(sent: ClientRequest, { body, signal }: Wanted, longest: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (error: unknown): void => reject(isHttpError(error) ? error : networkError(error));
  const end = (): void => {
    sent.destroy();
    reject(signal.reason);
  };
  signal.addEventListener("abort", end, { once: true });
  // This also hears what fails after the exchange has ended: it is of no interest, but must not be thrown.
  sent.on("error", fail);
  sent.on("response", (response) => {
    read(response, longest)
      .then((bytes) => resolve(answerOf(response, bytes)))
      .catch(fail);
  });
  sent.end(body);
  return promise.finally(() => signal.removeEventListener("abort", end));
}

async function read(response: IncomingMessage, longest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > longest) {
      throw httpError("unreadable", `The answer is longer than ${longest} bytes.`, { status: response.statusCode });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function answerOf(response: IncomingMessage, bytes: Buffer): Answer {
  const { statusCode: status = 0, headers } = response;
  const data = parse(bytes.toString());
  if (status >= 200 && status < 300) {
    if (data === undefined) {
      throw httpError("unreadable", "The answer is not JSON.", { status, logId: textOf(headers["x-tt-logid"]) });
    }
    return { data, headers };
  }
  const { code, msg, error } = bodySchema.safeParse(data).data ?? {};
  const logId = error?.log_id ?? textOf(headers["x-tt-logid"]);
  const reset = secondsOf(headers["x-ogw-ratelimit-reset"]) ?? secondsOf(headers["retry-after"]);
  throw httpError("status", `The platform answered with HTTP ${status}.`, { status, code, msg, logId, reset });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.[0];
}

function secondsOf(header: string | readonly string[] | undefined): number | undefined {
  const text = textOf(header);
  return text !== undefined && /^\d{1,6}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const systemSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) });

function networkError(error: unknown): HttpError {
  const system = systemSchema.safeParse(error).data?.code;
  return httpError("network", `The platform could not be reached (${system ?? "no reason given"}).`, { system });
}
