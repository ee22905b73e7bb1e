import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";

const blockBytes = 16;

/**
 * Opens what Lark encrypted: base64 of an initial vector and AES-256-CBC, the key being the SHA-256 of the encrypt key
 * (document "Configure an encrypt key"). Undefined when it was not encrypted with this key, or is no such text at all.
 */
export function decrypt(encrypted: string, encryptKey: string): Buffer | undefined {
  const bytes = Buffer.from(encrypted, "base64");
  if (bytes.length < 2 * blockBytes || bytes.length % blockBytes !== 0) return undefined;
  const key = createHash("sha256").update(encryptKey).digest();
  try {
    const decipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, blockBytes));
    return Buffer.concat([decipher.update(bytes.subarray(blockBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

export interface Signed {
  /** The header X-Lark-Request-Timestamp. */
  readonly timestamp: string;
  /** The header X-Lark-Request-Nonce. */
  readonly nonce: string;
  /** The body as it came. */
  readonly body: Uint8Array;
}

/** What Lark puts into the header X-Lark-Signature, in lower-case hex. */
export function signatureOf({ timestamp, nonce, body }: Signed, encryptKey: string): string {
  return createHash("sha256").update(`${timestamp}${nonce}${encryptKey}`).update(body).digest("hex");
}

/** Whether two texts are the same; how long that takes says nothing of where they differ, nor of their lengths. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
