/**
 * Why a call to the fleet's API brought no answer. It is data, not an exception: people meet it on a card.
 *
 * - `denied`: RAM does not allow the call; `action` and `principal` say what to allow to whom.
 * - `credentials`: an unknown or disabled key, an expired security token, or no credentials at all.
 * - `signature`: the secret does not belong to the key.
 * - `clock`: this machine's clock is more than 15 minutes off.
 * - `parameter`: the API refused a parameter.
 * - `throttled`: too many requests, after all attempts.
 * - `service`: the API failed (5xx), after all attempts.
 * - `unreachable`: refused, reset, or no such host.
 * - `timeout`: no answer before the deadline.
 * - `unreadable`: an answer that is not the API's (an HTML page, a cut body).
 * - `overloaded`: this process already has too many requests waiting.
 * - `stopped`: the call was given up, as the process is stopping.
 */
export type FailureKind =
  | "denied"
  | "credentials"
  | "signature"
  | "clock"
  | "parameter"
  | "throttled"
  | "service"
  | "unreachable"
  | "timeout"
  | "unreadable"
  | "overloaded"
  | "stopped";

export interface FleetFailure {
  readonly kind: FailureKind;
  /** The API's own code, or the operating system's (ECONNREFUSED), or ours of a proxy (PROXY_CREDENTIALS). */
  readonly code: string | undefined;
  /** The API's own words, scrubbed of credentials, signatures and addresses; at most 300 characters. */
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  /** The RAM action to allow, with kind `denied`. */
  readonly action: string | undefined;
  /** Whom to allow it, with kind `denied`. */
  readonly principal: string | undefined;
  /** How many attempts were made. */
  readonly attempts: number;
}

/** A value, or why there is none. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: FleetFailure };

/** A failure that came about here, before or without an answer of the API. */
export function ownFailure(kind: FailureKind, detail?: string): { readonly ok: false; readonly failure: FleetFailure } {
  const failure = { kind, code: undefined, detail, requestId: undefined, action: undefined, principal: undefined };
  return { ok: false, failure: { ...failure, attempts: 0 } };
}

/** The failure of a call that was given up by its signal. */
export function givenUp({ reason }: Pick<AbortSignal, "reason">): ReturnType<typeof ownFailure> {
  return ownFailure(reason instanceof Error && reason.name === "TimeoutError" ? "timeout" : "stopped");
}
