import { createFakeLark, type ShownMessage } from "../../platforms/lark/index.ts";
import { labelsOf, titleOf, wordsOf } from "../lark/card.ts";
import type { Chat, Visible } from "./chat.ts";

const group = "oc_watched";
const somebody = "ou_anna";
const sending = /^\/open-apis\/im\/v1\/messages$/;
const changing = /^\/open-apis\/im\/v1\/messages\/[^/]+$/;

export function createLarkChat(now: () => number): Chat {
  const fake = createFakeLark({ now });
  fake.chats.ensure(group);

  function see(id: string): Visible {
    const message = fake.message(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return visible(message);
  }

  return {
    channel: "lark",
    id: group,
    other: "oc_other",
    somebody,
    get section() {
      return `lark: { enabled: true, appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}" }`;
    },
    start: fake.start,
    stop: fake.stop,
    async ask(text, { user = somebody, chat = group } = {}) {
      const { messageId } = fake.write({ chat, user, text, mentions: ["bot"] });
      const { id } = await fake.replyTo(messageId, 10_000);
      await fake.until(() => see(id).title !== "One moment", 10_000, `the answer to ${text} is final`);
      return see(id);
    },
    notices: (chat = group) =>
      fake.sent.filter((message) => message.chat === chat && message.replyTo === undefined).map(visible),
    see,
    async press(message, label, user = somebody) {
      const pressed = await fake.press({ message, user, label });
      if (pressed.outcome === "error") throw new Error(`"${label}" was not answered: ${pressed.reason}`);
    },
    disturb(what, fault, count = 1) {
      const which = what === "sends" ? { method: "POST", path: sending } : { method: "PATCH", path: changing };
      fake.faults.api(fault, { ...which, count });
    },
    throttle: (count) => fake.faults.api({ kind: "refuse", code: 230020 }, { path: sending, count }),
    clearFaults: fake.faults.clear,
    sends: () =>
      fake.requests.filter(
        ({ method, path }) => method === "POST" && /^\/open-apis\/im\/v1\/messages(?:$|\/[^/]+\/reply$)/.test(path),
      ).length,
    async leave() {
      fake.expel({ chat: group, user: somebody });
      await fake.until(() => fake.underWay === 0, 5_000, "the bot was told");
    },
    join: () => void fake.admit({ chat: group, user: somebody }),
    until: fake.until,
    complaints: fake.complaints,
  };
}

function visible({ id, content, versions }: ShownMessage): Visible {
  return {
    id,
    title: titleOf(content),
    words: read(wordsOf(content)),
    labels: labelsOf(content),
    changes: versions.length - 1,
  };
}

/** As people read it: what would be markup is written by its number. */
const read = (words: string): string => words.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
