import { z } from "zod";
import { type Answer, type Http, isHttpError, jsonBody } from "../../src/platform/index.ts";
import { type LinkRefusal, refusalOf } from "./link-refusal.ts";

/** What the platform answered to the question where to connect to. */
export type Gateway =
  /** The address holds a ticket, which is good for one connection: it is not to be logged. */
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "refused"; readonly refusal: LinkRefusal; readonly code: string | number }
  /** It may be otherwise soon. `reason` is for the log. */
  | { readonly kind: "failed"; readonly reason: string; readonly todo?: string | undefined };

export interface GatewayQuestion {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URL of the API, without a slash at its end. */
  readonly apiBase: string;
  /** What is to come over the connection. */
  readonly subscriptions: readonly { readonly type: string; readonly topic: string }[];
  readonly http: Http;
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * Asks `POST /v1.0/gateway/connections/open` for an address (document "Stream mode protocol access description"). Never
 * rejects.
 */
export async function askGateway(question: GatewayQuestion): Promise<Gateway> {
  const { clientId, clientSecret, apiBase, subscriptions, http, timeout } = question;
  try {
    const answer = await http.ask({
      url: new URL(`${apiBase}/v1.0/gateway/connections/open`),
      method: "POST",
      // It would answer with XML.
      headers: { accept: "application/json" },
      body: jsonBody({ clientId, clientSecret, ua: "deskhand", subscriptions }),
      timeout,
    });
    return readGateway(answer, apiBase.startsWith("https:"));
  } catch (error) {
    const { reason = reasonOf(error), todo } = (isHttpError(error) ? error.proxy : undefined) ?? {};
    return { kind: "failed", reason, todo };
  }
}

const codeText = z.string().regex(/^[\w.-]{1,100}$/);
const refusedSchema = z.object({ code: codeText.optional().catch(undefined) });
const grantedSchema = z.object({ endpoint: z.string().min(1).max(2_000), ticket: z.string().min(1).max(8_000) });

/**
 * Reads the gateway's answer.
 *
 * @param secure whether it was asked over TLS: then the socket has to be, too, as the ticket is the key to the messages
 */
export function readGateway({ status, data }: Pick<Answer, "status" | "data">, secure: boolean): Gateway {
  const granted = grantedSchema.safeParse(data);
  if (status >= 200 && status < 300 && granted.success) return addressOf(granted.data, secure);
  const code = refusedSchema.safeParse(data).data?.code;
  const refusal = refusalOf(status, code);
  if (refusal !== undefined) return { kind: "refused", refusal, code: code ?? status };
  if (code === undefined && status >= 200 && status < 300) {
    return { kind: "failed", reason: "the platform's answer names no address" };
  }
  return {
    kind: "failed",
    reason: `the platform answered with HTTP ${status}${code === undefined ? "" : ` (${code})`}`,
  };
}

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

function addressOf({ endpoint, ticket }: z.infer<typeof grantedSchema>, secure: boolean): Gateway {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "wss:" && url?.protocol !== "ws:") {
    return { kind: "failed", reason: "the platform's answer names no address" };
  }
  if (secure && url.protocol === "ws:" && !loopback.test(url.hostname)) {
    return { kind: "failed", reason: "the platform's address is not a secure one" };
  }
  // A fragment is the one thing of an address that a socket is not made with.
  url.hash = "";
  // Not through `searchParams`, which write a blank as a plus.
  url.search = `${url.search === "" ? "?" : `${url.search}&`}ticket=${encodeURIComponent(ticket.toWellFormed())}`;
  return { kind: "address", url: url.href };
}

function reasonOf(error: unknown): string {
  if (!isHttpError(error)) return "the platform could not be asked";
  switch (error.kind) {
    case "timeout":
      return "the platform did not answer in time";
    case "unreadable":
      return "the platform's answer is too long";
    case "stopped":
      return "it was given up";
    default:
      return `the platform was not reached (${error.system ?? "no answer"})`;
  }
}
