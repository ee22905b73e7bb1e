import { z } from "zod";
import type { Clock } from "../fleet/index.ts";

/** What the SDK asks for a key before each request. */
export interface CredentialClient {
  /** A model with accessKeyId, accessKeySecret, securityToken, type and providerName. */
  getCredential(): Promise<unknown>;
}

/** The SDK's chain of providers, kept from its faults. */
export interface CredentialChain extends CredentialClient {
  /** Forgets what the chain has settled on: the next question goes through all providers. */
  renew(): void;
  /** The provider that answered last. */
  provider(): string | undefined;
  /** The id of the key that answered last, and whether a security token goes with it. */
  key(): { readonly id: string | undefined; readonly temporary: boolean };
  /** The values that must appear nowhere. */
  secrets(): readonly string[];
}

export interface CredentialChainOptions {
  readonly build: () => CredentialClient;
  /** Milliseconds that one look for credentials may take. */
  readonly limit: number;
  readonly clock: Clock;
}

const maybe = z.string().optional().catch(undefined);
const modelSchema = z.object({ accessKeyId: maybe, accessKeySecret: maybe, securityToken: maybe, providerName: maybe });

/** An error that reads as the SDK's own "no credentials". */
function missing(message: string): Error {
  return Object.assign(new Error(message), { code: "InvalidCredentials" });
}

/**
 * The chain remembers the first provider that it tries, also one that fails, and it races when it is asked twice at
 * once on first use; so questions under way are one question, and a chain that failed or was late is built anew.
 */
export function createCredentialChain({ build, limit, clock }: CredentialChainOptions): CredentialChain {
  let chain: CredentialClient | undefined;
  let asked: Promise<unknown> | undefined;
  let known: z.infer<typeof modelSchema> | undefined;

  async function ask(): Promise<unknown> {
    chain ??= build();
    const current = chain;
    const late = new AbortController();
    const limited = clock.sleep(limit, late.signal).then(
      () => Promise.reject(missing(`no credentials came within ${limit} ms`)),
      () => undefined,
    );
    try {
      const model = await Promise.race([current.getCredential(), limited]);
      known = modelSchema.safeParse(model).data;
      return model;
    } catch (error) {
      if (chain === current) chain = undefined;
      throw missing(error instanceof Error ? error.message : "no credentials were found");
    } finally {
      late.abort();
    }
  }

  return {
    getCredential() {
      asked ??= ask().finally(() => {
        asked = undefined;
      });
      return asked;
    },
    renew() {
      chain = undefined;
    },
    provider: () => known?.providerName,
    key: () => ({ id: known?.accessKeyId, temporary: (known?.securityToken ?? "") !== "" }),
    secrets: () =>
      [known?.accessKeyId, known?.accessKeySecret, known?.securityToken].filter((value) => value !== undefined),
  };
}
