import type { Entry } from "../wire.ts";

export type Link = "connected" | "lost" | "stopping" | "elsewhere";

/** What the stream tells the page. */
export interface StreamListener {
  entry(entry: Entry): void;
  link(link: Link): void;
}

/** Milliseconds before the first and, at most, before any later attempt to connect again. */
const shortestPause = 500;
const longestPause = 10_000;
/** The server gives a sign of life every 15 s, which EventSource does not show; a connection has this long to open. */
const openDeadline = 10_000;

/**
 * Follows a chat's events from the one with id `last`, and connects again for as long as the page lives. A tab that had
 * to give way to others waits until it is looked at.
 */
export function followChat(chat: string, last: string, listener: StreamListener): void {
  let seen = last;
  let failures = 0;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let link: Link | undefined;

  const tell = (now: Link): void => {
    if (link === now) return;
    link = now;
    listener.link(now);
  };
  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const connectLater = (): void => {
    close();
    const pause = Math.min(longestPause, shortestPause * 2 ** failures) * (0.75 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(connect, pause);
  };
  const connect = (): void => {
    close();
    const opening = new EventSource(`/playground/events?chat=${encodeURIComponent(chat)}&after=${seen}`);
    source = opening;
    timer = setTimeout(connectLater, openDeadline);
    opening.addEventListener("open", () => {
      clearTimeout(timer);
      failures = 0;
      tell("connected");
    });
    opening.addEventListener("entry", (event) => {
      if (event.lastEventId !== "") seen = event.lastEventId;
      const entry: Entry = JSON.parse(event.data);
      listener.entry(entry);
    });
    opening.addEventListener("stopping", () => tell("stopping"));
    opening.addEventListener("elsewhere", () => {
      close();
      tell("elsewhere");
    });
    opening.addEventListener("error", () => {
      if (source !== opening) return;
      if (link !== "stopping") tell("lost");
      connectLater();
    });
  };

  const wake = (): void => {
    if (document.visibilityState !== "visible" || link === "connected") return;
    failures = 0;
    connect();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("focus", () => {
    if (link === "elsewhere") wake();
  });
  window.addEventListener("online", wake);
  connect();
}
