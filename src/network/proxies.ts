import { BlockList, isIP } from "node:net";

/** The proxies that connections to the outside take, and what is reached without one. */
export interface Proxies {
  /** For addresses that begin with https: or wss:, an http address that may hold user and password; undefined: none. */
  readonly https: (() => string) | undefined;
  /** The same for those that begin with http: or ws:. */
  readonly http: (() => string) | undefined;
  /** What is reached directly beside this machine, in lower case, as NO_PROXY has it. */
  readonly except: readonly string[];
}

/** Everything is reached directly. */
export const noProxies: Proxies = { https: undefined, http: undefined, except: [] };

/** Where the machines of Alibaba Cloud ask for the credentials of their role: no proxy may stand between. */
const metadataService = "100.100.100.200";

/**
 * The proxy that a connection to an address takes; undefined when it is made directly. This machine and the metadata service
 * of Alibaba Cloud never take one.
 */
export function proxyFor(proxies: Proxies, { protocol, hostname, port }: URL): string | undefined {
  const secure = protocol === "https:" || protocol === "wss:";
  const proxy = secure ? proxies.https : proxies.http;
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, "");
  if (proxy === undefined || isOwn(host) || host === metadataService) {
    return undefined;
  }
  const reached = { host, port: port === "" ? (secure ? "443" : "80") : port };
  return proxies.except.some((entry) => isMeant(entry, reached)) ? undefined : proxy();
}

/** A proxy as it can be shown: without user and password. */
export function shownProxy(proxy: string): string {
  const { hostname, port } = new URL(proxy);
  return `${hostname}:${port === "" ? "80" : port}`;
}

function isOwn(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || isWithin(host, "127.0.0.0/8");
}

/**
 * Whether an entry of NO_PROXY means a host: `*`, a name with all names below it (with or without a `.` or `*.` before it), an
 * address, or a range of addresses as `10.0.0.0/8`; each of them with a port, too. Names are not looked up.
 */
function isMeant(entry: string, { host, port }: { readonly host: string; readonly port: string }): boolean {
  const [, bracketed, plain, itsPort] = /^(?:\[([^\]]+)\]|([^:]*|.*:.*:.*))(?::(\d+))?$/.exec(entry) ?? [];
  const meant = bracketed ?? plain ?? "";
  if (meant === "" || (itsPort !== undefined && itsPort !== port)) {
    return false;
  }
  if (meant === "*") {
    return true;
  }
  if (isIP(host) !== 0) {
    return meant.includes("/") ? isWithin(host, meant) : isSameAddress(host, meant);
  }
  const name = meant.replace(/^\*?\./, "").replace(/\.$/, "");
  const asked = host.replace(/\.$/, "");
  return name !== "" && (asked === name || asked.endsWith(`.${name}`));
}

function isSameAddress(host: string, address: string): boolean {
  return isIP(address) !== 0 && isWithin(host, `${address}/${isIP(address) === 4 ? 32 : 128}`);
}

/** Whether an address lies in a range; false where one of them is none. */
function isWithin(host: string, range: string): boolean {
  const [, network = "", bits = ""] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(range) ?? [];
  const family = isIP(network);
  const kind = isIP(host) === 4 ? "ipv4" : "ipv6";
  if (family === 0 || isIP(host) === 0 || Number(bits) > (family === 4 ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return list.check(host, kind);
}
