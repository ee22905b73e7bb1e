import { foreignMarkup } from "../../adapters/dingtalk/foreign-markup.ts";
import {
  buttonsOf,
  checkCard,
  createFakeDingTalk,
  type FakeDingTalk,
  type Pressed as FakePressed,
  type Shown,
  shapes,
} from "../../platforms/dingtalk/index.ts";
import { imagesOf, linksOf, mentionsOf, plainOf } from "../../platforms/dingtalk/markdown.ts";
import type { Driver, Platform, Pressed, Seen, Trouble, Writing, Written } from "../driver.ts";
import { wordsOfLabel } from "../labels.ts";

/** Messages that were not acknowledged come again soon, and for long. */
const redelivery = Array.from({ length: 200 }, () => 100);

/** DingTalk by its stream. Presses come in turn in every shape in which the platform may say which button it was. */
export const dingtalk: Driver = { name: "DingTalk", lacks: {}, create: createDingTalk };

const chatId = (chat: string): string => `cid${Buffer.from(chat).toString("base64url")}==`;

/** The calls that show something. */
const showing = ["deliver", "update", "group", "direct", "webhook"] as const;

function createDingTalk(): Platform {
  const fake = createFakeDingTalk({ redelivery });
  const everything: string[] = [];
  fake.watch(({ chat }, { content }) => void everything.push(`${chat} ${JSON.stringify(content)}`));
  /** Ids of what was written in each chat: cards do not say what they answer. */
  const asked = new Map<string, string[]>();
  let presses = 0;

  const known = (id: string): Shown => {
    const shown = fake.shown(id);
    if (shown === undefined) throw new Error(`there is no message ${id}`);
    return shown;
  };

  function write({ chat, user, text, alone, minutesAgo, copies = 1 }: Writing, again?: Written): Written {
    if (copies > 1) fake.faults.duplicate(1);
    const { msgId } = fake.write({
      chat: chatId(chat),
      user,
      text,
      ...(alone === true ? { group: false } : {}),
      ...(again === undefined ? {} : { msgId: again.id }),
      ...(minutesAgo === undefined ? {} : { createdAt: Date.now() - minutesAgo * 60_000 }),
    });
    if (again === undefined) asked.set(chat, [...(asked.get(chat) ?? []), msgId]);
    return { chat, user, text, id: msgId };
  }

  const answersIn = (chat: string) => fake.within(chatId(chat)).filter(({ kind }) => kind !== "file");
  const calls = () => showing.reduce((sum, api) => sum + fake.calls[api], 0);

  return {
    channel: "dingtalk",
    start: () => fake.start(),
    stop: () => fake.stop(),
    config: () => {
      const app = `clientId: ${fake.clientId}, clientSecret: ${fake.clientSecret}`;
      return `dingtalk: { enabled: true, ${app}, apiBase: "${fake.url}", oapiBase: "${fake.url}" }`;
    },
    connect: async () => {},
    idsOf: ({ chat, user }) => ({ chat: chatId(chat), user }),
    write: (writing) => write(writing),
    deliverAgain: (written) => void write(written, written),
    isQuiet: () => fake.underWay === 0,
    answerTo: ({ id, chat }) => answersIn(chat)[asked.get(chat)?.indexOf(id) ?? 0]?.id,
    shownIn: (chat) => fake.within(chatId(chat)).map(({ id }) => id),
    see: (id, user) => see(fake, known(id), user),
    versionsOf: (id) => known(id).versions.filter(({ how }) => how !== "callback").length,
    async fileOf(id) {
      const { mediaId, fileName = "" } = known(id).content;
      const upload = fake.uploads.find((one) => one.mediaId === mediaId);
      if (upload === undefined) throw new Error(`${id} holds no file`);
      return { name: fileName, content: upload.content };
    },
    async press(card, label, user) {
      const shape = shapes[presses % shapes.length];
      presses += 1;
      const pressed = await fake.press({ card, label, user, shape });
      everything.push(JSON.stringify(pressed.response ?? ""));
      return asPressed(pressed);
    },
    calls,
    breakDown: () => breakDown(fake),
    endTokens() {
      const before = fake.tokens.issued;
      fake.tokens.revoke();
      return { met: () => fake.tokens.issued - before, end: () => {} };
    },
    endChat(chat) {
      fake.directory.robot(chatId(chat), false);
      const failed = () => calls() - fake.sent.length;
      const before = failed();
      return { met: () => failed() - before, end: () => fake.directory.robot(chatId(chat), true) };
    },
    secrets: async () => [fake.clientSecret, await accessToken(fake), "sendBySession", "ticket="],
    everything: () => everything.join("\n"),
    // An update that was on its way when somebody pressed is nobody's mistake: whether it was made up for is seen on the card.
    complaints: () =>
      fake.complaints().filter((one) => !/^PUT of the card .* while a callback of it is open/.test(one)),
  };
}

function see(fake: FakeDingTalk, { id, kind, content }: Shown, user: string): Seen {
  if (kind === "file") return { kind, title: "", words: content.fileName ?? "", buttons: [], live: [] };
  if (kind !== "card") {
    const text = content.text ?? content.content ?? "";
    return {
      kind: "text",
      title: content.title ?? "",
      words: plainOf(text),
      buttons: [],
      live: [...foreignMarkup(text), ...liveIn(text)],
    };
  }
  const { title = "", markdown = "", tips = "", ...rest } = fake.viewOf(id, user);
  const labels = buttonsOf(rest).map(({ label }) => wordsOfLabel(label));
  return {
    kind: "card",
    title,
    words: [title, plainOf(markdown), tips, ...labels].join("\n"),
    buttons: labels,
    live: [...checkCard(fake.viewOf(id, user)), ...foreignMarkup(markdown), ...[title, markdown, tips].flatMap(liveIn)],
  };
}

/** What of a text could be followed, calls somebody or is drawn; links that send a command are buttons, and charts are ours. */
function liveIn(markdown: string): readonly string[] {
  return [
    ...mentionsOf(markdown),
    ...imagesOf(markdown).flatMap(({ url }) => (url.startsWith("@") ? [] : [url])),
    ...linksOf(markdown).flatMap(({ url }) => (url.startsWith("dtmd://dingtalkclient/sendMessage") ? [] : [url])),
  ];
}

const answer = (response: unknown): Readonly<Record<string, string>> => {
  const body: { response?: { cardData?: { cardParamMap?: Record<string, string> } } } = { ...Object(response) };
  return body.response?.cardData?.cardParamMap ?? {};
};

/** A word stands in the card's tips, for who pressed; a card changes more than that. */
function asPressed({ outcome, response, reason = "", ms }: FakePressed): Pressed {
  if (outcome === "late" || outcome === "bad") return { how: "late", text: reason, ms };
  const { tips = "", ...others } = answer(response);
  return { how: Object.keys(others).length > 0 ? "card" : "word", text: tips, ms };
}

function breakDown(fake: FakeDingTalk): Trouble {
  const met = () => fake.requests.filter(({ status }) => status === 502).length;
  const before = met();
  fake.faults.api({ kind: "html", status: 502 }, { count: Number.POSITIVE_INFINITY, api: [...showing, "upload"] });
  return { met: () => met() - before, end: () => fake.faults.clear() };
}

/** The token that is in use: the platform gives it again to whoever has the secret. */
async function accessToken(fake: FakeDingTalk): Promise<string> {
  const response = await fetch(`${fake.url}/v1.0/oauth2/accessToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ appKey: fake.clientId, appSecret: fake.clientSecret }),
  });
  const body: { accessToken: string } = JSON.parse(await response.text());
  return body.accessToken;
}
