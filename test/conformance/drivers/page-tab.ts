import type { Entry } from "../../../adapters/playground/wire.ts";

/** A page of the playground as far as it knows a chat: what the server told it, the latest of each entry. */
export interface Tab {
  /** Follows the chat on a server, from the last event that the page has. Resolves when the stream is open. */
  follow(url: string): Promise<void>;
  /** Takes in what the answer to a press holds, as the page does. */
  put(entry: Entry): void;
  /** The stream breaks off; what the server tells meanwhile is missed. */
  cut(): Promise<void>;
  entries(): readonly Entry[];
  get(id: string): Entry | undefined;
  /** Pictures of a card so far; that it is busy is none. */
  versionsOf(id: string): number;
  /** Everything that came, as it came. */
  readonly received: readonly string[];
}

export function createTab(chat: string): Tab {
  const entries = new Map<string, Entry>();
  const pictures = new Map<string, string[]>();
  const received: string[] = [];
  let last: string | undefined;
  let open: { readonly stop: AbortController; readonly read: Promise<void> } | undefined;

  function put(entry: Entry): void {
    const known = entries.get(entry.id);
    if (known !== undefined && known.changed >= entry.changed) return;
    entries.set(entry.id, entry);
    if (entry.kind !== "card") return;
    const seen = pictures.get(entry.id) ?? [];
    const picture = JSON.stringify(entry.card);
    if (seen.at(-1) !== picture) pictures.set(entry.id, [...seen, picture]);
  }

  function take(frame: string): void {
    received.push(frame);
    const fieldOf = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(frame)?.[1];
    last = fieldOf("id") ?? last;
    const data = fieldOf("data");
    if (fieldOf("event") === "entry" && data !== undefined) put(JSON.parse(data));
  }

  /** Until the stream ends; the page then waits to be told where to go on. */
  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const part of body) {
        const frames = (text + decoder.decode(part, { stream: true })).split("\n\n");
        text = frames.pop() ?? "";
        frames.forEach(take);
      }
    } catch {
      // It was cut, or the server is gone.
    }
  }

  async function cut(): Promise<void> {
    open?.stop.abort();
    await open?.read;
    open = undefined;
  }

  return {
    received,
    put,
    async follow(url) {
      await cut();
      const stop = new AbortController();
      const after = last === undefined ? "" : `&after=${last}`;
      const response = await fetch(`${url}/playground/events?chat=${chat}${after}`, { signal: stop.signal });
      if (!response.ok || response.body === null) throw new Error(`the stream is refused: ${response.status}`);
      open = { stop, read: read(response.body) };
    },
    cut,
    entries: () => [...entries.values()].toSorted((one, other) => one.at - other.at),
    get: (id) => entries.get(id),
    versionsOf: (id) => pictures.get(id)?.length ?? 0,
  };
}
