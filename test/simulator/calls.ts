import { type IncomingHttpHeaders, request } from "node:http";
import {
  type AccessKey,
  authorization,
  contentHash,
  createSimulator,
  type SimulatorOptions,
} from "../../src/simulator/index.ts";

/** The moment of every test. */
export const now = Date.parse("2026-01-02T03:04:05Z");

export const standardKey: AccessKey = { id: "simulator", secret: "simulator" };

/** A simulator whose clock stands still. */
export function still(options: SimulatorOptions = {}) {
  return createSimulator({ clock: { now: () => now }, ...options });
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly key?: AccessKey;
  /** Changed before the request is signed; undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Changed after the request was signed. */
  readonly tampered?: Readonly<Record<string, string>>;
  /** Sent instead of the query that was signed. */
  readonly target?: string;
}

/** Makes calls with a new nonce each, signed by hand. */
export function createCaller(endpoint: string) {
  let nonces = 0;
  return async (call: Call = {}): Promise<Answer> => {
    nonces += 1;
    const { query = { AgentProvider: "OpenClaw" }, method = "POST", path = "/", body = "" } = call;
    const given: Readonly<Record<string, string | undefined>> = {
      host: endpoint,
      "x-acs-action": "ListDesktopAgentRuntime",
      "x-acs-version": "2021-09-01",
      "x-acs-date": "2026-01-02T03:04:05Z",
      "x-acs-signature-nonce": `nonce-${nonces}`,
      "x-acs-content-sha256": contentHash(body),
      ...call.headers,
    };
    const headers = new Map<string, string>();
    for (const [name, value] of Object.entries(given)) if (value !== undefined) headers.set(name, value);
    const parts = { method, path, query: new Map(Object.entries(query)), headers, body };
    const signed = { authorization: authorization(parts, call.key ?? standardKey) };
    const target = call.target ?? `${path}?${new URLSearchParams(query).toString()}`;
    return send(endpoint, {
      method,
      target,
      body,
      headers: { ...Object.fromEntries(headers), ...signed, ...call.tampered },
    });
  };
}

/** Sends bytes as they are given; rejects when the connection breaks. */
export function send(
  endpoint: string,
  given: { method: string; target: string; body: string; headers: Record<string, string> },
): Promise<Answer> {
  const { hostname, port } = new URL(`http://${endpoint}`);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method: given.method, path: given.target, headers: given.headers, agent: false };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(given.body);
  });
}

/** The body of an answer as an object. */
export function bodyOf(answer: Answer): Readonly<Record<string, unknown>> {
  const body: unknown = JSON.parse(answer.text);
  if (!isRecord(body)) throw new TypeError(`not an object: ${answer.text.slice(0, 100)}`);
  return body;
}

/** The ids of an answer's rows. */
export function idsOf(answer: Answer): readonly string[] {
  const { Data } = bodyOf(answer);
  if (!Array.isArray(Data)) throw new TypeError(`no Data: ${answer.text.slice(0, 100)}`);
  return Data.map((row: unknown) => String(isRecord(row) ? row.DesktopId : row));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
