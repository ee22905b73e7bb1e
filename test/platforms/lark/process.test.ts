import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { describeLoad, order, startProcess } from "../process-rig.ts";
import { createControl } from "./control.ts";
import { createFakeLark, type FakeLark, runLoad } from "./index.ts";
import { clientOf, connectSdk, sampleCard } from "./sdk.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function begin(): Promise<FakeLark> {
  const fake = createFakeLark();
  await fake.start();
  closing.push(() => fake.stop());
  return fake;
}

/** A bot that answers every message with a card, through the SDK. */
async function answering(fake: FakeLark): Promise<void> {
  const client = clientOf(fake);
  const message = z.object({ message: z.object({ message_id: z.string() }) });
  const socket = await connectSdk(fake, (event) => {
    const { message_id } = message.parse(event).message;
    const data = { msg_type: "interactive", content: sampleCard(), uuid: message_id };
    void client.im.v1.message.reply({ path: { message_id }, data });
    return {};
  });
  closing.push(() => socket.close({ force: true }));
}

describeLoad(begin, answering, runLoad);

describe("the control of a stand-in", () => {
  it("makes people write and press, and tells what came of it", async () => {
    const fake = await begin();
    const control = createControl(fake);
    const base = await control.start(0);
    closing.push(() => control.stop());
    await answering(fake);
    const written = await order(base, "POST", "/write", { chat: "oc_1", user: "ou_1", text: "/help" });
    const { messageId } = z.object({ messageId: z.string() }).parse(written);
    const reply = await fake.replyTo(messageId);
    expect(await order(base, "GET", "/sent")).toMatchObject([{ id: reply.id, replyTo: messageId }]);
    expect(await order(base, "GET", "/state")).toMatchObject({ connections: 1, sent: 1, complaints: [] });
    expect(await order(base, "POST", "/write", { chat: 1 })).toHaveProperty("error");
    expect(await order(base, "POST", "/weather")).toEqual({ error: "there is no such order" });
  });
});

describe("a stand-in", () => {
  it("runs as a process of its own that says where it is, and ends when told", async () => {
    const child = startProcess(new URL("./main.ts", import.meta.url));
    closing.push(child.kill);
    const [line] = await once(child.output, "line");
    const { url, control } = z.object({ url: z.string(), control: z.string() }).parse(JSON.parse(String(line)));
    expect(await order(control, "GET", "/state")).toMatchObject({ connections: 0 });
    expect((await fetch(`${url}/open-apis/bot/v3/info`)).status).toBe(400);
    expect(await child.stop()).toEqual([0, null]);
  });

  it("lets nobody wait any longer when it stops", async () => {
    const fake = await begin();
    const { messageId } = fake.write({ chat: "oc_1", user: "ou_1", text: "anyone?" });
    const waiting = fake.replyTo(messageId);
    const stopped = expect(waiting).rejects.toThrow("stopped");
    await fake.stop();
    await stopped;
  });

  it("says what it waited for when that does not come", async () => {
    const fake = await begin();
    await expect(fake.until(() => false, 10, "rain")).rejects.toThrow("after 10 ms still not so: rain");
  });
});
