import { z } from "zod";
import { isHttpError } from "../../src/platform/index.ts";
import { knownRefusalOf, type LinkRefusal, refusalOf } from "./link-refusal.ts";

/** What the platform answered to the question where to connect to. */
export type Endpoint =
  /** The address holds a ticket: it is not to be logged. */
  | { readonly kind: "address"; readonly url: string; readonly pingSeconds: number | undefined }
  | { readonly kind: "refused"; readonly refusal: LinkRefusal; readonly code: number }
  /** It may be otherwise soon. `reason` is for the log. */
  | { readonly kind: "failed"; readonly reason: string; readonly todo?: string | undefined };

const refusedSchema = z.object({ code: z.int() });
const grantedSchema = z.object({
  code: z.literal(0),
  data: z.object({
    URL: z.url({ protocol: /^wss?$/ }).max(16_384),
    ClientConfig: z
      .object({ PingInterval: z.number().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

/**
 * Reads the answer of `POST /callback/ws/endpoint`.
 *
 * @param secure whether that was asked over TLS: then the socket has to be, too, as its address is the key to the events
 */
export function readEndpoint(answer: unknown, secure: boolean): Endpoint {
  const refused = refusedSchema.safeParse(answer);
  if (refused.success && refused.data.code !== 0) return codeOf(refused.data.code);
  const granted = grantedSchema.safeParse(answer);
  if (!granted.success) return { kind: "failed", reason: "the platform's answer names no address" };
  const { URL: url, ClientConfig } = granted.data.data;
  if (secure && !url.startsWith("wss:"))
    return { kind: "failed", reason: "the platform's address is not a secure one" };
  return { kind: "address", url, pingSeconds: ClientConfig?.PingInterval };
}

const failureSchema = z.object({
  status: z.int().optional().catch(undefined),
  code: z.int().optional().catch(undefined),
  system: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,50}$/)
    .optional()
    .catch(undefined),
});

/** Reads what the question failed with: the platform may say its code with a status that is an error, too. */
export function readEndpointFailure(error: unknown): Endpoint {
  const { status, code, system } = failureSchema.safeParse(error).data ?? {};
  if (code !== undefined && code !== 0) return codeOf(code);
  if (isHttpError(error) && error.proxy !== undefined) {
    return { kind: "failed", reason: error.proxy.reason, todo: error.proxy.todo };
  }
  if (status === undefined)
    return { kind: "failed", reason: `the platform was not reached (${system ?? "no answer"})` };
  const refusal = knownRefusalOf(status);
  if (refusal !== undefined) return { kind: "refused", refusal, code: status };
  return { kind: "failed", reason: `the platform answered with HTTP ${status}` };
}

function codeOf(code: number): Endpoint {
  const refusal = refusalOf(code);
  if (refusal !== undefined) return { kind: "refused", refusal, code };
  return { kind: "failed", reason: `the platform is busy or has a fault (code ${code})` };
}
