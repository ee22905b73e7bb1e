import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { describeLoad, order, startProcess } from "../process-rig.ts";
import { callWithToken, sampleDelivery } from "./calls.ts";
import { createControl } from "./control.ts";
import { createFakeDingTalk, type FakeDingTalk, runLoad } from "./index.ts";
import { acknowledge, connectSdk } from "./sdk.ts";

const closing: (() => unknown)[] = [];
beforeEach(() => {
  // The SDK writes to the console.
  vi.spyOn(console, "info").mockImplementation(() => {});
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  vi.restoreAllMocks();
});

async function begin(): Promise<FakeDingTalk> {
  const fake = createFakeDingTalk();
  await fake.start();
  closing.push(() => fake.stop());
  return fake;
}

const message = z.object({ msgId: z.string(), conversationId: z.string(), senderStaffId: z.string() });

/** A bot that answers every message with a card, through the SDK. */
async function answering(fake: FakeDingTalk): Promise<void> {
  const client = await connectSdk(fake, (frame, client) => {
    const { msgId, conversationId, senderStaffId } = message.parse(JSON.parse(frame.data));
    acknowledge(frame, client);
    const single = fake.directory.chat(conversationId)?.group === false;
    const body = sampleDelivery(fake, msgId, conversationId, {
      openSpaceId: single ? `dtv1.card//IM_ROBOT.${senderStaffId}` : `dtv1.card//IM_GROUP.${conversationId}`,
      imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: fake.robotCode },
    });
    void callWithToken(fake, "POST /v1.0/card/instances/createAndDeliver", body);
  });
  closing.push(() => client.disconnect());
}

describeLoad(begin, answering, runLoad);

describe("the control of a stand-in", () => {
  it("makes people write and press, and tells what came of it", async () => {
    const fake = await begin();
    const control = createControl(fake);
    const base = await control.start(0);
    closing.push(() => control.stop());
    await answering(fake);
    await order(base, "POST", "/write", { chat: "cid1==", user: "li", text: "/help" });
    const { id } = await fake.next("cid1==");
    expect(await order(base, "POST", "/press", { card: id, user: "li", label: "Next" })).toMatchObject({
      outcome: "nothing",
    });
    expect(await order(base, "POST", "/view", { card: id, user: "li" })).toMatchObject({ title: "Agent runtimes" });
    expect(await order(base, "GET", "/sent")).toMatchObject([{ id, chat: "cid1==" }]);
    expect(await order(base, "GET", "/state")).toMatchObject({ connections: 1, sent: 1, complaints: [] });
    expect(await order(base, "POST", "/tap", { message: id, user: "li", label: "Next" })).toHaveProperty("error");
    expect(await order(base, "POST", "/robot", { chat: "cid1==", robot: false })).toEqual({});
    expect(await order(base, "POST", "/write", { chat: "cid1==", user: "li", text: "x" })).toHaveProperty("error");
    await order(base, "POST", "/disconnect");
    expect(fake.connections[0]?.leaving).toBe(true);
  });
});

describe("a stand-in", () => {
  it("runs as a process of its own that says what to configure, and ends when told", async () => {
    const child = startProcess(new URL("./main.ts", import.meta.url));
    closing.push(child.kill);
    const lines: string[] = [];
    child.output.on("line", (line) => lines.push(line));
    while (!lines.at(-1)?.startsWith("# control: ")) await once(child.output, "line");
    const yaml = z.object({ channels: z.object({ dingtalk: z.object({ apiBase: z.string() }) }) });
    const { apiBase } = yaml.parse(parse(lines.join("\n"))).channels.dingtalk;
    const control = lines.at(-1)?.slice("# control: ".length) ?? "";
    expect(await order(control, "GET", "/state")).toMatchObject({ connections: 0 });
    expect((await fetch(`${apiBase}/v1.0/oauth2/accessToken`, { method: "POST" })).status).toBe(400);
    expect(await child.stop()).toEqual([0, null]);
  });

  it("gives each message of a chat once, and lets nobody wait any longer when it stops", async () => {
    const fake = await begin();
    await answering(fake);
    const ids = ["1", "2"].map((text) => fake.write({ chat: "cid1==", user: "li", text }).msgId);
    const found = [(await fake.next("cid1==")).id, (await fake.next("cid1==")).id];
    expect(found.toSorted()).toEqual(ids.toSorted());
    const waiting = expect(fake.next("cid1==")).rejects.toThrow("stopped");
    await fake.stop();
    await waiting;
  });

  it("remembers no more than it is told to", async () => {
    const fake = createFakeDingTalk({ keep: 100 });
    await fake.start();
    closing.push(() => fake.stop());
    await answering(fake);
    await runLoad(fake, { messages: 400, text: "/runtimes", chats: 3 });
    await fake.until(() => fake.underWay === 0);
    for (const list of [fake.sent, fake.requests, fake.acknowledgements, fake.within(fake.sent[0]?.chat ?? "")]) {
      expect(list.length).toBeLessThanOrEqual(125);
    }
  });
});
