import { describe, expect, it } from "vitest";
import { createConversations, type Heard } from "../../../adapters/dingtalk/conversations.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createManualClock, settle } from "../../manual-clock.ts";
import { createMemoryLog } from "../lark/quiet.ts";

const hour = 3_600_000;

function createRig() {
  const clock = createManualClock();
  const memory = createPlainMemory(clock.now);
  const log = createMemoryLog();
  const counts = createCountingMeter();
  const restarted = () =>
    createConversations({
      ...{ notes: memory.notes, clock, log, meter: counts.meter },
      allowed: (address) => address.startsWith("https://oapi.dingtalk.com/"),
    });
  const heardOf = (about: Partial<Heard> = {}): Heard => ({
    ...{ chat: "cid1", kind: "single", staffId: "li.na", message: "msg1" },
    webhook: { url: "https://oapi.dingtalk.com/robot?session=s3cret", until: clock.now() + hour },
    ...about,
  });
  return { clock, memory, log, counts, restarted, heardOf, conversations: restarted() };
}

describe("a chat", () => {
  it("that nothing is known of is taken for a group", async () => {
    const unknown = await createRig().conversations.find("cid1");
    expect(unknown).toEqual({ kind: "group", staffId: undefined, webhook: undefined });
  });

  it("is known as it was heard, and over a restart but for its webhook", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf());
    const webhook = "https://oapi.dingtalk.com/robot?session=s3cret";
    expect(await rig.conversations.find("cid1")).toEqual({ kind: "single", staffId: "li.na", webhook });
    expect(await rig.restarted().find("cid1")).toEqual({ kind: "single", staffId: "li.na", webhook: undefined });
  });

  it("of several has no one person", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf({ kind: "group" }));
    expect(await rig.conversations.find("cid1")).toMatchObject({ kind: "group", staffId: undefined });
    expect(rig.memory.notes.all().map(({ text }) => text)).toEqual(['{"kind":"group"}']);
  });

  it("is noted when it changes, and again after a week", async () => {
    const rig = createRig();
    let written = 0;
    const { put } = rig.memory.notes;
    Object.assign(rig.memory.notes, {
      put: (note: Parameters<typeof put>[0]) => {
        written += 1;
        put(note);
      },
    });
    for (const staffId of ["li.na", "li.na", "wang.w", "wang.w"]) {
      rig.conversations.heard(rig.heardOf({ staffId }));
    }
    expect(written).toBe(2);
    await rig.clock.advance(6 * 24 * hour);
    rig.conversations.heard(rig.heardOf({ staffId: "wang.w" }));
    expect(written).toBe(2);
    await rig.clock.advance(24 * hour);
    rig.conversations.heard(rig.heardOf({ staffId: "wang.w" }));
    expect(written).toBe(3);
  });

  it.each(["", "{", '{"kind":"crowd"}', '{"kind":"single","staffId":7}', "[]", "null"])(
    "whose note is spoilt is taken for a group: %s",
    async (text) => {
      const rig = createRig();
      rig.memory.notes.put({ channel: "dingtalk", kind: "conversation", key: "cid1", text });
      expect(await rig.conversations.find("cid1")).toMatchObject({ kind: "group", staffId: undefined });
    },
  );

  it("is taken for a group when the store fails or does not answer, and the log says so", async () => {
    const rig = createRig();
    rig.memory.failure = new Error("The disk is full.");
    expect(await rig.conversations.find("cid1")).toMatchObject({ kind: "group" });
    rig.memory.notes.get = () => new Promise(() => undefined);
    const finding = rig.conversations.find("cid1");
    await rig.clock.advance(2_000);
    expect(await finding).toMatchObject({ kind: "group" });
    expect(rig.log.lines).toHaveLength(2);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("that is heard while its note is read is known as it was heard", async () => {
    const rig = createRig();
    const finding = rig.conversations.find("cid1");
    rig.conversations.heard(rig.heardOf());
    expect((await finding).webhook).toContain("s3cret");
    await settle();
  });
});

describe("a session webhook", () => {
  it("is given for as long as it is good for another minute", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf());
    await rig.clock.advance(hour - 60_000);
    expect((await rig.conversations.find("cid1")).webhook).toBeDefined();
    await rig.clock.advance(1);
    expect((await rig.conversations.find("cid1")).webhook).toBeUndefined();
  });

  it("gives way to one that lasts longer, and to no older one", async () => {
    const rig = createRig();
    const at = (name: string, until: number) =>
      rig.heardOf({ webhook: { url: `https://oapi.dingtalk.com/${name}`, until: rig.clock.now() + until } });
    for (const heard of [at("one", hour), at("two", 2 * hour), at("old", hour), rig.heardOf({ webhook: undefined })]) {
      rig.conversations.heard(heard);
    }
    expect((await rig.conversations.find("cid1")).webhook).toBe("https://oapi.dingtalk.com/two");
  });

  it("is forgotten when the platform says that it is over, unless there is a newer one", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf());
    rig.conversations.expired("cid1", "https://oapi.dingtalk.com/another");
    const { webhook } = await rig.conversations.find("cid1");
    expect(webhook).toBeDefined();
    rig.conversations.expired("cid1", webhook ?? "");
    rig.conversations.expired("cid2", "https://oapi.dingtalk.com/another");
    expect((await rig.conversations.find("cid1")).webhook).toBeUndefined();
  });

  it("of another place is refused, told, and stands nowhere", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf({ webhook: { url: "https://evil.example/s3cret", until: Infinity } }));
    expect(await rig.conversations.find("cid1")).toMatchObject({ kind: "single", webhook: undefined });
    expect(rig.counts.of("dingtalk_refused reason=webhook")).toBe(1);
    expect(rig.log.lines).toHaveLength(1);
    expect(JSON.stringify([rig.log.lines, rig.memory.notes.all()])).not.toMatch(/s3cret|evil/);
  });

  it("of DingTalk is in no note and in no line of the log", async () => {
    const rig = createRig();
    rig.conversations.heard(rig.heardOf());
    await rig.conversations.find("cid1");
    expect(JSON.stringify([rig.log.lines, rig.memory.notes.all()])).not.toContain("s3cret");
  });
});
