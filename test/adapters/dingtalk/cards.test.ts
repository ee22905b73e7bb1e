import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCards } from "../../../adapters/dingtalk/cards.ts";
import { buttonId } from "../../../adapters/dingtalk/render/button-id.ts";
import type { CardButton } from "../../../adapters/dingtalk/render.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createMemoryLog } from "../lark/quiet.ts";

function createRig() {
  const clock = createManualClock();
  const memory = createPlainMemory(clock.now);
  const log = createMemoryLog();
  let reads = 0;
  const notes = {
    put: memory.notes.put,
    get: (channel: string, kind: string, key: string) => {
      reads += 1;
      return memory.notes.get(channel, kind, key);
    },
  };
  /** Another process, or this one after a restart. */
  const restarted = () => createCards({ notes, clock, log });
  const noteOf = (card: string) => memory.notes.all().find(({ key }) => key === card)?.text ?? "";
  return { clock, memory, log, restarted, noteOf, reads: () => reads, cards: restarted() };
}

const buttonOf = (label: string, command: string): CardButton => ({ label, command, id: buttonId(command) });
const next = buttonOf("Next", "/runtimes page=2");
const further = buttonOf("Next", "/runtimes page=3");
const longCommand = (word: string) => `/runtimes name=${word.repeat(200)}`;
const long = buttonOf("Refresh", longCommand("a"));
const longer = buttonOf("Refresh", longCommand("b"));

describe("what a press means", () => {
  it("is said by the id where that is short, and known of a long one, without looking anything up", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [next, long]);
    expect(await rig.cards.meaning("card1", [next.id])).toEqual({ chat: "cid1", command: next.command });
    expect(await rig.cards.meaning("card1", [long.id])).toEqual({ chat: "cid1", command: long.command });
    expect(rig.reads()).toBe(0);
  });

  it("is known over a restart, by id and by label", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [next, long]);
    for (const [names, { command }] of [
      [[next.id], next],
      [[next.label], next],
      [[long.id], long],
      [[long.label], long],
      [["msgButtons", long.label], long],
      [["", "msgButtons", long.label, long.id], long],
    ] as const) {
      expect(await rig.restarted().meaning("card1", names)).toEqual({ chat: "cid1", command });
    }
  });

  it("is what an id says, even where a label stands before it and means something else", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [long, buttonOf("Other", "/help")]);
    expect((await rig.cards.meaning("card1", ["Other", long.id])).command).toBe(long.command);
  });

  it("is unknown where nothing tells it, or only a word of the template", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [next]);
    for (const names of [[], ["msgButtons"], ["next"], [long.id], ["h."], ["c.????"], ["__proto__", "toString"]]) {
      expect(await rig.cards.meaning("card1", names)).toEqual({ chat: "cid1", command: undefined });
    }
    expect(await rig.cards.meaning("card2", ["Next"])).toEqual({ chat: undefined, command: undefined });
    expect(await rig.cards.meaning("card2", [next.id])).toEqual({ chat: undefined, command: next.command });
  });

  it("is no command that hides in the label of a button, as labels are somebody's text", async () => {
    const rig = createRig();
    const hostile = buttonId("/alerts off");
    rig.cards.shown("card1", "cid1", [buttonOf(hostile, "/runtimes show ecd-1")]);
    for (const cards of [rig.cards, rig.restarted()]) {
      expect((await cards.meaning("card1", [hostile])).command).toBe("/runtimes show ecd-1");
    }
  });

  it("of a label is what was shown last, by whichever process", async () => {
    const rig = createRig();
    const other = rig.restarted();
    rig.cards.shown("card1", "cid1", [next]);
    await other.recall("card1");
    other.shown("card1", "cid1", [further]);
    expect((await rig.cards.meaning("card1", ["Next"])).command).toBe(further.command);
  });

  it("of a long id is known when another process has shown it", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [long]);
    rig.restarted().shown("card1", "cid1", [longer]);
    expect((await rig.cards.meaning("card1", [longer.id])).command).toBe(longer.command);
  });

  it("is known of earlier versions by their ids, and not by their labels", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [long, next]);
    rig.cards.shown("card1", "cid1", [longer]);
    rig.cards.shown("card1", "cid1", []);
    for (const cards of [rig.cards, rig.restarted()]) {
      expect((await cards.meaning("card1", [long.id])).command).toBe(long.command);
      expect((await cards.meaning("card1", [longer.id])).command).toBe(longer.command);
      expect((await cards.meaning("card1", ["Refresh"])).command).toBeUndefined();
    }
  });

  it("keeps what an earlier process has shown, once it is recalled", async () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [long]);
    const later = rig.restarted();
    await later.recall("card1");
    later.shown("card1", "cid1", [longer]);
    expect((await rig.restarted().meaning("card1", [long.id])).command).toBe(long.command);
    const reads = rig.reads();
    await later.recall("card1");
    expect(rig.reads()).toBe(reads);
  });

  it("is still said by short ids when the store fails or does not answer", async () => {
    const rig = createRig();
    rig.memory.failure = new Error("The disk is full.");
    expect(await rig.cards.meaning("card1", [next.id])).toEqual({ chat: undefined, command: next.command });
    rig.memory.notes.get = () => new Promise(() => undefined);
    const meaning = rig.cards.meaning("card1", ["Next"]);
    await rig.clock.advance(500);
    expect(await meaning).toEqual({ chat: undefined, command: undefined });
    expect(rig.log.lines).toHaveLength(2);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it.each(["", "{", "null", '{"chat":"","last":[],"older":[]}', '{"chat":"cid1","last":[["x"]],"older":[]}'])(
    "is unknown where the note is spoilt: %s",
    async (text) => {
      const rig = createRig();
      rig.memory.notes.put({ channel: "dingtalk", kind: "card", key: "card1", text });
      expect(await rig.cards.meaning("card1", ["Next"])).toEqual({ chat: undefined, command: undefined });
    },
  );
});

