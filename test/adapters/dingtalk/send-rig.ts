import type { Api, CreateCard, FailureKind } from "../../../adapters/dingtalk/api.ts";
import { createCards } from "../../../adapters/dingtalk/cards.ts";
import { createConversations } from "../../../adapters/dingtalk/conversations.ts";
import { type Failure, failureOf } from "../../../adapters/dingtalk/failure.ts";
import type { Pictures } from "../../../adapters/dingtalk/pictures.ts";
import { renderDingTalk } from "../../../adapters/dingtalk/render.ts";
import { createSender } from "../../../adapters/dingtalk/send.ts";
import type { Params } from "../../../adapters/dingtalk/views.ts";
import type { Notes } from "../../../src/bot/index.ts";
import type { Card } from "../../../src/cards/index.ts";
import { createPlainMemory, type PlainMemory } from "../../bot/memory.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createManualClock, type ManualClock } from "../../manual-clock.ts";
import { createMemoryLog } from "../lark/quiet.ts";

/** A call to the API: its name, and what it was given. */
export type Called =
  | { readonly call: "createCard"; readonly request: CreateCard }
  | { readonly call: "updateCard"; readonly outTrackId: string; readonly params: Readonly<Record<string, string>> }
  | { readonly call: "sendGroup" | "sendUser"; readonly to: string; readonly key: string; readonly param: object }
  | { readonly call: "sendWebhook"; readonly url: string; readonly body: object }
  | { readonly call: "upload"; readonly file: Parameters<Api["upload"]>[0] };

/** What a call ends with: undefined for success. */
export type Outcome = Failure | undefined;

export const failing = (kind: FailureKind, maybeSent = false): Failure =>
  failureOf(kind, `It failed: ${kind}.`, { maybeSent });

/** An API that does what a test says, and keeps what it was asked. */
export function createScriptedApi() {
  const asked: Called[] = [];
  let script: (called: Called) => Outcome | Promise<Outcome> = () => undefined;

  async function answer<Value>(called: Called, value: Value) {
    asked.push(called);
    const failure = await script(called);
    return failure === undefined ? ({ ok: true, value } as const) : ({ ok: false, failure } as const);
  }

  const api: Api = {
    createCard: (request) => answer({ call: "createCard", request }, { outTrackId: request.outTrackId }),
    updateCard: (outTrackId, params) => answer({ call: "updateCard", outTrackId, params }, undefined),
    sendGroup: (to, key, param) => answer({ call: "sendGroup", to, key, param }, undefined),
    sendUser: (to, key, param) => answer({ call: "sendUser", to, key, param }, undefined),
    sendWebhook: (url, body) => answer({ call: "sendWebhook", url, body }, undefined),
    upload: (file) => answer({ call: "upload", file }, `@media-${asked.length + 1}`),
  };
  return {
    api,
    asked,
    names: () => asked.map(({ call }) => call),
    /** From now on, calls end as this says. */
    answer(next: typeof script) {
      script = next;
    },
  };
}

const webhook = "https://oapi.dingtalk.com/robot/sendBySession?session=s3cret";

/** What several processes have in common. */
export interface Shared {
  readonly clock: ManualClock;
  readonly memory: PlainMemory;
  readonly scripted: ReturnType<typeof createScriptedApi>;
}

export function createShared(): Shared {
  const clock = createManualClock();
  return { clock, memory: createPlainMemory(clock.now), scripted: createScriptedApi() };
}

/** A picture that was asked for. */
interface Asked {
  readonly charts: Parameters<Pictures["idOf"]>[0];
  readonly upload: boolean;
}

interface OfProcess {
  readonly shared?: Shared;
  /** Those of the memory that is shared, unless given. */
  readonly notes?: Notes;
  /** From 0 to 1; what tells this process from others. */
  readonly random?: number;
}

/** All that sends, over a scripted API, in a group in which nobody has written yet. */
export function createSendRig({ shared = createShared(), notes = shared.memory.notes, random = 0 }: OfProcess = {}) {
  const { clock, memory, scripted } = shared;
  const log = createMemoryLog();
  const counts = createCountingMeter();
  const common = { notes, clock, log, meter: counts.meter };
  const state = { sparing: false, mediaId: undefined as string | undefined, pictured: [] as Asked[] };
  const conversations = createConversations({ ...common, allowed: (url) => url.startsWith("https://") });
  const cards = createCards({ ...common, random: () => random });
  const sender = createSender({
    ...{ api: scripted.api, conversations, cards, clock, log, meter: counts.meter },
    calls: { sparing: () => state.sparing },
    pictures: {
      idOf: async (charts, { upload }) => {
        state.pictured.push({ charts, upload });
        return state.mediaId;
      },
    },
    rendering: renderDingTalk,
  });
  return {
    ...{ clock, memory, log, counts, state, conversations, cards, sender, ...scripted },
    /** Somebody presses, and sees these variables from then on, or a word. */
    async pressed(key: string, params?: Params): Promise<void> {
      const over = cards.opened(key);
      const noted = await cards.recall(key);
      cards.answered(key, noted, params && { chat: "cidGroup", params, buttons: [] });
      over();
    },
    /** Somebody writes in the chat: from then on it has a session webhook. */
    heard(chat = "cidGroup", about: { readonly single?: boolean; readonly staffId?: string | undefined } = {}) {
      conversations.heard({
        ...{ chat, kind: about.single === true ? "single" : "group", staffId: about.staffId, message: "msg1" },
        webhook: { url: webhook, until: clock.now() + 5_400_000 },
      });
    },
  };
}

/** A card with what a test gives: a list's, unless it says something else. */
export function cardOf(title: string, about: Partial<Card> = {}): Card {
  return {
    header: { title, colour: "blue", tags: [] },
    blocks: [
      { kind: "text", text: `What ${title} says`, tone: "normal" },
      {
        kind: "buttons",
        buttons: [{ label: "Next", command: `/runtimes name=${title} page=2`, role: "next", style: "default" }],
      },
    ],
    command: `/runtimes name=${title}`,
    locale: "en",
    ...about,
  };
}

/** A short word that nobody can press. */
export function noticeOf(title: string): Card {
  return cardOf(title, { blocks: [{ kind: "text", text: "Too late.", tone: "normal" }], command: undefined });
}
