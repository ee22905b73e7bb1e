import { z } from "zod";

/** What goes wrong at a proxy, where people have to do something else for it. */
export type ProxyFaultKind = "credentials" | "refused" | "silent" | "unreachable";

export interface ProxyFault {
  readonly kind: ProxyFaultKind;
  /** What happened, without a full stop; it names no address. */
  readonly what: string;
  /** A sentence. */
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
  silent: "See that HTTPS_PROXY names a proxy for HTTP, and that it works.",
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
    ? faultOf("unreachable", `The proxy could not be reached (${system.code})`)
    : undefined;
}

/** The answer of a proxy that asks for a user and a password; no server but a proxy gives it. */
export const proxyAuthenticationRequired = 407;

/** The fault by what a proxy answered; undefined: it gave no answer. */
export function ofStatus(status: number | undefined): ProxyFault {
  if (status === undefined) {
    return faultOf("silent", "The proxy opened no connection and did not say why");
  }
  return status === proxyAuthenticationRequired
    ? faultOf("credentials", "The proxy asks for a user and a password, or does not know those it got (HTTP 407)")
    : faultOf("refused", `The proxy did not let the connection through (HTTP ${status})`);
}

function faultOf(kind: ProxyFaultKind, what: string): ProxyFault {
  return { kind, what, todo: todos[kind] };
}