describe("the note of a card", () => {
  it("is written before anything is sent, and not again for the same buttons", () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [next]);
    const first = rig.memory.notes.all()[0];
    expect(first).toMatchObject({ channel: "dingtalk", kind: "card", key: "card1" });
    rig.cards.shown("card1", "cid1", [next]);
    expect(rig.memory.notes.all()[0]).toBe(first);
  });

  it("holds the commands of long ids alone", () => {
    const rig = createRig();
    rig.cards.shown("card1", "cid1", [next, long]);
    expect(rig.noteOf("card1")).not.toContain(next.command);
    expect(rig.noteOf("card1")).toContain(long.command);
  });

  it("holds at most sixty buttons, the newest", async () => {
    const rig = createRig();
    const all = Array.from({ length: 100 }, (_, index) => buttonOf("Refresh", longCommand(`w${index}`).slice(0, 200)));
    for (const button of all) {
      rig.cards.shown("card1", "cid1", [button]);
    }
    expect(JSON.parse(rig.noteOf("card1")).older).toHaveLength(59);
    const commands = await Promise.all(all.map(async ({ id }) => (await rig.cards.meaning("card1", [id])).command));
    expect(commands.map((command) => command !== undefined)).toEqual(all.map((_, index) => index >= 40));
  });

  it("drops the oldest buttons, and then those of the longest commands, where it would be too long", async () => {
    const rig = createRig();
    const of = (length: number, word: string) => buttonOf(word, `/runtimes name=${word.repeat(length)}`);
    const [old, mid, small] = [of(5_000, "o"), of(9_000, "m"), of(300, "s")];
    rig.cards.shown("card1", "cid1", [old]);
    rig.cards.shown("card1", "cid1", [mid, small, of(12_000, "l"), next]);
    expect(rig.noteOf("card1").length).toBeLessThanOrEqual(20_000);
    const knows = async (names: readonly string[]) => (await rig.restarted().meaning("card1", names)).command;
    expect(await knows([old.id])).toBeUndefined();
    expect(await knows(["l"])).toBeUndefined();
    expect([await knows([mid.id]), await knows([small.id]), await knows(["Next"])]).toEqual([
      mid.command,
      small.command,
      next.command,
    ]);
  });

  it("is never too long, always read back, and says what was shown last where that is short", () => {
    const command = fc.string({ minLength: 1, maxLength: 6_000, unit: "grapheme" });
    const button = fc.record({ label: fc.string({ maxLength: 40, unit: "grapheme" }), command });
    const versions = fc.array(fc.uniqueArray(button, { maxLength: 8, selector: ({ label }) => label }), {
      maxLength: 5,
    });
    return fc.assert(
      fc.asyncProperty(versions, async (shown) => {
        const rig = createRig();
        for (const version of shown) {
          rig.cards.shown(
            "card1",
            "cid1",
            version.map(({ label, command }) => buttonOf(label, command)),
          );
          expect(rig.noteOf("card1").length).toBeLessThanOrEqual(20_000);
        }
        const last = shown.at(-1) ?? [];
        const room = last.reduce((sum, one) => sum + JSON.stringify(one).length + 100, 0) < 20_000;
        for (const { label, command } of room ? last : []) {
          const meant = await rig.restarted().meaning("card1", ["msgButtons", label]);
          expect(meant).toEqual({ chat: "cid1", command: command.toWellFormed() });
        }
      }),
      { numRuns: 60 },
    );
  });
});
