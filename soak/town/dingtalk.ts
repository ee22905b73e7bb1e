import { sendKey } from "../../src/bot/index.ts";
import { bareWordsOf, labelsOf, onlooker, titleOf, wordOf } from "../../test/e2e/dingtalk/card.ts";
import { type Content, createFakeDingTalk, type FakeDingTalk } from "../../test/platforms/dingtalk/index.ts";
import { isWait } from "./lark.ts";
import { lateBy, type Shown, stateOf, stubborn, type Town, type Trouble, type Written } from "./town.ts";

/**
 * A platform cannot know why nothing came: the bot may have stood still, or have been killed. And an update that was on its way
 * when somebody pressed is nobody's mistake: whether it was made up for is seen on the card.
 */
const excused =
  /^card callback: no answer within|a ping of the platform was not answered$|^PUT of the card .* while a callback of it is open/;

export function createDingTalkTown(): Town {
  const fake = createFakeDingTalk({ redelivery: stubborn, disconnectAfter: 1_000, pingEvery: 5_000, keep: 500_000 });
  const watched = ["cidWatched=="];
  const restless = ["cidRestless=="];
  const asking = Array.from({ length: 20 }, (_, index) => `cidAsking${index}==`);
  const askingThere = new Set(asking);
  /** The keys under which the bot answers what was written. */
  const answers = new Set<string>();
  const told = new Map<string, Shown[]>();
  const asked: string[] = [];
  const seen = new Set<string>();

  fake.watch(({ chat, id, content, kind }, { how }) => {
    if ((how !== "deliver" && how !== "send") || kind === "file" || seen.has(id)) return;
    seen.add(id);
    if (askingThere.has(chat) && kind === "card") asked.push(id);
    if (answers.has(id)) return;
    told.set(chat, [...(told.get(chat) ?? []), shownOf(id, content)]);
  });

  function see(id: string): Shown {
    const shown = fake.shown(id);
    if (shown === undefined) throw new Error(`nothing is shown with the id ${id}`);
    return shownOf(id, shown.kind === "card" ? fake.viewOf(id, onlooker) : shown.content);
  }

  const keysOf = ({ chat, id }: Pick<Written, "chat" | "id">) => [
    sendKey("dingtalk", chat, id, "answer"),
    sendKey("dingtalk", chat, id),
  ];
  /** What comes too late is answered in words, which have no key: each such message has a chat of its own, so that all there answers it. */
  let lateChats = 0;
  const deliver = ({ chat, text, late }: Omit<Written, "id">, user: string, msgId?: string) =>
    fake.write({ chat, user, text, createdAt: Date.now() - (late ? lateBy : 0), msgId }).msgId;

  return {
    name: "dingtalk",
    watched,
    restless,
    asking,
    get section() {
      const { url, clientId, clientSecret } = fake;
      const app = `clientId: ${clientId}, clientSecret: ${clientSecret}, monthlyCalls: 0`;
      return `dingtalk: { enabled: true, ${app}, apiBase: "${url}", oapiBase: "${url}" }`;
    },
    troubles: troublesOf(fake),
    async start() {
      await fake.start();
      for (const chat of [...watched, ...restless, ...asking]) fake.directory.group(chat);
    },
    stop: fake.stop,
    clear: fake.faults.clear,
    write({ user, late = false, ...writing }) {
      if (late) lateChats += 1;
      const written = { ...writing, late, ...(late && { chat: `cidLate${lateChats}==` }) };
      const id = deliver(written, user);
      for (const key of keysOf({ chat: written.chat, id })) answers.add(key);
      return { ...written, id };
    },
    again: (written) => void deliver(written, "again", written.id),
    answersTo: (written) =>
      written.late
        ? fake.within(written.chat).map(({ id }) => see(id))
        : keysOf(written).flatMap((key) => (fake.shown(key)?.delivered ? [see(key)] : [])),
    isAnswered: (written) =>
      written.late ? fake.within(written.chat).length > 0 : keysOf(written).some((key) => seen.has(key)),
    told: (chat) => told.get(chat) ?? [],
    see,
    historyOf: (id) =>
      (fake.shown(id)?.versions ?? [])
        .filter(({ how }) => how !== "callback")
        .slice(-6)
        .map(({ at, how, content }) => stateOf({ at, how, words: bareWordsOf(content) }))
        .join("; "),
    cards: (most) => asked.slice(-most),
    async press(card, label, user) {
      const pressed = await fake.press({ card, user, label });
      if (!pressed.inTime) return "silent";
      const word = wordOf(pressed);
      return word === undefined ? "card" : isWait(word) ? "wait" : "refused";
    },
    member: (chat, isIn) => fake.directory.robot(chat, isIn),
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

function shownOf(id: string, content: Content): Shown {
  return { id, title: titleOf({ content }), words: bareWordsOf(content), labels: labelsOf(content) };
}

function troublesOf(fake: FakeDingTalk): readonly Trouble[] {
  const { faults } = fake;
  const trouble = (name: string, begin: (random: () => number) => number | undefined): Trouble => ({
    name: `dingtalk: ${name}`,
    begin: (random) => begin(random) ?? 0,
  });
  const fails = (name: string, fault: Parameters<typeof faults.api>[0]) =>
    trouble(name, (random) => {
      for (const api of ["deliver", "update"] as const) faults.api(fault, { api, count: 1 + Math.floor(random() * 5) });
      return 3_000;
    });
  return [
    fails("429 in HTML", { kind: "html", status: 429 }),
    fails("busy", { kind: "refuse", code: "system.busy" }),
    fails("503 in HTML", { kind: "html", status: 503 }),
    fails("reset", { kind: "reset" }),
    fails("done, the answer lost", { kind: "cut" }),
    fails("done, the answer cut", { kind: "truncated" }),
    fails("slow", { kind: "delay", ms: 1_500 }),
    trouble("hangs", () => {
      faults.api({ kind: "hang" }, { api: ["deliver", "update"], count: 2 });
      return 3_000;
    }),
    trouble("tokens revoked", () => fake.tokens.revoke() as undefined),
    trouble("doubles", () => {
      faults.duplicate(30);
      return 4_000;
    }),
    trouble("late frames", () => {
      faults.delayFrames = 800;
      return 3_000;
    }),
    trouble("replies that arrive late", () => {
      faults.delayReplies = 300;
      return 3_000;
    }),
    trouble("connection reset", () => void fake.connections[0]?.drop("reset")),
    trouble("connection closed", () => void fake.connections[0]?.drop("close")),
    trouble("told to disconnect", () => void fake.connections[0]?.disconnect()),
    trouble("sockets refused", () => {
      faults.refuseSockets(3_000);
      fake.connections[0]?.drop("reset");
      return 4_000;
    }),
    trouble("gateway fails", () => {
      faults.api({ kind: "answer", status: 503 }, { api: "gateway", count: 2 });
      fake.connections[0]?.drop("close");
      return 4_000;
    }),
  ];
}
