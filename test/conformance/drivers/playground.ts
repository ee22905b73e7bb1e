import { createHash, randomUUID } from "node:crypto";
import { visible } from "../../../adapters/playground/page/foreign.ts";
import type { ClickAnswer, Entry } from "../../../adapters/playground/wire.ts";
import type { Block, Button, Card } from "../../../src/cards/index.ts";
import type { Driver, Platform, Pressed, Seen, Trouble, Writing, Written } from "../driver.ts";
import { wordsOfLabel } from "../labels.ts";
import { createTab, type Tab } from "./page-tab.ts";

const noPlatform = "nothing stands between the bot and the page";

/** The playground, over its HTTP and its event stream as its page does. Each person in a chat is a tab of one browser. */
export const playground: Driver = {
  name: "the playground",
  lacks: {
    "several people": "a chat belongs to one browser, and its person is named as the chat is",
    "times of writing": "a message is read as it is sent",
    tokens: noPlatform,
    "chats that end": noPlatform,
  },
  create: createPlaygroundPlatform,
};

const chatId = (chat: string): string => `play_${createHash("sha256").update(chat).digest("hex").slice(0, 32)}`;

/** Two tabs look at each chat. */
const readers = ["anna", "ben"];

/** Milliseconds within which a press has to be answered, as anywhere. */
const patience = 3_000;

interface Chat {
  readonly name: string;
  readonly tabs: readonly Tab[];
  /** Resolves when the tabs follow it. */
  readonly opened: Promise<unknown>;
}

function createPlaygroundPlatform(): Platform {
  const chats = new Map<string, Chat>();
  const complaints: string[] = [];
  const answers: string[] = [];
  let url = "";
  let open = 0;

  function chatOf(name: string): Chat {
    const known = chats.get(name);
    if (known !== undefined) return known;
    const tabs = readers.map(() => createTab(chatId(name)));
    const chat = { name, tabs, opened: Promise.all(tabs.map((tab) => tab.follow(url))) };
    chats.set(name, chat);
    return chat;
  }

  const allTabs = (): readonly Tab[] => [...chats.values()].flatMap(({ tabs }) => tabs);

  function chatWith(id: string): Chat {
    const chat = [...chats.values()].find(({ tabs }) => tabs.some((tab) => tab.get(id) !== undefined));
    if (chat === undefined) throw new Error(`there is no message ${id}`);
    return chat;
  }

  const tabOf = ({ tabs }: Chat, user: string): Tab | undefined => tabs[Math.max(0, readers.indexOf(user))];

  function entryOf(id: string, user: string): Entry {
    const entry = tabOf(chatWith(id), user)?.get(id);
    if (entry === undefined) throw new Error(`${user} does not see ${id}`);
    return entry;
  }

  /** As the page's own browser does it. */
  async function post(path: string, body: object): Promise<Response> {
    open += 1;
    try {
      return await fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url, "sec-fetch-site": "same-origin" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patience),
      });
    } finally {
      open -= 1;
    }
  }

  async function deliver({ chat, id, text }: Written): Promise<void> {
    open += 1;
    try {
      await chatOf(chat).opened;
      const response = await post("/playground/messages", { chat: chatId(chat), id, text, locale: "en" });
      if (response.status !== 202) complaints.push(`a message was refused: ${response.status}`);
      answers.push(await response.text());
    } catch (error) {
      complaints.push(`a message was not taken: ${String(error)}`);
    } finally {
      open -= 1;
    }
  }

  function write(writing: Writing): Written {
    const written = { ...writing, id: randomUUID() };
    for (let copy = 0; copy < (writing.copies ?? 1); copy += 1) void deliver(written);
    return written;
  }

  async function press(id: string, label: string, user: string): Promise<Pressed> {
    const entry = entryOf(id, user);
    const all = entry.kind === "card" ? buttonsOf(entry.card) : [];
    const button = all.find((one) => wordsOfLabel(one.label) === label);
    if (button === undefined) throw new Error(`there is no button ${label}; the card has: ${all.map(labelOf).join()}`);
    const chat = chatWith(id);
    const began = performance.now();
    const click = { chat: chatId(chat.name), id: randomUUID(), message: id, text: button.command, locale: "en" };
    const response = await post("/playground/clicks", click);
    const body = await response.text();
    const ms = performance.now() - began;
    answers.push(body);
    if (!response.ok) return { how: "late", text: `status ${response.status}`, ms };
    const answer: ClickAnswer = JSON.parse(body);
    if (answer.kind !== "card") return { how: "word", text: answer.text, ms };
    tabOf(chat, user)?.put(answer.entry);
    return { how: "card", text: "", ms };
  }

  return {
    channel: "playground",
    start: async () => {},
    async stop() {
      await Promise.all(allTabs().map((tab) => tab.cut()));
    },
    config: () => "playground: { enabled: true }",
    async connect(given) {
      url = given;
      await Promise.all(allTabs().map((tab) => tab.follow(url)));
    },
    idsOf: ({ chat }) => ({ chat: chatId(chat), user: chatId(chat) }),
    write,
    deliverAgain: (written) => void deliver(written),
    isQuiet: () => open === 0,
    answerTo: ({ id, chat }) => entriesIn(chat).find((entry) => entry.kind === "card" && entry.replyTo === id)?.id,
    shownIn: (chat) => entriesIn(chat).flatMap(({ kind, id }) => (kind === "person" ? [] : [id])),
    see: (id, user) => see(entryOf(id, user)),
    versionsOf: (id) => tabOf(chatWith(id), "anna")?.versionsOf(id) ?? 0,
    async fileOf(id) {
      const entry = entryOf(id, "anna");
      if (entry.kind !== "file") throw new Error(`${id} holds no file`);
      const response = await fetch(`${url}/playground/files/${entry.file}`);
      return { name: entry.name, content: Buffer.from(await response.arrayBuffer()) };
    },
    press,
    calls: () => 0,
    breakDown: () => loseStreams([...chats.values()], url),
    endTokens: absent,
    endChat: absent,
    secrets: async () => [],
    everything: () => [...allTabs().flatMap(({ received }) => received), ...answers].join("\n"),
    complaints: () => complaints,
  };

  function entriesIn(chat: string): readonly Entry[] {
    return chats.get(chat)?.tabs[0]?.entries() ?? [];
  }
}

