import { sendKey } from "../../../src/bot/index.ts";
import { createFakeDingTalk, type Shown } from "../../platforms/dingtalk/index.ts";
import { bareWordsOf, labelsOf, onlooker, titleOf } from "../dingtalk/card.ts";
import type { Chat, Visible } from "./chat.ts";

const group = "cidWatched==";
const somebody = "anna01";

/** What stands there while a command is being worked on. */
const passing = /^(?:One moment|请稍候)/;

export function createDingTalkChat(now: () => number): Chat {
  const fake = createFakeDingTalk({ now });
  fake.directory.group(group);
  /** The ids of what answers somebody, under the key that the bot gives it. */
  const answers = new Set<string>();

  function visible(shown: Shown): Visible {
    const content = shown.kind === "card" ? fake.viewOf(shown.id, onlooker) : shown.content;
    return {
      id: shown.id,
      title: titleOf({ content }),
      words: bareWordsOf(content),
      labels: labelsOf(content),
      changes: shown.versions.filter(({ how }) => how === "update").length,
    };
  }

  function see(id: string): Visible {
    const shown = fake.shown(id);
    if (shown === undefined) throw new Error(`nothing is shown with the id ${id}`);
    return visible(shown);
  }

  return {
    channel: "dingtalk",
    id: group,
    other: "cidOther==",
    somebody,
    get section() {
      const { url, clientId, clientSecret } = fake;
      const app = `clientId: ${clientId}, clientSecret: ${clientSecret}, monthlyCalls: 0`;
      return `dingtalk: { enabled: true, ${app}, apiBase: "${url}", oapiBase: "${url}" }`;
    },
    start: fake.start,
    stop: fake.stop,
    async ask(text, { user = somebody, chat = group } = {}) {
      const { msgId } = fake.write({ chat, user, text });
      const keys = [sendKey("dingtalk", chat, msgId, "answer"), sendKey("dingtalk", chat, msgId)];
      for (const key of keys) answers.add(key);
      const final = () => keys.flatMap((key) => fake.shown(key) ?? []).find((shown) => !passing.test(titleOf(shown)));
      await fake.until(() => final() !== undefined, 10_000, `the answer to ${text} is there and final`);
      return see(final()?.id ?? "");
    },
    notices: (chat = group) =>
      fake
        .within(chat)
        .filter(({ id }) => !answers.has(id))
        .map(visible),
    see,
    async press(card, label, user = somebody) {
      const pressed = await fake.press({ card, user, label });
      if (!pressed.inTime) throw new Error(`"${label}" was not answered: ${pressed.reason}`);
    },
    disturb: (what, fault, count = 1) =>
      fake.faults.api(fault, { api: what === "sends" ? "deliver" : "update", count }),
    throttle: (count) => fake.faults.api({ kind: "html", status: 429 }, { api: "deliver", count }),
    clearFaults: fake.faults.clear,
    sends: () => fake.calls.deliver,
    leave: async () => fake.directory.robot(group, false),
    join: () => fake.directory.robot(group, true),
    until: fake.until,
    complaints: fake.complaints,
  };
}
