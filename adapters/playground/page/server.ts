import type { Locale } from "../../../src/cards/index.ts";
import type { Completion } from "../../../src/commands/index.ts";
import type { ClickAnswer, HistoryAnswer } from "../wire.ts";

/** An answer, or that there was none: the reason is for a person, where the server gave one. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** What the page asks of the server. No call rejects; each has a deadline. */
export interface Server {
  history(): Promise<Reply<HistoryAnswer>>;
  /** Tries again where that can help: the id makes it the same message. */
  sendMessage(id: string, text: string, locale: Locale): Promise<Reply<unknown>>;
  click(click: { id: string; message: string; text: string; locale: Locale }): Promise<Reply<ClickAnswer>>;
  /** Whether a file can still be fetched; true as well where that cannot be found out. */
  isKept(address: string): Promise<boolean>;
  /** Ways to go on; none when the server cannot be reached. */
  complete(text: string, cursor: number, locale: Locale, signal: AbortSignal): Promise<readonly Completion[]>;
}

const deadline = 10_000;
/** Pauses before the second and the third try of a message, in milliseconds. */
const pauses = [400, 1_500];

/** Creates the page's way to the server, for one chat. */
export function createServer(chat: string): Server {
  return {
    history: () => call<HistoryAnswer>(`/playground/history?chat=${encodeURIComponent(chat)}`),
    async sendMessage(id, text, locale) {
      for (const pause of pauses) {
        const reply = await post<unknown>("/playground/messages", { chat, id, text, locale });
        if (reply.ok || !reply.again) return reply;
        await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
      }
      return await post<unknown>("/playground/messages", { chat, id, text, locale });
    },
    click: (click) => post<ClickAnswer>("/playground/clicks", { chat, ...click }),
    async isKept(address) {
      const request = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(deadline) } as const;
      return await fetch(address, request).then(
        ({ status }) => status !== 404,
        () => true,
      );
    },
    async complete(text, cursor, locale, signal) {
      const reply = await post<{ completions: readonly Completion[] }>(
        "/playground/complete",
        { text, cursor, locale },
        signal,
      );
      return reply.ok ? reply.value.completions : [];
    },
  };
}

type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `again`: the same request may succeed later. */
  | { readonly ok: false; readonly reason: string; readonly again: boolean };

function post<Value>(path: string, body: unknown, signal?: AbortSignal): Promise<Attempt<Value>> {
  const headers = { "content-type": "application/json" };
  return call<Value>(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
}

async function call<Value>(path: string, request: RequestInit = {}, signal?: AbortSignal): Promise<Attempt<Value>> {
  const timeout = AbortSignal.timeout(deadline);
  try {
    const response = await fetch(path, {
      ...request,
      cache: "no-store",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const answer: unknown = await response.json();
    // The server is the page's own: what it answers has the type that both share.
    if (response.ok) return { ok: true, value: answer as Value };
    return { ok: false, reason: reasonOf(answer), again: response.status >= 500 };
  } catch {
    return { ok: false, reason: "", again: true };
  }
}

function reasonOf(answer: unknown): string {
  if (typeof answer !== "object" || answer === null || !("error" in answer)) return "";
  return typeof answer.error === "string" ? answer.error : "";
}
