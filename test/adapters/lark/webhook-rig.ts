import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { Handle } from "../../../adapters/lark/inbound.ts";
import { createWebhook } from "../../../adapters/lark/webhook.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createEars } from "./inbound-rig.ts";

export const encryptKey = "the-encrypt-key";
export const verificationToken = "the-token";

export interface Keys {
  readonly encryptKey?: string;
  readonly verificationToken?: string;
}

/** The webhook with both secrets set, unless a test says otherwise. */
export function createWebhookRig(keys: Keys = {}, handle?: Handle) {
  const clock = createManualClock();
  const ears = createEars();
  const taken: unknown[] = [];
  const accept: Handle = async (envelope) => {
    taken.push(envelope);
    return { accepted: true, body: {} };
  };
  const app = createWebhook({
    encryptKey: () => keys.encryptKey ?? encryptKey,
    verificationToken: () => keys.verificationToken ?? verificationToken,
    handle: handle ?? accept,
    clock,
    log: ears.log,
    meter: ears.meter,
  });
  const post = async (body: BodyInit, headers: Readonly<Record<string, string>> = {}) =>
    await app.request("/lark/events", {
      method: "POST",
      body,
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
      duplex: "half",
    } as RequestInit);
  const seconds = () => String(clock.now() / 1_000);
  return {
    ...ears,
    clock,
    taken,
    app,
    post,
    /** As Lark sends an event: encrypted and signed. */
    send: (content: unknown, about: { readonly timestamp?: string; readonly key?: string } = {}) => {
      const body = sealed(content, about.key);
      return post(body, signed(body, about.timestamp ?? seconds(), about.key));
    },
    signed: (body: string | Uint8Array, timestamp = seconds()) => signed(body, timestamp),
  };
}

export function sealed(content: unknown, key = encryptKey): string {
  const initial = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), initial);
  const text = typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content);
  const bytes = Buffer.concat([initial, cipher.update(Buffer.from(text)), cipher.final()]);
  return JSON.stringify({ encrypt: bytes.toString("base64") });
}

function signed(body: string | Uint8Array, timestamp: string, key = encryptKey) {
  const prefix = Buffer.from(`${timestamp}a-nonce${key}`);
  return {
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": "a-nonce",
    "x-lark-signature": createHash("sha256")
      .update(Buffer.concat([prefix, Buffer.from(body)]))
      .digest("hex"),
  };
}

export const challenge = { type: "url_verification", challenge: "ajls384kdjx98XX", token: verificationToken };
export const nested = (depth: number) => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
