import { createPlayground, type Entry, type Playground } from "../../../adapters/playground/index.ts";
import { createManualClock, type ManualClock } from "../../manual-clock.ts";
import { createFakeBot, type FakeBot } from "./fake-bot.ts";

export const chat = "play_00112233445566778899aabbccddeeff";
export const host = "127.0.0.1:8080";

/** A playground that is started, its bot, and requests as the page's own browser makes them. */
export interface Harness {
  /** What sleeps goes on when a test lets this time pass; `clock` is the time of day. */
  readonly sleeps: ManualClock;
  readonly playground: Playground;
  readonly bot: FakeBot;
  readonly clock: { time: number };
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  say(id: string, text: string): Promise<Response>;
  history(of?: string): Promise<readonly Entry[]>;
  events(headers?: Record<string, string>, query?: string): Promise<EventReader>;
}

/** Creates it; `address` is where its server is said to listen. */
export async function createHarness(address = { host: "127.0.0.1", port: 8080 }): Promise<Harness> {
  const clock = { time: 1_000_000 };
  const sleeps = createManualClock();
  let ids = 0;
  const playground = createPlayground({
    complete: (text, cursor) => [
      { start: 0, end: cursor, insert: `${text}!`, label: `${text}!`, kind: "command", detail: "" },
    ],
    locale: "auto",
    address: () => address,
    clock: { now: () => clock.time, sleep: sleeps.sleep },
    randomId: () => `id-${++ids}`,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  const bot = createFakeBot();
  await playground.start(bot);
  const get: Harness["get"] = async (path, headers = {}) =>
    await playground.routes.request(path, { headers: { host, ...headers } });
  const post: Harness["post"] = async (path, body, headers = {}) =>
    await playground.routes.request(path, {
      method: "POST",
      headers: {
        host,
        origin: `http://${host}`,
        "sec-fetch-site": "same-origin",
        "content-type": "application/json",
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    playground,
    bot,
    clock,
    sleeps,
    get,
    post,
    say: (id, text) => post("/playground/messages", { chat, id, text, locale: "en" }),
    async history(of = chat) {
      const response = await get(`/playground/history?chat=${of}`);
      const answer: { entries: readonly Entry[] } = await response.json();
      return answer.entries;
    },
    async events(headers = {}, query = "") {
      return readEvents(await get(`/playground/events?chat=${chat}${query}`, headers));
    },
  };
}

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string | undefined;
  readonly comment: string | undefined;
}

/** Reads server-sent events one by one. */
export interface EventReader {
  /** The next event or comment; undefined when the stream has ended. */
  next(): Promise<StreamEvent | undefined>;
  /** The next entry, past comments. */
  entry(): Promise<Entry>;
  cancel(): Promise<void>;
}

function readEvents(response: Response): EventReader {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let buffer = "";
  const next = async (): Promise<StreamEvent | undefined> => {
    while (!buffer.includes("\n\n")) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      buffer += decoder.decode(value, { stream: true });
    }
    const end = buffer.indexOf("\n\n");
    const lines = buffer.slice(0, end).split("\n");
    buffer = buffer.slice(end + 2);
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    return { id: field("id"), event: field("event"), data: field("data"), comment: field("") };
  };
  return {
    next,
    async entry() {
      for (;;) {
        const event = await next();
        if (event === undefined) throw new Error("the stream ended");
        if (event.event === "entry") return JSON.parse(event.data ?? "");
      }
    },
    cancel: () => reader.cancel(),
  };
}
