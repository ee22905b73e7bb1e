import { createRequire } from "node:module";
import type { Clock } from "../fleet/index.ts";
import { noProxies, type Proxies, proxyFaultOf, proxyFor } from "../network/index.ts";
import { type CredentialChain, type CredentialClient, createCredentialChain } from "./credentials.ts";
import type { Credentials } from "./options.ts";
import { createOutlet } from "./outlet.ts";
import type { Query } from "./wire.ts";

/** As much of `@alicloud/openapi-client` as is used. */
interface OpenApiModule {
  readonly default: new (config: object) => OpenApiClient;
  readonly Config: new (fields: object) => object;
  readonly Params: new (fields: object) => object;
  readonly OpenApiRequest: new (fields: object) => object;
}

interface OpenApiClient {
  callApi(params: object, request: object, runtime: object): Promise<{ readonly body: unknown }>;
}

/** As much of `@alicloud/credentials` as is used. */
interface CredentialsModule {
  readonly default: new () => CredentialClient;
}

interface Loaded {
  readonly client: OpenApiClient;
  readonly params: object;
  readonly request: (query: Query) => object;
}

/** Alibaba Cloud's SDK as one function. */
export interface Sdk {
  /** Loads the modules and asks for the credentials once. Rejects with what the provider of credentials threw. */
  warm(): Promise<void>;
  /**
   * Sends ListDesktopAgentRuntime and resolves with the body of the answer, whatever it is. Rejects with what the SDK
   * throws. It cannot be called off; it ends by itself within `timeouts` of the SDK.
   */
  call(query: Query): Promise<unknown>;
  /** Counts the renewals; a call that fails was made with the credentials of the generation at its start. */
  generation(): number;
  /** Asks for the credentials anew from the next call on, unless that was done since `seen`. */
  renew(seen: number): void;
  /** Which provider of the default chain answered. */
  provider(): string | undefined;
  /** The id of the AccessKey in use, and whether a security token goes with it. The id is undefined until one is known. */
  key(): { readonly id: string | undefined; readonly temporary: boolean };
  /** The values that must appear nowhere. */
  secrets(): readonly string[];
}

/** Where the API is: `host` or `host:port`. */
export function hostOf({ endpoint, region }: Pick<SdkOptions, "endpoint" | "region">): string {
  return endpoint === "" ? `appstream-center.${region}.aliyuncs.com` : endpoint;
}

export interface SdkOptions {
  readonly region: string;
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  readonly credentials: Credentials;
  /** Milliseconds of one attempt; the SDK's own timeouts are longer, as its timers are not exact. */
  readonly timeout: number;
  /** What connections take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  readonly clock: Clock;
}

/** The SDK over a lazily built client. The modules are CommonJS: `require` gives one form of them everywhere. */
export function createSdk(options: SdkOptions): Sdk {
  const { region, endpoint, protocol, credentials, timeout, proxies = noProxies, clock } = options;
  const require = createRequire(import.meta.url);
  const wireProtocol = protocol.toUpperCase();
  const longer = Math.ceil(timeout * 1.5) + 500;
  // connectTimeout is the one for which a socket may be silent: it must not be the shorter of the two.
  const timeouts = { readTimeout: longer, connectTimeout: longer };
  const chain: CredentialChain = createCredentialChain({
    build: () => {
      const module: CredentialsModule = require("@alicloud/credentials");
      return new module.default();
    },
    limit: Math.ceil(timeout * 0.75),
    clock,
  });
  const outlet = createOutlet({ proxies, require });
  let loaded: Loaded | undefined;
  let generation = 0;

  function credentialFields(): object {
    if (credentials.type === "default") return { credential: chain };
    const { accessKeyId, accessKeySecret, securityToken } = credentials;
    return {
      accessKeyId: accessKeyId(),
      accessKeySecret: accessKeySecret(),
      securityToken: securityToken?.() || undefined,
    };
  }

  function load(): Loaded {
    const module: OpenApiModule = require("@alicloud/openapi-client");
    const host = hostOf({ endpoint, region });
    return {
      client: new module.default(
        new module.Config({
          ...credentialFields(),
          ...timeouts,
          endpoint: host,
          protocol: wireProtocol,
          userAgent: "deskhand",
        }),
      ),
      params: new module.Params({
        action: "ListDesktopAgentRuntime",
        version: "2021-09-01",
        protocol: wireProtocol,
        pathname: "/",
        method: "POST",
        authType: "AK",
        style: "RPC",
        reqBodyType: "formData",
        bodyType: "json",
      }),
      request: (query) => new module.OpenApiRequest({ query }),
    };
  }

  /** What was thrown, with a code of ours, where it is about the proxy. */
  function errorOfProxy(thrown: unknown): Error | undefined {
    const proxied = proxyFor(proxies, new URL(`${protocol}://${hostOf({ endpoint, region })}`)) !== undefined;
    const fault = proxyFaultOf(thrown, proxied);
    return fault && Object.assign(new Error(fault.reason), { code: `PROXY_${fault.kind.toUpperCase()}` });
  }

  return {
    async warm() {
      loaded ??= load();
      if (credentials.type === "default") await outlet.within(() => chain.getCredential());
    },
    async call(query) {
      loaded ??= load();
      const { client, params, request } = loaded;
      const runtime = { ...timeouts, autoretry: false };
      const calling = outlet.within(() => client.callApi(params, request(query), runtime));
      const answer = await calling.catch((thrown: unknown) => Promise.reject(errorOfProxy(thrown) ?? thrown));
      return answer.body;
    },
    generation: () => generation,
    renew(seen) {
      if (seen !== generation) return;
      generation += 1;
      chain.renew();
      loaded = undefined;
    },
    provider: () => (credentials.type === "default" ? chain.provider() : undefined),
    key() {
      if (credentials.type === "default") return chain.key();
      return { id: credentials.accessKeyId(), temporary: (credentials.securityToken?.() ?? "") !== "" };
    },
    secrets() {
      if (credentials.type === "default") return chain.secrets();
      const { accessKeyId, accessKeySecret, securityToken } = credentials;
      return [accessKeyId(), accessKeySecret(), securityToken?.() ?? ""].filter((value) => value !== "");
    },
  };
}
