import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type ApiError, apiError } from "./api-error.ts";

/** The only scheme that is accepted. */
const signatureAlgorithm = "ACS3-HMAC-SHA256";

/** How far the date of a request may be off, in milliseconds. */
export const clockTolerance = 15 * 60 * 1000;

/** What a signature covers. Header names are lower-case; query values are decoded. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | string;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** Hexadecimal SHA-256. */
export function contentHash(body: Uint8Array | string): string {
  return createHash("sha256").update(body).digest("hex");
}

/** RFC 3986: also what encodeURIComponent leaves alone. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/gu,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The names of the headers that a request has to sign, sorted. */
export function headersToSign(headers: ReadonlyMap<string, string>): readonly string[] {
  const must = (name: string) => name === "host" || name === "content-type" || name.startsWith("x-acs-");
  return [...headers.keys()].filter(must).sort();
}

/** The text that stands for the whole request. The order of `signedHeaders` is kept. */
export function canonicalRequest(parts: SignedParts, signedHeaders: readonly string[]): string {
  const pairs = [...parts.query].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const query = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&");
  const headers = signedHeaders.map((name) => `${name}:${(parts.headers.get(name) ?? "").trim()}\n`).join("");
  return [parts.method, parts.path, query, headers, signedHeaders.join(";"), contentHash(parts.body)].join("\n");
}

/** The text that is signed for a canonical request. */
function stringToSign(canonical: string): string {
  return `${signatureAlgorithm}\n${contentHash(canonical)}`;
}

/** The hexadecimal signature of a canonical request. */
export function signature(canonical: string, secret: string): string {
  return createHmac("sha256", secret).update(stringToSign(canonical)).digest("hex");
}

/** The value of the Authorization header for these parts, with all headers signed that have to be. */
export function authorization(parts: SignedParts, key: AccessKey): string {
  const signedHeaders = headersToSign(parts.headers);
  const signed = signature(canonicalRequest(parts, signedHeaders), key.secret);
  return `${signatureAlgorithm} Credential=${key.id},SignedHeaders=${signedHeaders.join(";")},Signature=${signed}`;
}

/** What a verifier compares with. */
export interface VerifierOptions {
  readonly key: AccessKey;
  /** The security token that every request must carry; undefined when none may. */
  readonly securityToken: string | undefined;
  /** Remembers a nonce; false when it was seen before. */
  readonly spend: (nonce: string, now: number) => boolean;
}

/** Checks who sent a request and that nobody changed it; undefined when all is well. `now` is epoch milliseconds. */
export function verify(parts: SignedParts, options: VerifierOptions, now: number): ApiError | undefined {
  const { headers } = parts;
  const authorized = readAuthorization(headers.get("authorization") ?? "");
  if (authorized === undefined)
    return incomplete(`the Authorization header must be ${signatureAlgorithm} with its parts`);
  if (authorized.keyId !== options.key.id) {
    return apiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  }
  const unsigned = checkHeaders(headers, authorized.signedHeaders);
  if (unsigned !== undefined) return incomplete(unsigned);
  if (headers.get("x-acs-content-sha256") !== contentHash(parts.body)) {
    return incomplete("x-acs-content-sha256 is not the hash of the body");
  }
  const canonical = canonicalRequest(parts, authorized.signedHeaders);
  if (!sameText(signature(canonical, options.key.secret), authorized.signature)) return mismatch(canonical);
  return (
    checkDate(headers.get("x-acs-date") ?? "", now) ??
    checkNonce(headers.get("x-acs-signature-nonce") ?? "", options, now) ??
    checkToken(headers.get("x-acs-security-token"), options.securityToken)
  );
}

interface Authorization {
  readonly keyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function readAuthorization(header: string): Authorization | undefined {
  const found = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/u.exec(
    header,
  );
  const [, keyId, signedHeaders, signed] = found ?? [];
  if (keyId === undefined || signedHeaders === undefined || signed === undefined) return undefined;
  return { keyId, signedHeaders: signedHeaders.split(";"), signature: signed };
}

const required = [
  "host",
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-version",
];

function checkHeaders(headers: ReadonlyMap<string, string>, signed: readonly string[]): string | undefined {
  const missing = required.find((name) => (headers.get(name) ?? "") === "");
  if (missing !== undefined) return `the header ${missing} is missing`;
  const unsigned = headersToSign(headers).find((name) => !signed.includes(name));
  if (unsigned !== undefined) return `the header ${unsigned} is not signed`;
  const absent = signed.find((name) => !headers.has(name));
  if (absent !== undefined) return "a signed header was not sent";
  const sorted = signed.every((name, place) => place === 0 || (signed[place - 1] ?? "") < name);
  return sorted ? undefined : "SignedHeaders must be sorted and name each header once";
}

function incomplete(why: string): ApiError {
  return apiError(400, "IncompleteSignature", `The request signature does not conform to Aliyun standards: ${why}.`);
}

/** Like the service, this tells what it signed: a client that prints it tells it too. */
function mismatch(canonical: string): ApiError {
  return apiError(
    400,
    "SignatureDoesNotMatch",
    `Specified signature is not matched with our calculation. server StringToSign is [${stringToSign(canonical)}], server CanonicalRequest is [${canonical}]`,
  );
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function checkDate(text: string, now: number): ApiError | undefined {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) {
    return apiError(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
  }
  if (Math.abs(now - date) <= clockTolerance) return undefined;
  return apiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
}

function checkNonce(nonce: string, { spend }: VerifierOptions, now: number): ApiError | undefined {
  if (nonce.length > 128) return apiError(400, "InvalidParameter.SignatureNonce", "The signature nonce is too long.");
  if (spend(nonce, now)) return undefined;
  return apiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
}

function checkToken(sent: string | undefined, wanted: string | undefined): ApiError | undefined {
  if (sent === wanted || (sent !== undefined && wanted !== undefined && sameText(sent, wanted))) return undefined;
  if (wanted === undefined) {
    return apiError(
      400,
      "InvalidSecurityToken.MismatchWithAccessKey",
      "Specified SecurityToken mismatch with the AccessKey.",
    );
  }
  if (sent === undefined) return apiError(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
  return apiError(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
}
