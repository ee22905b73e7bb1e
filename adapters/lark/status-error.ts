import { type HttpError, httpError } from "../../src/platform/index.ts";

/** An `HttpError` with what Lark said, as far as it said anything. */
export interface StatusError extends HttpError {
  readonly code?: number | undefined;
  readonly msg?: string | undefined;
  readonly logId?: string | undefined;
  /** Seconds after which the platform wants to be asked again. */
  readonly reset?: number | undefined;
}

type Facts = Pick<StatusError, "code" | "msg" | "logId" | "reset"> & { readonly status: number };

/** Builds one; `words` are for a log. */
export function statusError(kind: "status" | "unreadable", words: string, { status, ...said }: Facts): StatusError {
  return Object.assign(httpError(kind, words, { status }), said);
}
