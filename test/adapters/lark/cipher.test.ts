import { createCipheriv, createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypt, isSame, signatureOf } from "../../../adapters/lark/cipher.ts";

function encrypt(text: string, encryptKey: string): string {
  const initial = Buffer.alloc(16, 7);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(encryptKey).digest(), initial);
  return Buffer.concat([initial, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

describe("what was encrypted", () => {
  it("opens with its key, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ minLength: 1 }), (text, key) => {
        expect(decrypt(encrypt(text, key), key)?.toString("utf8")).toBe(text);
      }),
    );
  });

  it("opens as the example in the document on encrypt keys does", () => {
    const encrypted = "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=";
    expect(decrypt(encrypted, "test key")?.toString()).toBe("hello world");
  });

  it("does not open with another key as what it was", () => {
    expect(decrypt(encrypt("hello world", "one"), "other")?.toString()).not.toBe("hello world");
  });

  it.each(["", "AAAA", "not base64 at all", "A".repeat(43), Buffer.alloc(16).toString("base64")])(
    "in part, or not at all (%j), does not open",
    (encrypted) => {
      expect(decrypt(encrypted, "key")).toBeUndefined();
    },
  );

  it("never throws, whatever comes", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array().map((it) => Buffer.from(it).toString("base64")),
    );
    fc.assert(
      fc.property(anything, (encrypted) => {
        decrypt(encrypted, "key");
      }),
    );
  });
});

it("the signature is the SHA-256 of timestamp, nonce, key and the bytes of the body", () => {
  // printf '1780304400n0ncekey{"encrypt":"é"}' | sha256sum
  const body = Buffer.from('{"encrypt":"é"}');
  const expected = "eacf14821ed02e28ab2f3e58f6a458f983ae42f5dbb6ad23cbc6b22632e2c0ca";
  expect(signatureOf({ timestamp: "1780304400", nonce: "n0nce", body }, "key")).toBe(expected);
});

it("texts are the same only when they are", () => {
  expect(isSame("secret", "secret")).toBe(true);
  for (const other of ["", "secre", "secrets", "Secret"]) expect(isSame("secret", other)).toBe(false);
});
