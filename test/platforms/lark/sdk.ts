import * as lark from "@larksuiteoapi/node-sdk";
import type { FakeLark } from "./index.ts";

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

type Handler = (data: Readonly<Record<string, unknown>>) => unknown;

/**
 * The SDK's long connection to a stand-in; `onEvent` handles every event and callback. It is
 * connected, or has given up, when the promise resolves. The caller closes it.
 */
export async function connectSdk(
  fake: FakeLark,
  onEvent: Handler,
  more: { readonly secret?: string; readonly autoReconnect?: boolean; readonly onError?: (error: Error) => void } = {},
): Promise<lark.WSClient> {
  const types = [
    "im.message.receive_v1",
    "im.message.updated_v1",
    "im.message.recalled_v1",
    "im.chat.member.bot.added_v1",
    "im.chat.member.bot.deleted_v1",
    "card.action.trigger",
  ];
  const dispatcher = new lark.EventDispatcher({ logger: silent });
  dispatcher.register(Object.fromEntries(types.map((type) => [type, onEvent])));
  let settled: (error?: Error) => void = () => {};
  const ready = new Promise<void>((resolve) => {
    settled = (error) => {
      if (error !== undefined) more.onError?.(error);
      resolve();
    };
  });
  const client = new lark.WSClient({
    appId: fake.appId,
    appSecret: more.secret ?? fake.appSecret,
    domain: fake.url,
    logger: silent,
    autoReconnect: more.autoReconnect ?? false,
    onReady: () => settled(),
    onError: (error) => settled(error),
  });
  await client.start({ eventDispatcher: dispatcher });
  await ready;
  return client;
}

/** The SDK's client of the Open API, with a cache of its own. */
export function clientOf(fake: FakeLark): lark.Client {
  return new lark.Client({
    appId: fake.appId,
    appSecret: fake.appSecret,
    domain: fake.url,
    cache: new lark.DefaultCache(),
    logger: silent,
  });
}

/** What a call came to: its code and HTTP status, also when the SDK threw. */
export async function codeOf(call: Promise<unknown>): Promise<{ readonly code: unknown; readonly status: unknown }> {
  try {
    const body: unknown = await call;
    const code = typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
    return { code, status: 200 };
  } catch (error) {
    const response: unknown = typeof error === "object" && error !== null && "response" in error ? error.response : {};
    if (typeof response !== "object" || response === null) return { code: undefined, status: 0 };
    const status = "status" in response ? response.status : 0;
    const data: unknown = "data" in response ? response.data : undefined;
    const code = typeof data === "object" && data !== null && "code" in data ? data.code : undefined;
    return { code, status };
  }
}

/** A small card with a button and a picker, as JSON text. */
export function sampleCard(title = "Agent runtimes", shared = true): string {
  return JSON.stringify({
    schema: "2.0",
    config: { update_multi: shared },
    header: { title: { tag: "plain_text", content: title }, template: "blue" },
    body: {
      elements: [
        { tag: "markdown", content: "240 runtimes" },
        {
          tag: "column_set",
          columns: [
            {
              tag: "column",
              width: "auto",
              elements: [
                {
                  tag: "button",
                  text: { tag: "plain_text", content: "Previous" },
                  disabled: true,
                  behaviors: [{ type: "callback", value: { deskhand: 1, command: "/runtimes", locale: "en" } }],
                },
                {
                  tag: "button",
                  text: { tag: "plain_text", content: "Next →" },
                  behaviors: [{ type: "callback", value: { deskhand: 1, command: "/runtimes page=2", locale: "en" } }],
                },
              ],
            },
          ],
        },
        {
          tag: "select_static",
          placeholder: { tag: "plain_text", content: "Status" },
          options: [
            { text: { tag: "plain_text", content: "Running" }, value: "/runtimes status=Running" },
            { text: { tag: "plain_text", content: "Stopped" }, value: "/runtimes status=Stopped" },
          ],
          behaviors: [{ type: "callback", value: { deskhand: 1, locale: "en" } }],
        },
      ],
    },
  });
}
