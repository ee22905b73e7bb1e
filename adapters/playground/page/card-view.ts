import type { CardEntry, ClickAnswer } from "../wire.ts";
import type { BlockContext } from "./block-context.ts";
import { renderBlocks } from "./blocks.ts";
import { element } from "./element.ts";
import { foreign, plain, visible } from "./foreign.ts";
import type { Reply } from "./server.ts";
import type { Texts } from "./texts.ts";

/** What a card's view needs of the page. */
export interface CardViewOptions {
  readonly texts: Texts;
  /** Sends a press; the store has the card's new picture before it resolves. */
  press(message: string, text: string): Promise<Reply<ClickAnswer>>;
  edit(text: string): void;
  notify(text: string, colour: "green" | "orange" | "red"): void;
}

/** A card on the page. It stays one element while its pictures change. */
export interface CardView {
  readonly node: HTMLElement;
  show(entry: CardEntry): void;
  /** Ends what it waits for. */
  close(): void;
}

interface Press {
  readonly text: string;
  readonly key: string;
}

/** Presses that wait while a picture is under way: someone who presses Enter three times means three pages. */
const mostWaiting = 5;
/** A picture that was promised and has not come after this long is given up: milliseconds. */
const patience = 60_000;

/** Draws a card that can be pressed. */
export function createCardView(first: CardEntry, options: CardViewOptions): CardView {
  let entry = first;
  let isPressing = false;
  let later: string | undefined;
  let givesUp: ReturnType<typeof setTimeout> | undefined;
  const waiting: Press[] = [];
  const node = element("article", { class: "card", tabindex: 0 });

  const busyText = (): string | undefined => entry.busy ?? later ?? (isPressing ? options.texts.working : undefined);

  const press = async (text: string, key: string): Promise<void> => {
    if (busyText() !== undefined) {
      const canWait = isStep(key) || key.startsWith("picker");
      if (canWait && waiting.length < mostWaiting) waiting.push({ text, key });
      return;
    }
    isPressing = true;
    showBusy();
    const before = entry.changed;
    const reply = await options.press(entry.id, text);
    isPressing = false;
    if (!reply.ok) {
      refuse(reply.reason === "" ? options.texts.failed : visible(reply.reason), "red");
    } else if (reply.value.kind === "toast") {
      refuse(visible(reply.value.text), reply.value.colour);
    } else if (reply.value.kind === "later" && entry.changed === before) {
      // Neither the note that it is busy nor the new picture has come by the stream yet.
      later = reply.value.text;
    }
    showBusy();
    goOn();
  };

  const refuse = (text: string, colour: "green" | "orange" | "red"): void => {
    waiting.length = 0;
    options.notify(text, colour);
    // A picker shows what was chosen, which is not in force: drawn anew, it tells the truth.
    draw();
  };

  /** The next press that waited, on the picture that is there now. */
  const goOn = (): void => {
    if (busyText() !== undefined) return;
    const next = waiting.shift();
    if (next === undefined) return;
    if (!isStep(next.key)) return void press(next.text, next.key);
    const button = node.querySelector<HTMLButtonElement>(`button[data-key="${next.key}"]`);
    if (button === null) waiting.length = 0;
    else button.click();
  };

  const showBusy = (): void => {
    const text = busyText();
    node.classList.toggle("busy", text !== undefined);
    node.setAttribute("aria-busy", String(text !== undefined));
    node.querySelector(".busy-note")?.remove();
    clearTimeout(givesUp);
    if (text === undefined) return;
    const note = element("div", { class: "busy-note" }, element("span", { class: "spinner" }), foreign(text, 200));
    node.append(note);
    if (isPressing) return;
    givesUp = setTimeout(() => {
      later = undefined;
      entry = { ...entry, busy: undefined };
      refuse(options.texts.noAnswer, "orange");
      showBusy();
    }, patience);
  };

  const context: Omit<BlockContext, "cardLocale"> = {
    ...options,
    press: (text, key) => void press(text, key),
  };

  const draw = (): void => {
    const { card } = entry;
    const focused = focusedKey(node);
    const sections = new Map<string, boolean>();
    for (const section of node.querySelectorAll("details")) {
      sections.set(section.dataset.section ?? "", section.open);
    }
    node.dataset.colour = card.header.colour;
    node.lang = card.locale === "zh" ? "zh-CN" : "en";
    node.setAttribute("aria-label", plain(card.header.title));
    const tags = card.header.tags.map((tag) =>
      element("span", { class: "tag", "data-colour": tag.colour }, foreign(tag.text, 60)),
    );
    node.replaceChildren(
      element("header", { class: "card-header" }, element("h2", {}, foreign(card.header.title, 200)), ...tags),
      element("div", { class: "blocks" }, ...renderBlocks(card.blocks, { ...context, cardLocale: card.locale }, "")),
    );
    for (const section of node.querySelectorAll("details")) {
      section.open = sections.get(section.dataset.section ?? "") ?? section.open;
    }
    if (focused !== undefined) focusAgain(node, focused);
  };

  node.addEventListener("keydown", (event) => turnByArrow(node, event));
  draw();
  showBusy();

  return {
    node,
    show(next) {
      const isRedrawn = JSON.stringify(next.card) !== JSON.stringify(entry.card);
      entry = next;
      later = undefined;
      if (isRedrawn) draw();
      showBusy();
      if (!isPressing) goOn();
    },
    close: () => clearTimeout(givesUp),
  };
}

function isStep(key: string): boolean {
  return key === "previous" || key === "next";
}

function focusedKey(node: HTMLElement): string | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === node || !node.contains(focused)) return undefined;
  return focused.dataset.key;
}

/** Gives the focus back to what had it, or to what stands for it now. */
function focusAgain(node: HTMLElement, key: string): void {
  const keys = isStep(key) ? [key, key === "next" ? "previous" : "next"] : [key];
  const found = keys.map((candidate) => node.querySelector<HTMLElement>(`[data-key="${CSS.escape(candidate)}"]`));
  (found.find((candidate) => candidate !== null) ?? node).focus({ preventScroll: true });
}

function turnByArrow(node: HTMLElement, event: KeyboardEvent): void {
  const key = event.key === "ArrowLeft" ? "previous" : event.key === "ArrowRight" ? "next" : undefined;
  if (key === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target instanceof HTMLSelectElement) return;
  const button = node.querySelector<HTMLButtonElement>(`button[data-key="${key}"]`);
  if (button === null) return;
  event.preventDefault();
  button.click();
}
