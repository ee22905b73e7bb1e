import type { Locale } from "../../../src/cards/index.ts";
import { type Composer, createComposer } from "./composer.ts";
import { type Conversation, createConversation, spokenCard } from "./conversation.ts";
import { element } from "./element.ts";
import { createHeader } from "./header.ts";
import { createNotices } from "./notices.ts";
import { createServer } from "./server.ts";
import { createSettings, randomHex, type Theme } from "./settings.ts";
import { createStore, type Draft } from "./state.ts";
import { followChat, type Link } from "./stream.ts";
import { textsOf } from "./texts.ts";

const settings = createSettings();
const store = createStore();
const server = createServer(settings.chat);
const notices = createNotices();
const page = element("div", { class: "page" });
let conversation: Conversation | undefined;
let composer: Composer | undefined;
let link: Link = "connected";
let unseen = 0;

async function deliver(draft: Draft): Promise<void> {
  store.putDraft({ ...draft, isFailed: false });
  const reply = await server.sendMessage(draft.id, draft.text, settings.locale());
  if (!reply.ok) store.putDraft({ ...draft, isFailed: true, reason: reply.reason });
}

function send(text: string): void {
  void deliver({ kind: "draft", id: `b${randomHex()}`, text, at: Date.now(), isFailed: false, reason: "" });
}

async function press(message: string, text: string): ReturnType<typeof server.click> {
  const reply = await server.click({ id: `c${randomHex()}`, message, text, locale: settings.locale() });
  if (reply.ok && reply.value.kind === "card") store.put(reply.value.entry);
  return reply;
}

/** Draws the whole page, in the language of the moment. What was typed stays. */
function mount(): void {
  const locale: Locale = settings.locale();
  const texts = textsOf(locale);
  document.documentElement.lang = locale === "zh" ? "zh-CN" : "en";
  conversation?.close();
  composer = createComposer({
    texts,
    draft: composer?.text() ?? "",
    send,
    complete: (text, cursor, signal) => server.complete(text, cursor, settings.locale(), signal),
    written: store.written,
  });
  conversation = createConversation({
    store,
    texts,
    locale,
    send,
    press,
    resend: (draft) => void deliver(draft),
    edit: (text) => composer?.edit(text),
    notify: notices.notify,
    isKept: server.isKept,
  });
  const header = createHeader({
    texts,
    theme: settings.theme(),
    onTheme: (theme) => {
      settings.setTheme(theme);
      showTheme(theme);
    },
    onLanguage: () => {
      settings.setLocale(locale === "en" ? "zh" : "en");
      mount();
      document.getElementById("language")?.focus();
    },
  });
  page.replaceChildren(header, conversation.node, composer.node);
  notices.link(link, texts);
  showTitle();
}

function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

function showTitle(): void {
  const texts = textsOf(settings.locale());
  const title = `${texts.name} · ${texts.subtitle}`;
  document.title = unseen > 0 ? texts.unseen(unseen, title) : title;
}

/** A slash typed anywhere begins a command. */
function beginCommand(event: KeyboardEvent): void {
  const isTyping = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  composer?.focus();
}

async function begin(): Promise<void> {
  showTheme(settings.theme());
  const history = await server.history();
  if (history.ok) for (const entry of history.value.entries) store.put(entry);
  mount();
  document.body.append(page, notices.node);
  // On a phone the focus would open the keyboard over what there is to read.
  if (matchMedia("(pointer: fine)").matches) composer?.focus();
  store.listen((item, isNew) => {
    conversation?.show(item, isNew);
    if (item.kind !== "file" && (item.kind !== "card" || item.busy !== undefined)) return;
    if (!isNew && item.kind === "card") notices.speak(spokenCard(item));
    if (!isNew || document.visibilityState === "visible") return;
    unseen += 1;
    showTitle();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    unseen = 0;
    showTitle();
  });
  document.addEventListener("keydown", beginCommand);
  followChat(settings.chat, history.ok ? history.value.last : "0", {
    entry: store.put,
    link: (now) => {
      link = now;
      notices.link(now, textsOf(settings.locale()));
    },
  });
}

void begin();
