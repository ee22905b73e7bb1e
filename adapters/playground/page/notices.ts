import { element } from "./element.ts";
import { foreign } from "./foreign.ts";
import type { Link } from "./stream.ts";
import type { Texts } from "./texts.ts";

/** Words that are no part of the conversation. */
export interface Notices {
  readonly node: HTMLElement;
  /** A word that goes away by itself. */
  notify(text: string, colour: "green" | "orange" | "red"): void;
  /** Says how the connection is, when that is worth a word. */
  link(link: Link, texts: Texts): void;
  /** Says something to a reader of the screen only. */
  speak(text: string): void;
}

/** How long a word stays, in milliseconds: by its length, within reason. */
const shortest = 3_000;
const longest = 9_000;
const mostToasts = 3;

/** Creates the place for notices; it outlives a change of language. */
export function createNotices(): Notices {
  const banner = element("div", { class: "banner", role: "status", hidden: true });
  const toasts = element("div", { class: "toasts", role: "status" });
  const spoken = element("div", { class: "sr-only", role: "status" });
  let wasLost = false;

  const notify: Notices["notify"] = (text, colour) => {
    const toast = element("div", { class: "toast", "data-colour": colour }, foreign(text, 300));
    toasts.append(toast);
    while (toasts.childElementCount > mostToasts) toasts.firstElementChild?.remove();
    setTimeout(() => toast.remove(), Math.min(longest, shortest + text.length * 40));
  };

  return {
    node: element("div", { class: "notices" }, banner, toasts, spoken),
    notify,
    link(link, texts) {
      banner.hidden = link === "connected";
      banner.textContent = link === "connected" ? "" : texts[link];
      if (link === "connected" && wasLost) notify(texts.back, "green");
      wasLost = link !== "connected";
    },
    speak(text) {
      spoken.textContent = text;
    },
  };
}
