import { textsOf } from "../../src/cards/index.ts";
import { labelsOf, titleOf, wordsOf } from "../../test/e2e/lark/card.ts";
import { createFakeLark, type FakeLark, type ShownMessage } from "../../test/platforms/lark/index.ts";
import { lateBy, type Shown, stateOf, stubborn, type Town, type Trouble, type Written } from "./town.ts";

const replying = { method: "POST", path: /\/reply$/ };
const sending = { method: "POST", path: /^\/open-apis\/im\/v1\/messages(?:$|\/[^/]+\/reply$)/ };
const changing = { method: "PATCH", path: /^\/open-apis\/im\/v1\/messages\/[^/]+$/ };

/** A platform cannot know why nothing came: the bot may have stood still, or have been killed. */
const excused = /^card callback: no answer came in time$/;

export function createLarkTown(): Town {
  const fake = createFakeLark({ redelivery: stubborn, clientConfig: { PingInterval: 5 }, keep: 500_000 });
  const told = new Map<string, Shown[]>();
  const answers = new Map<string, ShownMessage[]>();
  const asked: string[] = [];
  const watched = ["oc_watched"];
  const restless = ["oc_restless"];
  const asking = Array.from({ length: 20 }, (_, index) => `oc_asking_${index}`);
  const askingThere = new Set(asking);

  fake.watch((message, { how }) => {
    if (how !== "send" || message.type === "file") return;
    if (message.replyTo === undefined) push(told, message.chat, shownOf(message));
    else push(answers, message.replyTo, message);
    if (askingThere.has(message.chat)) asked.push(message.id);
  });
  const known = (id: string): ShownMessage => {
    const message = fake.message(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return message;
  };
  const deliver = (written: Omit<Written, "id">, user: string, messageId?: string) => {
    const createTime = Date.now() - (written.late ? lateBy : 0);
    const { chat, text } = written;
    return fake.write({ chat, user, text, mentions: ["bot"], createTime, messageId }).messageId;
  };

  return {
    name: "lark",
    watched,
    restless,
    asking,
    get section() {
      return `lark: { enabled: true, appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}" }`;
    },
    troubles: troublesOf(fake),
    async start() {
      await fake.start();
      for (const chat of [...watched, ...restless, ...asking]) fake.chats.ensure(chat);
    },
    stop: fake.stop,
    clear: fake.faults.clear,
    write({ user, late = false, ...writing }) {
      const written = { ...writing, late };
      return { ...written, id: deliver(written, user) };
    },
    again: (written) => void deliver(written, "ou_again", written.id),
    answersTo: ({ id }) => (answers.get(id) ?? []).map(shownOf),
    isAnswered: ({ id }) => answers.has(id),
    told: (chat) => told.get(chat) ?? [],
    see: (id) => shownOf(known(id)),
    historyOf: (id) =>
      known(id)
        .versions.slice(-6)
        .map(({ at, how, content }) => stateOf({ at, how, words: read(wordsOf(content)) }))
        .join("; "),
    cards: (most) => asked.slice(-most),
    async press(message, label, user) {
      const { outcome, toast } = await fake.press({ message, user, label });
      if (outcome === "card") return "card";
      if (outcome === "toast") return isWait(toast?.content) ? "wait" : "refused";
      return "silent";
    },
    member(chat, isIn) {
      if (isIn) fake.admit({ chat, user: "ou_owner" });
      else fake.expel({ chat, user: "ou_owner" });
    },
    get underWay() {
      return fake.underWay;
    },
    get connections() {
      return fake.connections.length;
    },
    lost: () => fake.lost,
    complaints: () => fake.complaints().filter((sentence) => !excused.test(sentence)),
  };
}

const waits: readonly string[] = Object.values(textsOf("en").wait);
export const isWait = (words: string | undefined): boolean => waits.includes(words ?? "");

/** As people read it: what would be markup is written by its number. */
const read = (words: string): string => words.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

function shownOf({ id, content }: ShownMessage): Shown {
  return { id, title: titleOf(content), words: read(wordsOf(content)), labels: labelsOf(content) };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function troublesOf(fake: FakeLark): readonly Trouble[] {
  const { faults } = fake;
  const few = (random: () => number) => 1 + Math.floor(random() * 5);
  const trouble = (name: string, begin: (random: () => number) => number | undefined): Trouble => ({
    name: `lark: ${name}`,
    begin: (random) => begin(random) ?? 0,
  });
  const fails = (name: string, fault: Parameters<typeof faults.api>[0]) =>
    trouble(name, (random) => {
      for (const which of [replying, sending, changing]) faults.api(fault, { ...which, count: few(random) });
      return 3_000;
    });
  return [
    fails("429", { kind: "answer", status: 429, body: "" }),
    fails("429 with a time", { kind: "answer", status: 429, body: "", headers: { "x-ogw-ratelimit-reset": "1" } }),
    fails("too many messages in a chat", { kind: "refuse", code: 230020 }),
    fails("503", { kind: "answer", status: 503 }),
    fails("a page in HTML", { kind: "answer", status: 502, body: "<html><h1>502</h1></html>" }),
    fails("reset", { kind: "reset" }),
    fails("done, the answer lost", { kind: "cut" }),
    fails("done, the answer cut", { kind: "truncated" }),
    fails("slow", { kind: "delay", ms: 1_500 }),
    trouble("hangs", () => {
      faults.api({ kind: "hang" }, { ...sending, count: 2 });
      faults.api({ kind: "hang" }, changing);
      return 3_000;
    }),
    trouble("token expired", () => fake.tokens.end("expired") as undefined),
    trouble("token revoked", () => fake.tokens.end("revoked") as undefined),
    trouble("doubles", () => {
      faults.duplicate(30, "same-event");
      return 4_000;
    }),
    trouble("doubles as new events", () => {
      faults.duplicate(30, "new-event");
      return 4_000;
    }),
    trouble("disorder", () => faults.reorder(8) as undefined),
    trouble("late events", () => {
      faults.delayEvents = 1_000;
      return 3_000;
    }),
    trouble("fragments the last one first", () => {
      faults.reverseFragments = true;
      return 5_000;
    }),
    trouble("connection reset", () => void fake.connections[0]?.drop("reset")),
    trouble("connection closed", () => void fake.connections[0]?.drop("close")),
    // Nobody knows of it until a ping has no answer.
    { ...trouble("connection half open", () => void fake.connections[0]?.drop("half-open")), loses: 30_000 },
    trouble("gateway busy", (random) => {
      faults.refuseEndpoint(1, "system busy", few(random));
      fake.connections[0]?.drop("reset");
      return 5_000;
    }),
  ];
}
