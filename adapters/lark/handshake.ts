import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Agent } from "node:http";
import { z } from "zod";
import { createAgents, type Proxies, proxyFaultOf, proxyFor } from "../../src/network/index.ts";
import { knownRefusalOf, type LinkRefusal } from "./link-refusal.ts";

/** What went wrong between the address and the open socket. */
export type HandshakeFailure =
  | { readonly kind: "refused"; readonly refusal: LinkRefusal; readonly code: number }
  | { readonly kind: "failed"; readonly reason: string; readonly todo?: string | undefined };

/** The handshake of one socket. The SDK neither says what it failed with nor lets it be given up. */
export interface Handshake {
  /** Makes the connection to an address; to be given to the SDK. To be called once. */
  agentFor(url: string): Agent;
  /** What it failed with, as far as that was seen. */
  failure(): HandshakeFailure | undefined;
  /** Ends the handshake if it is under way, and watches no longer. A socket that is open stays. May be called twice. */
  end(): void;
}

/** Node, "Diagnostics channel", built-in channels of http. */
const answered = "http.client.response.finish";
const broken = "http.client.request.error";

const codeText = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number)
  .optional()
  .catch(undefined);
const answeredSchema = z.object({
  request: z.object({ agent: z.unknown() }),
  response: z.object({
    statusCode: z.int(),
    // The platform names its reason in headers (Lark's SDK for Go, ws/const.go and ws/client.go; here: enum HeaderKey).
    headers: z.object({ "handshake-status": codeText, "handshake-autherrcode": codeText }),
  }),
});
const brokenSchema = z.object({
  request: z.object({ agent: z.unknown() }),
  error: z.unknown(),
});
const errorSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) });

/** Creates the watch over one handshake. It looks at the process's HTTP requests from `agentFor` to `end`. */
export function createHandshake(proxies: Proxies): Handshake {
  const agents = createAgents({ proxies, onProxyError: (error) => broke(error) });
  let proxied = false;
  let failure: HandshakeFailure | undefined;

  const onAnswered = (message: unknown): void => {
    const { data } = answeredSchema.safeParse(message);
    if (data !== undefined && agents.has(data.request.agent)) failure ??= failureOf(data.response);
  };
  const onBroken = (message: unknown): void => {
    const { data } = brokenSchema.safeParse(message);
    if (data !== undefined && agents.has(data.request.agent)) broke(data.error);
  };

  function broke(error: unknown): void {
    failure ??= failureOfError(error, proxied);
  }

  return {
    agentFor(text) {
      const url = new URL(text);
      proxied = proxyFor(proxies, url) !== undefined;
      subscribe(answered, onAnswered);
      subscribe(broken, onBroken);
      return agents.for(url);
    },
    failure: () => failure,
    end() {
      unsubscribe(answered, onAnswered);
      unsubscribe(broken, onBroken);
      // An open socket is no longer the agent's.
      agents.destroy();
    },
  };
}

function failureOfError(error: unknown, proxied: boolean): HandshakeFailure | undefined {
  const fault = proxyFaultOf(error, proxied);
  if (fault !== undefined) return { kind: "failed", reason: fault.reason, todo: fault.todo };
  const code = errorSchema.safeParse(error).data?.code;
  return code === undefined ? undefined : { kind: "failed", reason: `the platform's socket was not reached (${code})` };
}

function failureOf({ statusCode, headers }: z.infer<typeof answeredSchema>["response"]): HandshakeFailure {
  const codes = [headers["handshake-autherrcode"], headers["handshake-status"], statusCode];
  for (const code of codes) {
    const refusal = code === undefined ? undefined : knownRefusalOf(code);
    if (code !== undefined && refusal !== undefined) return { kind: "refused", refusal, code };
  }
  return { kind: "failed", reason: `the platform's socket answered with HTTP ${statusCode}` };
}
