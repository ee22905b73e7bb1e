import { isIP, isIPv4 } from "node:net";

/** A server as `host[:port]`. */
export interface Endpoint {
  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string;
  readonly port: number | undefined;
}

const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/** Reads `host[:port]`; undefined for anything else, a scheme and a path included. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const found = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text);
  const host = found?.[1] ?? "";
  const port = found?.[2] === undefined ? undefined : Number(found[2]);
  const known = host.startsWith("[") ? isIP(host.slice(1, -1)) === 6 : hostName.test(host);
  const inRange = port === undefined || (port >= 1 && port <= 65_535);
  return known && inRange ? { host, port } : undefined;
}

/** Whether a text can be listened on: a host name or an IP address, an IPv6 one without brackets. */
export function isListenHost(text: string): boolean {
  return isIP(text) !== 0 || hostName.test(text);
}

/** Whether a host is this machine and nothing else; IPv6 in brackets. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
}

/** Why a text is no base URL that secrets may be sent to, as the end of "must be …"; undefined when it is one. */
export function faultOfBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !(url.protocol === "https:" || url.protocol === "http:")) {
    return "a base URL such as https://example.com";
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return "a base URL without user, password, ? and #";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return "https; http is for a loopback address only";
  }
  return undefined;
}