/** The pages lose their streams for a while. Another one looks on, and shows what they miss. */
function loseStreams(chats: readonly Chat[], url: string): Trouble {
  const watched = chats.map(({ name, tabs }) => ({ tabs, observer: createTab(chatId(name)) }));
  const lost = watched.map(async ({ tabs, observer }) => {
    await Promise.all([observer.follow(url), ...tabs.map((tab) => tab.cut())]);
  });
  const isNews = (entry: Entry, tab: Tab | undefined) =>
    entry.kind === "card" && entry.busy === undefined && entry.changed > (tab?.get(entry.id)?.changed ?? 0);
  const missed = () =>
    watched.flatMap(({ tabs, observer }) => observer.entries().filter((one) => isNews(one, tabs[0])));
  return {
    met: () => (missed().length > 0 ? Number.POSITIVE_INFINITY : 0),
    end() {
      for (const [index, { tabs, observer }] of watched.entries()) {
        void lost[index]?.then(() => Promise.all([observer.cut(), ...tabs.map((tab) => tab.follow(url))]));
      }
    },
  };
}

function absent(): never {
  throw new Error("The playground has no such thing.");
}

const labelOf = ({ label }: Button): string => wordsOfLabel(label);

function buttonsOf({ blocks }: Pick<Card, "blocks">): readonly Button[] {
  return blocks.flatMap((block) => {
    if (block.kind === "section") return buttonsOf(block);
    return block.kind === "buttons" ? block.buttons : [];
  });
}

/** The page makes signs of what cannot be seen, and never markup of a text: test/browser looks at that. */
function see(entry: Entry): Seen {
  if (entry.kind === "person") throw new Error(`${entry.id} is no message of the bot`);
  if (entry.kind === "file") return { kind: "file", title: "", words: visible(entry.name), buttons: [], live: [] };
  const { header, blocks } = entry.card;
  return {
    kind: "card",
    title: visible(header.title),
    words: visible(textsOf([header, blocks]).join("\n")),
    buttons: buttonsOf(entry.card).map(labelOf),
    live: blocks.filter((block) => !known.has(block.kind)).map(({ kind }) => kind),
  };
}

const known = new Set<Block["kind"]>([
  ...(["facts", "table", "chart", "timeline", "people", "text", "marked", "command", "page"] as const),
  ...(["buttons", "pickers", "section"] as const),
]);

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
