import { createCipheriv, createHash } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import type { Timers } from "../timers.ts";
import type { Carrier, Delivered } from "./carrier.ts";
import type { Envelope } from "./events.ts";
import type { WebhookMode } from "./options.ts";

/** What somebody who is not the platform gets wrong. */
export type Tampering =
  /** Signed with another key. */
  | "signature"
  | "no-signature"
  /** Signed rightly, ten minutes ago. */
  | "timestamp"
  /** Encrypted with another key, and signed rightly. */
  | "cipher"
  /** Not encrypted although there is a key. */
  | "plain"
  /** Another verification token inside. */
  | "token"
  /** No JSON. */
  | "body";

/** What the bot answered to a request. */
export interface WebhookReply {
  readonly status: number;
  readonly body: unknown;
}

export interface WebhookSender extends Carrier {
  /** Sends any body as the platform would. Rejects when the connection fails or nothing comes within `answerWithin`. */
  post(body: object, tampering?: Tampering): Promise<WebhookReply>;
  /** The request that the platform makes when the URL is entered in its console; it carries no signature. */
  challenge(challenge: string, tampering?: Tampering): Promise<WebhookReply>;
  stop(): void;
}

/** Bytes of an answer that are read. */
const answerLimit = 1024 * 1024;

/** AES-256-CBC with sha256(key), the vector in front, base64 (document "Encrypt key"). */
function encrypt(text: string, key: string, vector: Buffer): string {
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), vector);
  return Buffer.concat([vector, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

/** The signature of a request (document "Verify the signature"). */
function sign(timestamp: string, nonce: string, key: string, body: string): string {
  return createHash("sha256").update(`${timestamp}${nonce}${key}${body}`).digest("hex");
}

interface Prepared {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function createWebhookSender(options: {
  readonly mode: () => WebhookMode;
  readonly random: () => number;
  readonly now: () => number;
  readonly answerWithin: number;
  readonly timers: Timers;
}): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function prepare(message: object, tampering: Tampering | undefined, signed: boolean): Prepared {
    const { encryptKey: key } = options.mode();
    const vector = Buffer.from(Array.from({ length: 16 }, () => Math.floor(options.random() * 256)));
    const text = JSON.stringify(message);
    const plain = key === "" || tampering === "plain";
    const cipherKey = tampering === "cipher" ? `${key} of somebody else` : key;
    const whole = plain ? text : JSON.stringify({ encrypt: encrypt(text, cipherKey, vector) });
    const body = tampering === "body" ? whole.slice(0, -3) : whole;
    const headers = { "content-type": "application/json; charset=utf-8" };
    if (key === "" || !signed || tampering === "no-signature") return { body, headers };
    const late = tampering === "timestamp" ? 600 : 0;
    const timestamp = String(Math.floor(options.now() / 1000) - late);
    const nonce = vector.toString("hex").slice(0, 10);
    const signature = sign(timestamp, nonce, tampering === "signature" ? "another key" : key, body);
    return {
      body,
      headers: {
        ...headers,
        "x-lark-request-timestamp": timestamp,
        "x-lark-request-nonce": nonce,
        "x-lark-signature": signature,
      },
    };
  }

  function send({ body, headers }: Prepared): Promise<WebhookReply> {
    return new Promise((resolve, reject) => {
      const length = String(Buffer.byteLength(body));
      const call = httpRequest(
        options.mode().webhook,
        { method: "POST", agent, headers: { ...headers, "content-length": length } },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on("data", (chunk: Buffer) => {
            size += chunk.length;
            if (size > answerLimit) response.destroy(new Error("the answer is too long"));
            else chunks.push(chunk);
          });
          response.on("end", () => {
            cancel();
            resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) });
          });
          response.on("error", fail);
        },
      );
      const cancel = options.timers.after(options.answerWithin, () => call.destroy(new Error("nothing came in time")));
      const fail = (error: Error): void => {
        cancel();
        reject(error);
      };
      call.on("error", fail);
      call.end(body);
    });
  }

  /** Another token inside, where that is what is wrong. */
  function retold(message: object, tampering: Tampering | undefined): object {
    if (tampering !== "token") return message;
    if (!("header" in message) || typeof message.header !== "object") return { ...message, token: "another token" };
    return { ...message, header: { ...message.header, token: "another token" } };
  }

  async function deliver(envelope: Envelope): Promise<Delivered> {
    const began = performance.now();
    try {
      const { status, body } = await send(prepare(envelope, undefined, true));
      return { kind: "answered", code: status, body, ms: performance.now() - began };
    } catch (error) {
      const ms = performance.now() - began;
      if (ms >= options.answerWithin - 1) return { kind: "silent", ms };
      return { kind: "unreachable", reason: error instanceof Error ? error.message : "unknown", ms };
    }
  }

  return {
    deliver,
    post: (body, tampering) => send(prepare(retold(body, tampering), tampering, true)),
    challenge(challenge, tampering) {
      const message = { challenge, token: options.mode().verificationToken, type: "url_verification" };
      return send(prepare(retold(message, tampering), tampering, false));
    },
    stop: () => agent.destroy(),
  };
}
