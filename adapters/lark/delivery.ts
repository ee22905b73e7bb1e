import { readJsonObject } from "../../src/platform/index.ts";
import { decrypt, isSame, signatureOf } from "./cipher.ts";
import { limits } from "./limits.ts";
import { challengeSchema, epochSchema, tokenSchema } from "./wire.ts";

/** A request of webhook mode, as it came. */
export interface Delivery {
  readonly body: Uint8Array;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** What tells Lark's requests from everyone else's; empty where the operator has set none. */
export interface Secrets {
  readonly encryptKey: string;
  readonly verificationToken: string;
}

export type DeliveryRefusal =
  | "unprotected"
  | "encoding"
  | "json"
  | "nesting"
  | "shape"
  | "plain"
  | "encrypted"
  | "unsigned"
  | "signature"
  | "timestamp"
  | "cipher"
  | "token";

export type Reading =
  /** The developer console asks whether this address is ours; the challenge is the answer. */
  | { readonly kind: "challenge"; readonly challenge: string }
  | { readonly kind: "event"; readonly envelope: object }
  | { readonly kind: "refused"; readonly status: 400 | 401; readonly reason: DeliveryRefusal };

/**
 * Whether a request is Lark's, and what it says. With an encrypt key only what was encrypted and signed with it is an event;
 * without one the verification token alone tells. A request that was sent before is read again: within five minutes it may
 * be, and the bot knows messages and presses by their ids. Never throws.
 *
 * @param now epoch milliseconds
 */
export function readDelivery(delivery: Delivery, secrets: Secrets, now: number): Reading {
  const { encryptKey } = secrets;
  if (encryptKey === "" && secrets.verificationToken === "") return refused(401, "unprotected");
  const outer = readJsonObject(delivery.body, limits.webhookDepth);
  if (!outer.ok) return refused(400, outer.reason);
  const encrypted = "encrypt" in outer.value ? outer.value.encrypt : undefined;
  if (encryptKey === "") return encrypted === undefined ? readPlain(outer.value, secrets) : refused(400, "encrypted");
  if (typeof encrypted !== "string") return refused(400, "plain");
  if (delivery.signature === "") return readUnsigned(encrypted, secrets);
  if (!isSame(delivery.signature.toLowerCase(), signatureOf(delivery, encryptKey))) return refused(401, "signature");
  const sentAt = epochSchema.safeParse(delivery.timestamp);
  if (!sentAt.success || Math.abs(now - sentAt.data) > limits.webhookSkew) return refused(401, "timestamp");
  return readEncrypted(encrypted, secrets);
}

/**
 * The developer console does not sign what it sends when a request URL is saved (the platform's own SDKs make the same
 * exception). Everything else that comes without a signature gets one and the same refusal: answers that differ would tell
 * a stranger what our key makes of bytes of the stranger's choice.
 */
function readUnsigned(encrypted: string, secrets: Secrets): Reading {
  const reading = readEncrypted(encrypted, secrets);
  return reading.kind === "challenge" ? reading : refused(401, "unsigned");
}

function readEncrypted(encrypted: string, secrets: Secrets): Reading {
  const bytes = decrypt(encrypted, secrets.encryptKey);
  if (bytes === undefined) return refused(400, "cipher");
  const inner = readJsonObject(bytes, limits.webhookDepth);
  return inner.ok ? readPlain(inner.value, secrets) : refused(400, inner.reason);
}

function readPlain(body: object, { verificationToken }: Secrets): Reading {
  if (verificationToken !== "" && !isSame(tokenOf(body), verificationToken)) return refused(401, "token");
  const challenge = challengeSchema.safeParse(body);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return { kind: "event", envelope: body };
}

function tokenOf(body: object): string {
  const token = tokenSchema.safeParse(body);
  return token.data?.header?.token ?? token.data?.token ?? "";
}

function refused(status: 400 | 401, reason: DeliveryRefusal): Reading {
  return { kind: "refused", status, reason };
}
