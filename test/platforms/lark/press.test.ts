import type { Client, WSClient } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeLark, type FakeLark, pressables } from "./index.ts";
import { clientOf, codeOf, connectSdk, sampleCard } from "./sdk.ts";

let fake: FakeLark;
let socket: WSClient | undefined;
let client: Client;
let shift = 0;
let answer: (event: Readonly<Record<string, unknown>>) => unknown = () => ({});

async function begin(answerWithin: number): Promise<void> {
  fake = createFakeLark({ now: () => Date.now() + shift, answerWithin });
  await fake.start();
  fake.chats.ensure("oc_1");
  client = clientOf(fake);
  socket = await connectSdk(fake, (event) => answer(event));
}

async function end(): Promise<void> {
  socket?.close({ force: true });
  await fake.stop();
}

beforeEach(() => {
  shift = 0;
  answer = () => ({});
  return begin(5000);
});
afterEach(end);

async function shown(): Promise<string> {
  const data = { receive_id: "oc_1", msg_type: "interactive", content: sampleCard() };
  const sent = await client.im.v1.message.create({ params: { receive_id_type: "chat_id" }, data });
  return sent.data?.message_id ?? "";
}
const next = async () => fake.press({ message: await shown(), user: "ou_2", label: "Next" });
const patch = (message_id: string) =>
  client.im.v1.message.patch({ path: { message_id }, data: { content: sampleCard("later") } });
const update = (token: string, card: unknown = JSON.parse(sampleCard("by token"))) =>
  client.request({ method: "POST", url: "/open-apis/interactive/v1/card/update", data: { token, card } });

describe("a press", () => {
  it("brings what the button of the card carries, and who pressed where", async () => {
    let event: unknown;
    answer = (given) => {
      event = given;
      return {};
    };
    const message = await shown();
    const pressed = await fake.press({ message, user: "ou_2", label: "Next" });
    expect(event).toMatchObject({
      event_type: "card.action.trigger",
      create_time: expect.stringMatching(/^\d{16}$/),
      operator: { open_id: "ou_2" },
      token: pressed.token,
      action: { tag: "button", value: { deskhand: 1, command: "/runtimes page=2", locale: "en" } },
      context: { open_message_id: message, open_chat_id: "oc_1" },
    });
    expect(pressed).toMatchObject({ outcome: "nothing", inTime: true, token: expect.stringMatching(/^c-/) });
    expect(fake.complaints()).toEqual([]);
  });

  it("brings the value of the option that was chosen, by its label", async () => {
    let action: unknown;
    answer = (event) => {
      action = event.action;
      return {};
    };
    await fake.press({ message: await shown(), user: "ou_2", option: "Stopped" });
    expect(action).toMatchObject({ tag: "select_static", option: "/runtimes status=Stopped" });
  });

  it("shows the toast, or the card in the place of the old one", async () => {
    answer = () => ({ toast: { type: "info", content: "a moment" } });
    expect(await next()).toMatchObject({ outcome: "toast", toast: { type: "info", content: "a moment" } });
    answer = () => ({ card: { type: "raw", data: JSON.parse(sampleCard("page 2")) } });
    const message = await shown();
    const pressed = await fake.press({ message, user: "ou_2", element: 1 });
    expect(pressed.outcome).toBe("card");
    expect(fake.message(message)?.content).toBe(sampleCard("page 2"));
    expect(fake.message(message)?.versions.map(({ how }) => how)).toEqual(["send", "callback"]);
  });

  it("is an error for the person when nothing comes in time, and what comes late changes nothing", async () => {
    await end();
    await begin(100);
    let letGo: (value: object) => void = () => {};
    answer = () => new Promise((resolve) => (letGo = resolve));
    const message = await shown();
    const pressed = await fake.press({ message, user: "ou_2", label: "Next" });
    expect(pressed).toMatchObject({ outcome: "error", inTime: false });
    letGo({ card: { type: "raw", data: JSON.parse(sampleCard("too late")) } });
    await codeOf(patch(message));
    expect(fake.message(message)?.content).toBe(sampleCard("later"));
    expect(fake.complaints()).toEqual(["card callback: no answer came in time"]);
  });

  it.each([
    ["nothing", undefined],
    ["a text", "ok"],
    ["a toast without words", { toast: { type: "info" } }],
    ["a card of another kind", { card: { type: "template", data: {} } }],
    ["a card that breaks the rules", { card: { type: "raw", data: { elements: [] } } }],
  ])("is an error for the person when the answer is %s", async (_name, body) => {
    answer = () => body;
    expect((await next()).outcome).toBe("error");
    expect(fake.complaints().length).toBe(1);
  });

  it("cannot be made on what is not there, or is disabled", async () => {
    const message = await shown();
    await expect(fake.press({ message, user: "ou_2", label: "Export" })).rejects.toThrow("the card has");
    await expect(fake.press({ message, user: "ou_2", label: "Previous" })).rejects.toThrow("disabled");
    expect(pressables(sampleCard()).map(({ label }) => label)).toEqual(["Previous", "Next →", "Status"]);
  });

  it("comes twice when that was ordered", async () => {
    let count = 0;
    answer = () => {
      count += 1;
      return {};
    };
    fake.faults.duplicate(1, "same-event");
    await next();
    await fake.until(() => fake.acknowledgements.length === 2);
    expect(count).toBe(2);
    expect(new Set(fake.acknowledgements.map(({ eventId }) => eventId)).size).toBe(1);
  });
});

describe("the card of a press", () => {
  it("is locked until the callback is answered", async () => {
    const message = await shown();
    let during: unknown;
    answer = async (event) => {
      during = [await codeOf(patch(message)), await codeOf(update(String(event.token)))];
      return {};
    };
    await fake.press({ message, user: "ou_2", label: "Next" });
    expect(during).toEqual([
      { code: 230099, status: 400 },
      { code: 300020, status: 400 },
    ]);
    expect(await codeOf(patch(message))).toEqual({ code: 0, status: 200 });
  });

  it("can be changed twice with the token of the callback, within half an hour", async () => {
    const { token } = await next();
    expect((await codeOf(update(token))).code).toBe(0);
    expect(fake.sent[0]?.versions.map(({ how }) => how)).toEqual(["send", "token"]);
    expect((await codeOf(update(token))).code).toBe(0);
    expect((await codeOf(update(token))).code).toBe(300040);
    const other = await next();
    shift = 31 * 60_000;
    expect((await codeOf(update(other.token))).code).toBe(300030);
    expect((await codeOf(update("c-never"))).code).toBe(300020);
  });
});
