import type { HttpInstance, HttpRequestOptions } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import type { Clock } from "../../src/fleet/index.ts";
import type { Proxies } from "../../src/network/index.ts";
import {
  type Answer,
  createHttp,
  type Exchange,
  type Http,
  headerSeconds,
  headerText,
  httpError,
  jsonBody,
} from "../../src/platform/index.ts";
import { limits } from "./limits.ts";
import { statusError } from "./status-error.ts";

/** The SDK's client, and how to let go of its connections. */
export interface SdkHttp extends HttpInstance {
  /** Asks what the SDK has no words for, an upload. Fails as the others do. */
  ask(exchange: Exchange): Promise<unknown>;
  /** Closes every connection; requests under way and later ones fail with "stopped". */
  stop(): void;
}

export interface SdkHttpOptions {
  /** Milliseconds of a whole exchange; a request may ask for less. */
  readonly timeout: number;
  readonly clock: Clock;
  /** For requests that name none; the SDK's own do. */
  readonly userAgent?: string | undefined;
  /** Bytes of an answer; a longer one is given up. */
  readonly longest?: number | undefined;
  /** What the connections take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
}

type Options = HttpRequestOptions<unknown>;

const bodySchema = z.object({
  code: z.number().optional().catch(undefined),
  msg: z.string().optional().catch(undefined),
  error: z.object({ log_id: z.string().optional() }).optional().catch(undefined),
});

/** HTTP for Lark's SDK: JSON in and out. Any status but 2xx rejects with a `StatusError`. */
export function createSdkHttp({ userAgent, longest = limits.answerBytes, ...about }: SdkHttpOptions): SdkHttp {
  const http: Http = createHttp({ ...about, longest, connections: limits.connections });

  async function request(options: Options): Promise<unknown> {
    const answer = await http.ask(exchangeOf(options, userAgent));
    const data = dataOf(answer);
    return options.$return_headers === true ? { data, headers: answer.headers } : data;
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
    ask: async (exchange) => dataOf(await http.ask(exchange)),
    stop: () => http.stop(),
  };
}

function exchangeOf(options: Options, userAgent: string | undefined): Exchange {
  const { url = "", method = "GET", params = {}, data, timeout } = options;
  const address = new URL(url);
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        address.searchParams.append(name, String(one));
      }
    }
  }
  // The SDK gives an empty object as the body of a request that has none.
  const body = data === undefined || /^(?:get|head|options)$/i.test(method) ? undefined : jsonBody(data);
  return { url: address, method: method.toUpperCase(), headers: headersOf(options, userAgent), body, timeout };
}

function headersOf({ headers = {} }: Options, userAgent: string | undefined): Record<string, string> {
  const result: Record<string, string> = userAgent === undefined ? {} : { "user-agent": userAgent };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) {
      result[name.toLowerCase()] = String(value);
    }
  }
  if (result["content-type"]?.startsWith("multipart/") === true) {
    throw httpError("unreadable", "The SDK's uploads are not supported: see `ask`.");
  }
  return result;
}

function dataOf({ status, headers, data }: Answer): unknown {
  if (status >= 200 && status < 300) {
    if (data === undefined) {
      throw statusError("unreadable", "The answer is not JSON.", { status, logId: headerText(headers["x-tt-logid"]) });
    }
    return data;
  }
  const { code, msg, error } = bodySchema.safeParse(data).data ?? {};
  const logId = error?.log_id ?? headerText(headers["x-tt-logid"]);
  const reset = headerSeconds(headers["x-ogw-ratelimit-reset"]) ?? headerSeconds(headers["retry-after"]);
  throw statusError("status", `The platform answered with HTTP ${status}.`, { status, code, msg, logId, reset });
}
