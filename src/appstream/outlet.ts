import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { createAgents, type Proxies, proxyFor } from "../network/index.ts";

/** Lets the requests of the SDK leave through a proxy. */
export interface Outlet {
  /** Does something with the SDK. Whatever requests come of it take the proxy for their address, if there is one. */
  within<Value>(work: () => Promise<Value>): Promise<Value>;
}

export interface OutletOptions {
  readonly proxies: Proxies;
  /** Finds packages as the module does that loads the SDK. */
  readonly require: NodeJS.Require;
}

const mark: unique symbol = Symbol("agents");

/** As much of `httpx` as is used: what the SDK makes its requests with. */
interface HttpClient {
  request: Request & { readonly [mark]?: AsyncLocalStorage<Choose> };
}

/** The agent for an address; undefined: the client's own. */
type Choose = (url: URL) => unknown;

type Request = (url: unknown, options?: { readonly agent?: unknown }) => unknown;

/** The packages of the SDK that load `httpx`, which need not be the same copy. */
const users = [["@alicloud/openapi-client", "@alicloud/tea-typescript"], ["@alicloud/credentials"]] as const;

/**
 * The SDK has settings for a proxy, and nothing in it heeds them (@alicloud/tea-typescript 1.8): its HTTP client takes agents
 * of its own where it is given none, and it gives none. So that client is made to look for agents in the context it is called
 * in, once for all who use it; outside of `within`, and where there is no proxy, it does as it always did.
 */
export function createOutlet({ proxies, require }: OutletOptions): Outlet {
  if (proxies.https === undefined && proxies.http === undefined) {
    return { within: (work) => work() };
  }
  const agents = createAgents({ proxies, keepAlive: true });
  const choose: Choose = (url) => (proxyFor(proxies, url) === undefined ? undefined : agents.for(url));
  let stores: readonly AsyncLocalStorage<Choose>[] | undefined;
  return {
    within(work) {
      stores ??= users.map((path) => storeOf(clientOf(require, path)));
      return stores.reduce<typeof work>((inner, store) => () => store.run(choose, inner), work)();
    },
  };
}

/** The client that a package uses, found from one package to the next as Node does. */
function clientOf(require: NodeJS.Require, path: readonly string[]): HttpClient {
  return path.reduce((from, name) => createRequire(from.resolve(name)), require)("httpx");
}

/** Where a client looks for agents; it is made to look when this is asked first. */
function storeOf(client: HttpClient): AsyncLocalStorage<Choose> {
  const known = client.request[mark];
  if (known !== undefined) {
    return known;
  }
  const store = new AsyncLocalStorage<Choose>();
  const { request } = client;
  const looking: Request = (url, options) => {
    const agent = typeof url === "string" && URL.canParse(url) ? store.getStore()?.(new URL(url)) : undefined;
    return request(url, agent === undefined ? options : { agent, ...options });
  };
  client.request = Object.assign(looking, { [mark]: store });
  return store;
}
