import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Clock } from "../fleet/index.ts";
import { createAgents, noProxies, type Proxies, proxyFaultOf, proxyFor } from "../network/index.ts";
import { type HttpError, httpError, isHttpError } from "./http-error.ts";
import { jsonOf } from "./json.ts";

/** A client of a platform's HTTP API, and how to let go of its connections. */
export interface Http {
  /**
   * Asks once, and resolves with whatever the platform answers. Rejects with an `HttpError` where there is no answer: it could
   * not be reached, took too long, said too much, or the client was stopped.
   */
  ask(exchange: Exchange): Promise<Answer>;
  /** Closes every connection; requests under way and later ones fail with "stopped". */
  stop(): void;
}

export interface Exchange {
  readonly url: URL;
  /** In capitals. */
  readonly method: string;
  /** With names in small letters. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Body | undefined;
  /** Milliseconds; never more than the client allows, except for a body that says how long it may take. */
  readonly timeout?: number | undefined;
  /**
   * It must not arrive twice: it takes a connection of its own, as a kept one may just have been closed by the platform, and
   * is never sent again from here.
   */
  readonly once?: boolean | undefined;
}

/** What is sent along. */
export interface Body {
  /** The header content-type. */
  readonly type: string;
  readonly bytes: number;
  /** Milliseconds that sending it may take beside the exchange. */
  readonly time?: number | undefined;
  /** The bytes; asked for anew when they have to be sent again. */
  open(): Readable | string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** Undefined where it is not JSON. */
  readonly data: unknown;
}

export interface HttpOptions {
  readonly clock: Clock;
  /** Milliseconds of a whole exchange. */
  readonly timeout: number;
  /** Bytes of an answer; a longer one is given up. */
  readonly longest: number;
  /** Connections to one host; further requests wait for one. */
  readonly connections: number;
  /** What the connections take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
}

/** Text as JSON. */
export function jsonBody(value: unknown): Body {
  const text = JSON.stringify(value);
  return { type: "application/json; charset=utf-8", bytes: Buffer.byteLength(text), open: () => text };
}

/**
 * HTTP over connections that are kept, with a deadline for the whole exchange and a limit on the answer. Redirects are not
 * followed, as a request carries a token.
 */
export function createHttp({ clock, timeout, longest, connections, proxies = noProxies }: HttpOptions): Http {
  const kept = createAgents({ proxies, keepAlive: true, maxSockets: connections });
  const single = createAgents({ proxies, keepAlive: false, maxSockets: connections });
  const underWay = new Set<AbortController>();
  let stopped = false;

  async function ask(asked: Exchange): Promise<Answer> {
    if (stopped) {
      throw httpError("stopped", "The connection to the platform is closed.");
    }
    const ending = new AbortController();
    const timer = new AbortController();
    underWay.add(ending);
    const limit = Math.min(asked.timeout ?? timeout, timeout) + (asked.body?.time ?? 0);
    const late = (): void => ending.abort(httpError("timeout", `There was no answer within ${limit} ms.`));
    clock.sleep(limit, timer.signal).then(late, () => undefined);
    try {
      return await exchange(asked, ending.signal);
    } finally {
      underWay.delete(ending);
      // A reason of our own: the one that would be made without is an error with its stack, for each request.
      timer.abort("over");
    }
  }

  async function exchange(asked: Exchange, signal: AbortSignal): Promise<Answer> {
    for (let fresh = false; ; fresh = true) {
      const sent = open(asked);
      try {
        return await answerTo(sent, asked.body, {
          signal,
          longest,
          proxied: proxyFor(proxies, asked.url) !== undefined,
        });
      } catch (error) {
        // The platform closes a connection that was idle just when it is used again: the request did not arrive. Should it
        // have, those that are sent so may be repeated: what makes something carries a key against doubles.
        const wasClosed = sent.reusedSocket && isHttpError(error) && error.system === "ECONNRESET";
        if (fresh || !wasClosed || signal.aborted || asked.once === true) {
          throw error;
        }
      }
    }
  }

  function open({ url, method, headers = {}, body, once }: Exchange): ClientRequest {
    const agents = once === true ? single : kept;
    const about = body === undefined ? {} : { "content-type": body.type, "content-length": String(body.bytes) };
    // An agent with a bound on its connections would keep one for whoever waits, and say so.
    const ending = once === true ? { connection: "close" } : {};
    const all = { ...headers, ...about, ...ending };
    const request = url.protocol === "https:" ? secureRequest : plainRequest;
    return request(url, { method, headers: all, agent: agents.for(url) });
  }

  return {
    ask,
    stop() {
      stopped = true;
      for (const ending of underWay) {
        ending.abort(httpError("stopped", "The connection to the platform was closed."));
      }
      kept.destroy();
      single.destroy();
    },
  };
}

interface Bounds {
  readonly signal: AbortSignal;
  /** Bytes of the answer. */
  readonly longest: number;
  /** Whether it takes a proxy. */
  readonly proxied: boolean;
}

function answerTo(sent: ClientRequest, body: Body | undefined, { signal, longest, proxied }: Bounds): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (error: unknown): void => reject(isHttpError(error) ? error : networkError(error, proxied));
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
  send(sent, body);
  return promise.finally(() => signal.removeEventListener("abort", end));
}

function send(sent: ClientRequest, body: Body | undefined): void {
  const content = body?.open();
  if (!(content instanceof Readable)) {
    sent.end(content);
    return;
  }
  // One that ends early, as the file became shorter, leaves the request open: it has to end as well.
  content.on("error", (error) => sent.destroy(error));
  sent.on("close", () => content.destroy());
  content.pipe(sent);
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

function answerOf({ statusCode: status = 0, headers }: IncomingMessage, bytes: Buffer): Answer {
  return { status, headers, data: jsonOf(bytes.toString()) };
}

/** The first of a header's values. */
export function headerText(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.[0];
}

/** A number of seconds, as `retry-after` has it; undefined for anything else. */
export function headerSeconds(header: string | readonly string[] | undefined): number | undefined {
  const text = headerText(header);
  return text !== undefined && /^\d{1,6}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const systemSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) });

function networkError(error: unknown, proxied: boolean): HttpError {
  const system = systemSchema.safeParse(error).data?.code;
  const fault = proxyFaultOf(error, proxied);
  if (fault !== undefined) {
    return httpError("network", fault.says, { system, proxy: fault });
  }
  return httpError("network", `The platform could not be reached (${system ?? "no reason given"}).`, { system });
}
