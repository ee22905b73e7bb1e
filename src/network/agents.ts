import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { type Proxies, proxyFor } from "./proxies.ts";

export interface AgentsOptions {
  readonly proxies: Proxies;
  /** Whether connections are kept for the next request. */
  readonly keepAlive?: boolean | undefined;
  /** Connections to one host; further requests wait for one. No limit unless given. */
  readonly maxSockets?: number | undefined;
  /**
   * Told of what the making of a connection through a proxy fails with. Whoever makes a request hears it as well; what Node
   * publishes of failed requests leaves it out.
   */
  readonly onProxyError?: ((error: unknown) => void) | undefined;
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

/** What makes an agent of Node take a proxy, whatever the environment says. */
export function throughProxy(proxy: string) {
  return { proxyEnv: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }, timeout: tunnelTime };
}

/** Creates agents, each when it is needed first. */
export function createAgents({ proxies, keepAlive = false, maxSockets, onProxyError }: AgentsOptions): Agents {
  const made = new Map<string, PlainAgent>();
  const settings = { keepAlive, ...(maxSockets !== undefined && { maxSockets }) };

  function make(secure: boolean, proxy: string | undefined): PlainAgent {
    const way = proxy === undefined ? {} : throughProxy(proxy);
    return secure ? new SecureAgent({ ...settings, ...way }) : new PlainAgent({ ...settings, ...way });
  }

  return {
    for(url) {
      const secure = url.protocol === "https:" || url.protocol === "wss:";
      const proxy = proxyFor(proxies, url);
      const key = `${secure} ${proxy ?? ""}`;
      const known = made.get(key);
      if (known !== undefined) {
        return known;
      }
      const agent = make(secure, proxy);
      made.set(key, agent);
      if (proxy !== undefined && onProxyError !== undefined) {
        listen(agent, onProxyError);
      }
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

function listen(agent: PlainAgent, onError: (error: unknown) => void): void {
  const make = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) =>
    make(options, (error, socket) => {
      if (error instanceof Error) {
        onError(error);
      }
      done?.(error, socket);
    });
}
