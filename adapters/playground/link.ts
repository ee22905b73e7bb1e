import { limits } from "./limits.ts";
import type { Entry } from "./wire.ts";

/** The open event streams of all pages, by chat. */
export interface Streams {
  /**
   * A new stream that begins with `entries`. A chat with too many gives up its oldest one; undefined when there are too
   * many over all chats.
   */
  open(chat: string, entries: readonly Entry[]): ReadableStream<Uint8Array> | undefined;
  push(chat: string, entry: Entry): void;
  /** Ends a chat's streams; the pages come back by themselves when they can. */
  close(chat: string): void;
  /** Begins the heartbeat. */
  start(): void;
  /** Tells every page that the bot is stopping, and ends the streams of the chats that wait for nothing. */
  quiesce(isAwaited: (chat: string) => boolean): void;
  stop(): void;
  count(): number;
}

interface Stream {
  write(text: string): void;
  end(): void;
}

const encoder = new TextEncoder();

/** Creates the set of open streams. It owns one timer, from `start` to `stop`. */
export function createStreams(): Streams {
  const open = new Map<string, Set<Stream>>();
  let heartbeat: NodeJS.Timeout | undefined;

  const streamsOf = (chat: string): Iterable<Stream> => [...(open.get(chat) ?? [])];
  const forget = (chat: string, stream: Stream): void => {
    const streams = open.get(chat);
    streams?.delete(stream);
    if (streams?.size === 0) open.delete(chat);
  };
  const endAll = (chat: string): void => {
    for (const stream of streamsOf(chat)) stream.end();
  };

  const count = (): number => open.values().reduce((sum, streams) => sum + streams.size, 0);

  return {
    open(chat, entries) {
      if (count() >= limits.streams) return undefined;
      const streams = open.get(chat) ?? new Set<Stream>();
      const [oldest] = streams;
      if (oldest !== undefined && streams.size >= limits.streamsPerChat) {
        oldest.write("event: elsewhere\ndata: {}\n\n");
        oldest.end();
      }
      const { stream, body } = createStream((ended) => forget(chat, ended));
      streams.add(stream);
      open.set(chat, streams);
      // A first byte at once: the browser then knows that the stream is open.
      stream.write(": welcome\n\n");
      for (const entry of entries) stream.write(entryFrame(entry));
      return body;
    },
    push(chat, entry) {
      const frame = entryFrame(entry);
      for (const stream of streamsOf(chat)) stream.write(frame);
    },
    close: endAll,
    start() {
      clearInterval(heartbeat);
      heartbeat = setInterval(() => {
        for (const chat of [...open.keys()]) for (const stream of streamsOf(chat)) stream.write(": alive\n\n");
      }, limits.heartbeat);
    },
    quiesce(isAwaited) {
      for (const chat of [...open.keys()]) {
        for (const stream of streamsOf(chat)) stream.write("event: stopping\ndata: {}\n\n");
        if (!isAwaited(chat)) endAll(chat);
      }
    },
    stop() {
      clearInterval(heartbeat);
      for (const chat of [...open.keys()]) endAll(chat);
    },
    count,
  };
}

function createStream(onEnd: (stream: Stream) => void): { stream: Stream; body: ReadableStream<Uint8Array> } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream: Stream = {
    write(text) {
      if (controller === undefined) return;
      controller.enqueue(encoder.encode(text));
      // desiredSize goes below zero by what waits for a reader that does not keep up.
      if ((controller.desiredSize ?? 0) < -limits.streamBacklog) stream.end();
    },
    end() {
      if (controller === undefined) return;
      const ended = controller;
      controller = undefined;
      onEnd(stream);
      ended.close();
    },
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      cancel() {
        controller = undefined;
        onEnd(stream);
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return { stream, body };
}

/** JSON has no line breaks of its own, so that one data line carries it. */
function entryFrame(entry: Entry): string {
  return `id: ${entry.changed}\nevent: entry\ndata: ${JSON.stringify(entry)}\n\n`;
}
