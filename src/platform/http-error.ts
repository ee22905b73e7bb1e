import type { ProxyFault } from "../network/index.ts";

/**
 * What an exchange fails with. It carries what the platform said and nothing of the request: no address, no header, no
 * body, as those hold tokens and cards.
 */
export interface HttpError extends Error {
  readonly name: "HttpError";
  readonly kind: "status" | "network" | "timeout" | "unreadable" | "stopped";
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The system's word for a failed connection, such as ECONNREFUSED. */
  readonly system: string | undefined;
  /** What is wrong with the proxy, where it is that. */
  readonly proxy: ProxyFault | undefined;
}

type Facts = Partial<Pick<HttpError, "status" | "system" | "proxy">>;

/** Builds one; what is not known of it is left undefined. `words` are for a log. */
export function httpError(kind: HttpError["kind"], words: string, facts: Facts = {}): HttpError {
  const none = { status: undefined, system: undefined, proxy: undefined };
  return Object.assign(new Error(words), { name: "HttpError" as const, kind, ...none, ...facts });
}

/** Whether something thrown is the failure of an exchange. */
export function isHttpError(value: unknown): value is HttpError {
  return value instanceof Error && value.name === "HttpError" && "kind" in value;
}
