import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { type Proxies, proxyFor } from "./proxies.ts";

export interface AgentsOptions {
  readonly proxies: Proxies;
  /** Whether connections are kept for the next request. */
  readonly keepAlive?: boolean | undefined;
  /** Connections to one host; further requests wait for one. No limit unless given. */
  readonly maxSockets?: number | undefined;
}

/** Makes connections: directly, or through the proxy that is to be taken. */
export interface Agents {
  /** The agent for an address of http, https, ws or wss. */
  for(url: URL): PlainAgent;
  /** Whether an agent is one of these. */
  has(agent: unknown): boolean;
  /** Closes every connection; one that waits for a proxy to open a tunnel ends by itself, in 10 s at most. */
  destroy(): void;
}

/** How long a proxy may take to open a tunnel, milliseconds; as long, a connection through it is kept that is not used. */
const tunnelTime = 10_000;

/** Creates agents, each when it is needed first. */
export function createAgents({ proxies, keepAlive = false, maxSockets }: AgentsOptions): Agents {
  const made = new Map<string, PlainAgent>();
  const settings = { keepAlive, ...(maxSockets !== undefined && { maxSockets }) };

  function make(secure: boolean, proxy: string | undefined): PlainAgent {
    const way = proxy === undefined ? {} : { proxyEnv: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }, timeout: tunnelTime };
    return secure ? new SecureAgent({ ...settings, ...way }) : new PlainAgent({ ...settings, ...way });
  }

  return {
    for(url) {
      const secure = url.protocol === "https:" || url.protocol === "wss:";
      const proxy = proxyFor(proxies, url);
      const key = `${secure} ${proxy ?? ""}`;
      const agent = made.get(key) ?? make(secure, proxy);
      made.set(key, agent);
      return agent;
    },
    has: (agent) => [...made.values()].some((one) => one === agent),
    destroy() {
      for (const agent of made.values()) {
        agent.destroy();
      }
    },
  };
}
