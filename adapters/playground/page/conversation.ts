import type { CardEntry, FileEntry } from "../wire.ts";
import { type CardView, type CardViewOptions, createCardView } from "./card-view.ts";
import { element, pressable } from "./element.ts";
import { type FileViewOptions, fileView } from "./file-view.ts";
import { foreign, plain } from "./foreign.ts";
import { compareItems, type Draft, type Item, type Store } from "./state.ts";

export interface ConversationOptions extends CardViewOptions, FileViewOptions {
  readonly store: Store;
  /** Sends a command as if it had been typed. */
  send(text: string): void;
  /** Sends a message again that did not get there. */
  resend(draft: Draft): void;
}

/** The log of the chat. */
export interface Conversation {
  readonly node: HTMLElement;
  /** Draws an item that is new or changed. */
  show(item: Item, isNew: boolean): void;
  close(): void;
}

interface Line {
  item: Item;
  readonly node: HTMLElement;
  readonly card: CardView | undefined;
}

/** After this long the indicator says that it is still at it: milliseconds. */
const longWork = 8_000;

/** Draws everything in the store, oldest first. */
export function createConversation(options: ConversationOptions): Conversation {
  const { store, texts } = options;
  const lines = new Map<string, Line>();
  const list = element("div", { class: "lines", role: "log", "aria-label": texts.conversation, "aria-live": "polite" });
  const welcome = createWelcome(options);
  const working = createWorking(texts.bot);
  const node = element(
    "main",
    { class: "conversation" },
    element("div", { class: "column" }, welcome, list, working.node),
  );

  const lineOf = (item: Item): Line => {
    if (item.kind === "file") {
      return { item, node: element("div", { class: "line bot" }, avatar(), fileView(item, options)), card: undefined };
    }
    if (item.kind !== "card") return { item, node: element("div", { class: "line person" }), card: undefined };
    const card = createCardView(item, options);
    const line = element("div", { class: "line bot" }, avatar(), card.node);
    // Once it was read out, a card that turns in place is not read in full again.
    setTimeout(() => card.node.setAttribute("aria-live", "off"), 1_000);
    return { item, node: line, card };
  };
  const place = (line: Line): void => {
    const after = [...lines.values()]
      .filter((other) => other !== line && compareItems(other.item, line.item) > 0)
      .toSorted((one, other) => compareItems(one.item, other.item))[0];
    list.insertBefore(line.node, after?.node ?? null);
  };
  const showWorking = (): void => {
    const now = Date.now();
    const waiting = store.waiting(now);
    working.show(waiting && (now - waiting.at > longWork ? texts.stillWorking : texts.working));
  };

  const show = (item: Item, isNew: boolean): void => {
    const isAtEnd = node.scrollHeight - node.scrollTop - node.clientHeight < 120;
    const known = lines.get(item.id);
    const line = known ?? lineOf(item);
    const isMoved = known === undefined || compareItems(known.item, item) !== 0;
    line.item = item;
    lines.set(item.id, line);
    if (item.kind === "card") known?.card?.show(item);
    else if (item.kind !== "file") fillPerson(line.node, item, options);
    // Moving an element takes its focus away, so that only what changed its place is moved.
    if (isMoved) place(line);
    welcome.hidden = lines.size > 0;
    showWorking();
    const isBots = item.kind === "card" || item.kind === "file";
    if (isNew && (isAtEnd || !isBots)) reveal(node, isBots ? line.node : undefined);
  };

  for (const item of store.all()) show(item, false);
  welcome.hidden = lines.size > 0;
  requestAnimationFrame(() => node.scrollTo({ top: node.scrollHeight, behavior: "instant" }));
  const timer = setInterval(showWorking, 2_000);
  return {
    node,
    show,
    close() {
      clearInterval(timer);
      for (const line of lines.values()) line.card?.close();
    },
  };
}

/** The sentence that a reader of the screen hears of a card that turned in place. */
export function spokenCard({ card }: CardEntry): string {
  const page = card.blocks.find((block) => block.kind === "page");
  return plain(page === undefined ? card.header.title : `${card.header.title}. ${page.text}`);
}

function fillPerson(node: HTMLElement, item: Exclude<Item, CardEntry | FileEntry>, options: ConversationOptions): void {
  const { texts } = options;
  const time = new Date(item.at);
  const clock = time.toLocaleTimeString(options.locale, { hour: "2-digit", minute: "2-digit" });
  const isFailed = item.kind === "draft" && item.isFailed;
  const meta = element("div", { class: "meta" });
  if (item.kind === "draft" && item.isFailed) {
    const again = pressable({ class: "link" }, () => options.resend(item), texts.tryAgain);
    meta.append(
      element("span", { class: "failure" }, foreign(item.reason === "" ? texts.notSent : item.reason)),
      again,
    );
  } else {
    meta.append(element("time", { datetime: time.toISOString(), title: time.toLocaleString(options.locale) }, clock));
  }
  node.classList.toggle("failed", isFailed);
  node.classList.toggle("sending", item.kind === "draft" && !isFailed);
  node.replaceChildren(
    element(
      "div",
      { class: "bubble" },
      element("span", { class: "sr-only" }, `${texts.you}: `),
      foreign(item.text, 2_000),
    ),
    meta,
  );
}

function avatar(): HTMLElement {
  return element("img", { class: "avatar", src: "/playground/favicon.svg", alt: "", width: 32, height: 32 });
}

function createWelcome({ texts, send }: ConversationOptions): HTMLElement {
  const chips = texts.chips.map(({ command, hint }) =>
    element(
      "li",
      {},
      pressable({ class: "chip" }, () => send(command), element("code", {}, command), element("span", {}, hint)),
    ),
  );
  return element(
    "section",
    { class: "welcome" },
    element("img", { src: "/playground/favicon.svg", alt: "", width: 56, height: 56 }),
    element("h1", {}, texts.welcome),
    element("p", {}, texts.welcomeText),
    element("ul", { class: "chips" }, ...chips),
  );
}

function createWorking(name: string): { node: HTMLElement; show(text: string | undefined): void } {
  const label = element("span", { class: "sr-only" });
  const dots = element(
    "span",
    { class: "dots", "aria-hidden": "true" },
    element("i", {}),
    element("i", {}),
    element("i", {}),
  );
  const note = element("span", { class: "working-note", "aria-hidden": "true" });
  const node = element("div", { class: "line bot working", hidden: true, role: "status" });
  node.append(avatar(), element("div", { class: "working-bubble" }, dots, note, label));
  let shown: string | undefined;
  return {
    node,
    show(text) {
      if (text === shown) return;
      shown = text;
      node.hidden = text === undefined;
      note.textContent = text ?? "";
      label.textContent = text === undefined ? "" : `${name}: ${text}`;
    },
  };
}

/** Scrolls to the end, or to the beginning of a line that is higher than the page. */
function reveal(scroller: HTMLElement, line: HTMLElement | undefined): void {
  requestAnimationFrame(() => {
    const isHigh = line !== undefined && line.offsetHeight > scroller.clientHeight - 40;
    if (isHigh) line.scrollIntoView({ block: "start" });
    else scroller.scrollTo({ top: scroller.scrollHeight });
  });
}
