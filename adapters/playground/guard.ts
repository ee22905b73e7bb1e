import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";

/** Where the HTTP server listens. */
export interface Address {
  /** As the operator wrote it: a name or an address. */
  readonly host: string;
  readonly port: number;
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Sets the headers that keep a browser from doing more with our answers than we mean. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const headers = context.res.headers;
  headers.set("content-security-policy", contentSecurityPolicy);
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
};

/** Refuses requests under a name that is not ours: another site's name may point at this address (DNS rebinding). */
export function requireOwnHost(address: () => Address): MiddlewareHandler {
  return async (context, next) => {
    if (!isOwnHost(context.req.header("host"), address())) {
      return refuse(
        context,
        `This is not an address that the playground answers to. Open ${ownUrl(address())} instead.`,
      );
    }
    return await next();
  };
}

/** Refuses requests that a page of another origin made. A program that is no browser sends neither header, and passes. */
export const requireOwnOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header("origin");
  const host = context.req.header("host")?.toLowerCase();
  const site = context.req.header("sec-fetch-site");
  const isTyped = site === "none" && context.req.method === "GET";
  const isForeign =
    (origin !== undefined && origin !== `http://${host}`) || (site !== undefined && site !== "same-origin" && !isTyped);
  if (isForeign) return refuse(context, "Only the playground's own page may use this address.");
  return await next();
};

/** Refuses bodies that a form or a plain cross-origin request can carry. */
export const requireJson: MiddlewareHandler = async (context, next) => {
  const type = context.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return context.json({ error: "The body must be application/json." }, 415);
  return await next();
};

/**
 * Whether a Host header names this server: a loopback name or address, or the host that the operator bound, with the
 * right port. A server bound to every address (0.0.0.0, ::) also answers to any literal address on any port, as it may
 * stand behind a mapped port; a literal address cannot be rebound.
 */
export function isOwnHost(header: string | undefined, address: Address): boolean {
  const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec(header?.toLowerCase() ?? "");
  const name = parts?.[1]?.replace(/^\[|\]$/g, "");
  if (name === undefined) return false;
  if (address.host === "0.0.0.0" || address.host === "::") return isLoopback(name) || isIP(name) !== 0;
  const port = Number(parts?.[2] ?? 80);
  return port === address.port && (isLoopback(name) || name === address.host.toLowerCase().replace(/^\[|\]$/g, ""));
}

function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function ownUrl(address: Address): string {
  const host = address.host === "0.0.0.0" || address.host === "::" ? "127.0.0.1" : address.host;
  return `http://${host.includes(":") ? `[${host.replace(/^\[|\]$/g, "")}]` : host}:${address.port}/`;
}

function refuse(context: Context, error: string): Response {
  return context.json({ error }, 403);
}
