import { describe, expect, test } from "vitest";
import type { Access } from "../../src/bot/index.ts";
import { createPace } from "../../src/bot/pace.ts";
import type { Answer } from "../../src/cards/index.ts";
import type { Command } from "../../src/commands/index.ts";
import { createScrub, createSecret } from "../../src/config/index.ts";
import { createManualClock, settle } from "../manual-clock.ts";
import { createRig, emptyDesk, listAnswer } from "./rig.ts";

const rule = { channel: "*", chats: undefined, scope: {}, show: "full", mention: false } as const;
const access: Access = {
  default: "deny",
  rules: [
    { ...rule, users: ["user-1"], allow: ["query", "alerts", "admin"] },
    { ...rule, users: ["reader"], allow: ["query"] },
  ],
};

const muted = (command: Command): Answer => {
  return { kind: "quieted", command, zone: "UTC", what: "muted", target: "agent-017", count: 2, until: 5 };
};

function rigOf(options: Parameters<typeof createRig>[0] = {}) {
  const rig = createRig({ access, desk: { ...emptyDesk, run: async (command) => muted(command) }, ...options });
  rig.fake.answerAll(listAnswer);
  const entries = () => rig.memory.audit.entries.map(({ how, user, text, outcome }) => [how, user, text, outcome]);
  return { ...rig, entries };
}

describe("the audit", () => {
  test("holds who typed what and what came of it, in canonical text", async () => {
    const { write, entries } = rigOf();
    await write("/运行时 状态=Running");
    await write("/runtimes statsu=Running");
    await write("/runtimes export", { user: "reader" });
    await write("/runtimes", { user: "stranger" });
    await write("good morning");
    expect(entries()).toEqual([
      ["typed", "user-1", "/runtimes status=Running", "ok"],
      ["typed", "user-1", "/runtimes statsu=Running", "bad"],
      ["typed", "reader", "/runtimes export", "refused"],
      ["typed", "stranger", "/runtimes", "refused"],
      ["typed", "user-1", "/help", "ok"],
    ]);
  });

  test("holds no more than 200 characters of what is no command", async () => {
    const { write, memory } = rigOf();
    await write(`/nothing ${"x".repeat(5_000)}`);
    expect(memory.audit.entries.map(({ text }) => text)).toEqual([`/nothing ${"x".repeat(191)}`]);
  });

  test("and the log hold nothing of a secret of this bot that is typed, where what is no command is cut either", async () => {
    const secret = 's3[c]r"e\\t-of-the-bot';
    const { write, entries, log } = rigOf({ scrub: createScrub({ key: createSecret(secret) }) });
    await write(`/runtimes name="${secret.replace(/[[\\"]/g, "\\$&")}"`);
    for (let length = 170; length <= 200; length += 1) {
      await write(`/nothing ${"x".repeat(length - 9)}${secret}`);
    }
    const kept = [...entries(), ...log.lines.map(({ fields }) => fields)].map((one) => JSON.stringify(one));
    expect(kept.filter((one) => one.includes("s3"))).toEqual([]);
    expect(
      entries()
        .map(([, , text]) => text)
        .slice(0, 2),
    ).toEqual(['/runtimes name="[secret]"', `/nothing ${"x".repeat(161)}[secret]`]);
  });

  test("holds presses, refused ones as well", async () => {
    const { press, entries } = rigOf();
    await press("/runtimes page=2");
    await press("/alerts mute agent-017", { user: "reader" });
    await press("/runtimes page=0");
    expect(entries()).toEqual([
      ["pressed", "user-1", "/runtimes page=2", "ok"],
      ["pressed", "reader", "/alerts mute agent-017", "refused"],
      ["pressed", "user-1", "/runtimes page=0", "bad"],
    ]);
  });

  test("holds no more presses that are refused, or carry no command, than somebody may make in a row", async () => {
    const clock = createManualClock();
    const { press, entries, counted } = rigOf({ pace: createPace({ clock, user: { burst: 2, perSecond: 1 } }) });
    for (const text of ["/alerts mute a", "/nothing", "/alerts mute b", "/nothing"]) {
      await press(text, { user: "reader" });
    }
    expect(entries().map(([, , text]) => text)).toEqual(["/alerts mute a", "/nothing"]);
    expect(counted.filter((line) => line.includes("too-fast"))).toHaveLength(2);
  });

  test("holds what was changed, and is on disk before the answer is shown", async () => {
    const { write, memory, channel } = rigOf();
    const order: string[] = [];
    channel.answer = ({ message }) => {
      order.push(`shown after ${memory.audit.awaited.length}`);
      return { ok: true, message };
    };
    await write("/alerts mute agent-017");
    expect(order).toEqual(["shown after 1"]);
    expect(memory.audit.awaited.map(({ detail }) => detail)).toEqual([
      { kind: "quieted", what: "muted", count: 2, target: "agent-017", until: 5 },
    ]);
  });

  test("that cannot be written costs a line and a count, and no answer", async () => {
    const { write, memory, channel, log, counted } = rigOf();
    memory.audit.keep = async () => {
      throw new Error("the disk is full");
    };
    await write("/alerts mute agent-017");
    expect(channel.shown).toHaveLength(1);
    expect(log.lines.filter(({ message }) => message.includes("into its audit"))).toHaveLength(1);
    expect(counted.some((line) => line.includes("audit_unwritten"))).toBe(true);
  });

  test("that takes too long to write holds an answer up for 0.4 s and no longer", async () => {
    const { write, memory, channel, clock } = rigOf();
    memory.audit.keep = () => new Promise(() => {});
    await write("/alerts mute agent-017");
    await clock.advance(399);
    expect(channel.shown).toHaveLength(0);
    await clock.advance(1);
    await settle();
    expect(channel.shown).toHaveLength(1);
  });

  test("says when something came too late, and who opened the bot to a chat", async () => {
    const { write, bot, entries, clock, memory } = rigOf();
    await write("/runtimes", { writtenAt: clock.now() - 11 * 60_000 });
    const joined = { channel: "lark", chat: "chat-1", user: "user-1", id: "event-1", locale: "en" } as const;
    await bot.joined(joined);
    await bot.left({ ...joined, id: "event-2" });
    await settle();
    expect(entries()).toEqual([
      ["typed", "user-1", "/runtimes", "late"],
      ["platform", "user-1", "", "ok"],
      ["platform", "user-1", "", "ok"],
    ]);
    expect(memory.audit.entries.slice(1).map(({ detail }) => detail)).toEqual([{ kind: "joined" }, { kind: "left" }]);
  });

  test("is not written where none is kept", async () => {
    const { write, press, memory } = rigOf();
    memory.audit.kept = () => 0;
    await write("/alerts mute agent-017");
    await press("/runtimes");
    expect(memory.audit.entries).toEqual([]);
  });

  test("is refused to who has no right to it", async () => {
    const { write, channel, entries } = rigOf();
    await write("/audit", { user: "reader" });
    expect(channel.shown.at(-1)?.card.header.title).toBe("Not allowed here");
    expect(entries()).toEqual([["typed", "reader", "/audit", "refused"]]);
  });
});
