import { z } from "zod";

/** What goes wrong at a proxy, where people have to do something else for it. */
export type ProxyFaultKind =
  /** It wants another user and password. */
  | "credentials"
  /** It does not let the connection through. */
  | "refused"
  /** It did not get through itself, or said nothing. */
  | "failed"
  /** There was no connection to it. */
  | "unreachable";

export interface ProxyFault {
  readonly kind: ProxyFaultKind;
  /** What happened, as words within a sentence; they name no address. */
  readonly reason: string;
  /** The same as a sentence. */
  readonly says: string;
  /** A sentence on what to do. */
  readonly todo: string;
}

/** Node's code of a tunnel that a proxy did not open; `statusCode` is there when it answered. */
const tunnelSchema = z.object({ code: z.literal("ERR_PROXY_TUNNEL"), statusCode: z.int().optional().catch(undefined) });
const systemSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/),
  syscall: z.enum(["connect", "getaddrinfo"]),
});

const todos: Readonly<Record<ProxyFaultKind, string>> = {
  credentials:
    "Write them in HTTPS_PROXY as http://user:password@host:port, with signs such as @ and : percent-encoded.",
  refused: "Let the proxy pass connections to this host and port, or name the host in NO_PROXY.",
  failed: "See that HTTPS_PROXY names a proxy for HTTP, and that this proxy can reach the host.",
  unreachable: "Check the host and the port in HTTPS_PROXY, and that the proxy runs.",
};

/**
 * What of the proxy an error of a connection tells; undefined when it is about something else.
 *
 * @param proxied whether the connection was to take a proxy: then what could not be connected to is the proxy
 */
export function proxyFaultOf(error: unknown, proxied: boolean): ProxyFault | undefined {
  const tunnel = tunnelSchema.safeParse(error);
  if (tunnel.success) {
    return ofStatus(tunnel.data.statusCode);
  }
  const system = systemSchema.safeParse(error).data;
  return proxied && system !== undefined
    ? faultOf("unreachable", `the proxy could not be reached (${system.code})`)
    : undefined;
}

/** A proxy that asks for a user and a password. */
const authenticationRequired = 407;

/** The fault by what a proxy answered; undefined: it gave no answer. */
function ofStatus(status: number | undefined): ProxyFault {
  if (status === undefined) {
    return faultOf("failed", "the proxy made no connection and did not say why");
  }
  if (status === authenticationRequired) {
    return faultOf("credentials", "the proxy asks for a user and a password, or does not know those it got (HTTP 407)");
  }
  return status >= 500
    ? faultOf("failed", `the proxy made no connection (HTTP ${status})`)
    : faultOf("refused", `the proxy does not let the connection through (HTTP ${status})`);
}

function faultOf(kind: ProxyFaultKind, reason: string): ProxyFault {
  return { kind, reason, says: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, todo: todos[kind] };
}
