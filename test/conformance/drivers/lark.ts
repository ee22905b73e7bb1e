import { foreignMarkup } from "../../adapters/lark/foreign-markup.ts";
import { titleOf } from "../../e2e/lark/card.ts";
import { pressables } from "../../platforms/lark/card.ts";
import { checkCard } from "../../platforms/lark/card-rules.ts";
import {
  createFakeLark,
  type FakeLark,
  type Pressed as FakePressed,
  type ShownMessage,
} from "../../platforms/lark/index.ts";
import type { Driver, Platform, Pressed, Seen, Trouble, Writing, Written } from "../driver.ts";
import { wordsOfLabel } from "../labels.ts";

const encryptKey = "encrypt-key-of-the-test";
const verificationToken = "verification-token-of-the-test";

/** Events that were not acknowledged come again soon, and for long. */
const redelivery = Array.from({ length: 200 }, () => 100);

/** Lark, with events by the long connection or by webhook. */
export function larkBy(events: "websocket" | "webhook"): Driver {
  return { name: `Lark by ${events}`, lacks: {}, create: () => createLark(events) };
}

const chatId = (chat: string): string => `oc_${chat.replaceAll(" ", "_")}`;
const userId = (user: string): string => `ou_${user}`;

function createLark(events: "websocket" | "webhook"): Platform {
  const fake = createFakeLark({ redelivery });
  const everything: string[] = [];
  fake.watch((message, { content }) => void everything.push(`${message.chat} ${content}`));
  const clickTokens: string[] = [];

  const known = (id: string): ShownMessage => {
    const message = fake.message(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return message;
  };

  function write({ chat, user, text, alone, minutesAgo, copies = 1 }: Writing, again?: Written): Written {
    if (copies > 1) fake.faults.duplicate(1, "same-event");
    const { messageId } = fake.write({
      chat: chatId(chat),
      user: userId(user),
      text,
      ...(alone === true ? { chatType: "p2p" } : { mentions: ["bot"] }),
      ...(again === undefined ? {} : { messageId: again.id }),
      ...(minutesAgo === undefined ? {} : { createTime: Date.now() - minutesAgo * 60_000 }),
    });
    return { chat, user, text, id: messageId };
  }

  return {
    channel: "lark",
    start: () => fake.start(),
    stop: () => fake.stop(),
    config: () => {
      const app = `appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}"`;
      const keys = `encryptKey: ${encryptKey}, verificationToken: ${verificationToken}`;
      return `lark: { enabled: true, ${app}, events: ${events}, ${keys} }`;
    },
    async connect(url) {
      fake.setMode(
        events === "websocket" ? "websocket" : { webhook: `${url}/lark/events`, encryptKey, verificationToken },
      );
    },
    idsOf: ({ chat, user }) => ({ chat: chatId(chat), user: userId(user) }),
    write: (writing) => write(writing),
    // As a new event: one and the same event is what `copies` delivers.
    deliverAgain: (written) => void write(written, written),
    isQuiet: () => fake.underWay === 0,
    answerTo: ({ id }) => fake.sent.find(({ replyTo, type }) => replyTo === id && type !== "file")?.id,
    shownIn: (chat) => fake.sent.filter((message) => message.chat === chatId(chat)).map(({ id }) => id),
    see: (id) => see(known(id)),
    versionsOf: (id) => known(id).versions.length,
    async fileOf(id) {
      const upload = fake.uploadOf(known(id));
      if (upload === undefined) throw new Error(`${id} holds no file`);
      return upload;
    },
    async press(message, label, user) {
      const pressed = await fake.press({ message, label, user: userId(user) });
      clickTokens.push(pressed.token);
      everything.push(JSON.stringify(pressed.body));
      return asPressed(pressed);
    },
    calls: () => showing(fake).length,
    breakDown: () => breakDown(fake),
    endTokens() {
      const before = fake.tokens.issued;
      fake.tokens.end("expired");
      return { met: () => fake.tokens.issued - before, end: () => {} };
    },
    endChat(chat) {
      const before = showing(fake).length;
      fake.expel({ chat: chatId(chat), user: userId("ben") });
      const refused = () =>
        showing(fake)
          .slice(before)
          .filter(({ code }) => code === 230002).length;
      return { met: refused, end: () => {} };
    },
    async secrets() {
      return [fake.appSecret, encryptKey, verificationToken, await tenantToken(fake), ...clickTokens];
    },
    everything: () => everything.join("\n"),
    complaints: () => [
      ...fake.complaints(),
      ...fake.requests.filter(({ code }) => code === 230099).map(({ path }) => `${path}: the card is refused`),
    ],
  };
}

const showing = (fake: FakeLark) => fake.requests.filter(({ path }) => path.startsWith("/open-apis/im/"));

function see({ type, content }: ShownMessage): Seen {
  if (type === "file") return { kind: "file", title: "", words: "", buttons: [], live: [] };
  if (type !== "interactive")
    return { kind: "text", title: "", words: wordsIn(JSON.parse(content)), buttons: [], live: [] };
  const buttons = pressables(content).filter(({ options, disabled }) => options.length === 0 && !disabled);
  return {
    kind: "card",
    title: titleOf(content),
    words: wordsIn(JSON.parse(content)),
    buttons: buttons.map(({ label }) => wordsOfLabel(label)),
    live: liveIn(content),
  };
}

/** Parts of an element that nobody reads. */
const unread = new Set(["behaviors", "tag", "value", "style", "size", "type", "color", "text_color", "token", "width"]);

/** Characters that are written as numbers come back as themselves. */
function wordsIn(value: unknown): string {
  if (typeof value === "string") return value.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  if (typeof value !== "object" || value === null) return "";
  const parts = Array.isArray(value)
    ? value
    : Object.entries(value).flatMap(([key, part]) => (unread.has(key) ? [] : [part]));
  return parts
    .map(wordsIn)
    .filter((words) => words !== "")
    .join("\n");
}

/** Links, people and cells of markup are not used at all; texts of markdown hold markup of our own only. */
function liveIn(content: string): readonly string[] {
  const foreign =
    /"data_type":"(?:lark_md|markdown|persons)"|"(?:open_url|default_url|multi_url)"|"tag":"(?:at|person|person_list|a|img)"/g;
  return [
    ...checkCard(content),
    ...(content.match(foreign) ?? []),
    ...markdownIn(JSON.parse(content)).flatMap((content) => foreignMarkup(content)),
  ];
}

function markdownIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { tag, content }: { tag?: unknown; content?: unknown } = { ...value };
  const own = (tag === "markdown" || tag === "lark_md") && typeof content === "string" ? [content] : [];
  return [...own, ...Object.values(value).flatMap(markdownIn)];
}

function asPressed({ outcome, toast, ms, reason = "" }: FakePressed): Pressed {
  const how = outcome === "card" ? "card" : outcome === "error" ? "late" : "word";
  return { how, text: how === "late" ? reason : (toast?.content ?? ""), ms };
}

function breakDown(fake: FakeLark): Trouble {
  const met = () => fake.requests.filter(({ status }) => status === 502).length;
  const before = met();
  const path = /^\/open-apis\/im\//;
  fake.faults.api({ kind: "answer", status: 502, body: "" }, { count: Number.POSITIVE_INFINITY, path });
  return { met: () => met() - before, end: () => fake.faults.clear() };
}

/** The tenant token that is in use: the platform gives it again to whoever has the secret. */
async function tenantToken(fake: FakeLark): Promise<string> {
  const response = await fetch(`${fake.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app_id: fake.appId, app_secret: fake.appSecret }),
  });
  const body: { tenant_access_token: string } = JSON.parse(await response.text());
  return body.tenant_access_token;
}
