import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { z } from "zod";
import { knownRefusalOf, type LinkRefusal } from "./link-refusal.ts";

/** What went wrong between the address and the open socket. */
export type HandshakeFailure =
  | { readonly kind: "refused"; readonly refusal: LinkRefusal; readonly code: number }
  | { readonly kind: "failed"; readonly reason: string };

/** The handshake of one socket. The SDK neither says what it failed with nor lets it be given up. */
export interface Handshake {
  /** Makes the connection to an address; to be given to the SDK. To be called once. */
  agentFor(url: string): PlainAgent;
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
  error: z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) }),
});

/** Creates the watch over one handshake. It looks at the process's HTTP requests from `agentFor` to `end`. */
export function createHandshake(): Handshake {
  const agents = { plain: new PlainAgent(), secure: new SecureAgent() };
  const isOurs = (agent: unknown): boolean => agent === agents.plain || agent === agents.secure;
  let failure: HandshakeFailure | undefined;

  const onAnswered = (message: unknown): void => {
    const { data } = answeredSchema.safeParse(message);
    if (data !== undefined && isOurs(data.request.agent)) failure ??= failureOf(data.response);
  };
  const onBroken = (message: unknown): void => {
    const { data } = brokenSchema.safeParse(message);
    if (data !== undefined && isOurs(data.request.agent)) {
      failure ??= { kind: "failed", reason: `the platform's socket was not reached (${data.error.code})` };
    }
  };

  return {
    agentFor(url) {
      subscribe(answered, onAnswered);
      subscribe(broken, onBroken);
      return url.startsWith("wss:") ? agents.secure : agents.plain;
    },
    failure: () => failure,
    end() {
      unsubscribe(answered, onAnswered);
      unsubscribe(broken, onBroken);
      // An open socket is no longer the agent's.
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

function failureOf({ statusCode, headers }: z.infer<typeof answeredSchema>["response"]): HandshakeFailure {
  const codes = [headers["handshake-autherrcode"], headers["handshake-status"], statusCode];
  for (const code of codes) {
    const refusal = code === undefined ? undefined : knownRefusalOf(code);
    if (code !== undefined && refusal !== undefined) return { kind: "refused", refusal, code };
  }
  return { kind: "failed", reason: `the platform's socket answered with HTTP ${statusCode}` };
}
