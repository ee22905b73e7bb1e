import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cards, createCards } from "../../../adapters/dingtalk/cards.ts";
import type { Names } from "../../../adapters/dingtalk/meaning.ts";
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
  let processes = 0;
  const restarted = () => {
    processes += 1;
    const own = processes / 10;
    return createCards({ notes, clock, log, random: () => own });
  };
  const noteOf = (card: string) => memory.notes.all().find(({ key }) => key === card)?.text ?? "";
  return { clock, memory, log, restarted, noteOf, reads: () => reads, cards: restarted() };
}

/** A card is sent with these buttons. */
function show(cards: Cards, card: string, buttons: readonly CardButton[]): void {
  cards.creating(card, { chat: "cid1", params: {}, buttons });
}

/** Names from places where ids stand. */
const ids = (names: readonly string[]): Names => ({ ids: names, labels: [] });

const buttonOf = (label: string, command: string): CardButton => ({ label, command, id: buttonId(command) });
const next = buttonOf("Next", "/runtimes page=2");
const further = buttonOf("Next", "/runtimes page=3");
const longCommand = (word: string) => `/runtimes name=${word.repeat(200)}`;
const long = buttonOf("Refresh", longCommand("a"));
const longer = buttonOf("Refresh", longCommand("b"));

describe("what a press means", () => {
  it("is said by the id where that is short, and known of a long one, without looking anything up", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [next, long]);
    expect(await rig.cards.meaning("card1", ids([next.id]))).toEqual({ chat: "cid1", command: next.command });
    expect(await rig.cards.meaning("card1", ids([long.id]))).toEqual({ chat: "cid1", command: long.command });
    expect(rig.reads()).toBe(0);
  });

  it("is known over a restart, by id and by label", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [next, long]);
    for (const [names, { command }] of [
      [[next.id], next],
      [[next.label], next],
      [[long.id], long],
      [[long.label], long],
      [["msgButtons", long.label], long],
      [["", "msgButtons", long.label, long.id], long],
    ] as const) {
      expect(await rig.restarted().meaning("card1", ids(names))).toEqual({ chat: "cid1", command });
    }
  });

  it("is what an id says, even where a label stands before it and means something else", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [long, buttonOf("Other", "/help")]);
    expect((await rig.cards.meaning("card1", ids(["Other", long.id]))).command).toBe(long.command);
  });

  it("is unknown where nothing tells it, or only a word of the template", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [next]);
    for (const names of [[], ["msgButtons"], ["next"], [long.id], ["h."], ["c.????"], ["__proto__", "toString"]]) {
      expect(await rig.cards.meaning("card1", ids(names))).toEqual({ chat: "cid1", command: undefined });
    }
    expect(await rig.cards.meaning("card2", ids(["Next"]))).toEqual({ chat: undefined, command: undefined });
    expect(await rig.cards.meaning("card2", ids([next.id]))).toEqual({ chat: undefined, command: next.command });
  });

  it("is no command that hides in the label of a button, as labels are somebody's text", async () => {
    const rig = createRig();
    const hostile = buttonId("/alerts off");
    const button = buttonOf(hostile, `/runtimes show ${"x".repeat(200)}`);
    show(rig.cards, "card1", [button]);
    const names = [ids([hostile]), { ids: [], labels: [hostile] }, { ids: [button.id], labels: [hostile] }];
    for (const cards of [rig.cards, rig.restarted()]) {
      for (const name of names) expect((await cards.meaning("card1", name)).command).toBe(button.command);
    }
    // Whoever presses may see a version that others see no more.
    show(rig.cards, "card1", [next]);
    for (const cards of [rig.cards, rig.restarted()]) {
      expect((await cards.meaning("card1", { ids: [button.id], labels: [hostile] })).command).toBe(button.command);
      expect((await cards.meaning("card1", { ids: ["msgButtons"], labels: [hostile] })).command).toBeUndefined();
      expect((await cards.meaning("card2", { ids: ["msgButtons"], labels: [hostile] })).command).toBeUndefined();
    }
  });

  it("is what an id of the card says, before what one says that is on no card of it", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [long, next]);
    for (const cards of [rig.cards, rig.restarted()]) {
      for (const { id, command } of [long, next]) {
        expect((await cards.meaning("card1", ids([further.id, id]))).command).toBe(command);
      }
      expect((await cards.meaning("card1", ids([further.id]))).command).toBe(further.command);
    }
  });

  it("of a label is what was shown last, by whichever process", async () => {
    const rig = createRig();
    const other = rig.restarted();
    show(rig.cards, "card1", [next]);
    await other.recall("card1");
    show(other, "card1", [further]);
    expect((await rig.cards.meaning("card1", ids(["Next"]))).command).toBe(further.command);
  });

  it("of a long id is known when another process has shown it", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [long]);
    show(rig.restarted(), "card1", [longer]);
    expect((await rig.cards.meaning("card1", ids([longer.id]))).command).toBe(longer.command);
  });

  it("is known of earlier versions by their ids, and not by their labels", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [long, next]);
    show(rig.cards, "card1", [longer]);
    show(rig.cards, "card1", []);
    for (const cards of [rig.cards, rig.restarted()]) {
      expect((await cards.meaning("card1", ids([long.id]))).command).toBe(long.command);
      expect((await cards.meaning("card1", ids([longer.id]))).command).toBe(longer.command);
      expect((await cards.meaning("card1", ids(["Refresh"]))).command).toBeUndefined();
    }
  });

  it("keeps what an earlier process has shown, once it is recalled", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [long]);
    const later = rig.restarted();
    await later.recall("card1");
    show(later, "card1", [longer]);
    expect((await rig.restarted().meaning("card1", ids([long.id]))).command).toBe(long.command);
  });

  it("is still said by short ids when the store fails or does not answer", async () => {
    const rig = createRig();
    rig.memory.failure = new Error("The disk is full.");
    expect(await rig.cards.meaning("card1", ids([next.id]))).toEqual({ chat: undefined, command: next.command });
    rig.memory.notes.get = () => new Promise(() => undefined);
    const meaning = rig.cards.meaning("card1", ids(["Next"]));
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
      expect(await rig.cards.meaning("card1", ids(["Next"]))).toEqual({ chat: undefined, command: undefined });
    },
  );
});

describe("what everyone sees, where two processes change the card", () => {
  const ending = new AbortController().signal;
  const showing = (title: string) => ({ chat: "cid1", params: { title }, buttons: [next] });

  async function createPair() {
    const rig = createRig();
    const pair = [rig.cards, rig.restarted()] as const;
    show(rig.cards, "card1", [next]);
    const isShown = (cards: Cards, title: string) =>
      cards.settled("card1", ending).then((noted) => cards.isShown("card1", noted, { title }));
    const answer = async (cards: Cards, title: string) =>
      cards.answered("card1", await cards.recall("card1"), showing(title));
    const begin = async (cards: Cards, title: string) =>
      cards.updating("card1", await cards.settled("card1", ending), showing(title));
    return { pair, isShown, answer, begin, mark: () => JSON.parse(rig.noteOf("card1")).mark };
  }

  it("is what the one showed last whose mark stands in the note, and is known to that one alone", async () => {
    const { pair, isShown, answer, begin } = await createPair();
    const [one, other] = pair;
    await answer(one, "a");
    await (await begin(one, "a"))(true);
    expect([await isShown(one, "a"), await isShown(one, "b"), await isShown(other, "a")]).toEqual([true, false, false]);
    await answer(other, "b");
    expect(await isShown(one, "a")).toBe(false);
    await (await begin(other, "b"))(true);
    expect([await isShown(one, "a"), await isShown(other, "b")]).toEqual([false, true]);
  });

  it("is unknown after an update before which the other has shown something", async () => {
    const { pair, isShown, answer, begin, mark } = await createPair();
    const [one, other] = pair;
    await answer(one, "a");
    await answer(other, "b");
    const marks = [mark()];
    const ended = await begin(one, "a");
    marks.push(mark());
    expect(await ended(true)).toBe(true);
    marks.push(mark());
    expect(new Set(marks).size).toBe(3);
    expect(await isShown(one, "a")).toBe(false);
  });

  it("is unknown to both after updates that were under way at the same time, whichever ends last", async () => {
    for (const last of [0, 1]) {
      const { pair, isShown, answer, begin } = await createPair();
      const [one, other] = pair;
      await answer(one, "a");
      const ended = [await begin(one, "a")];
      await answer(other, "b");
      ended.push(await begin(other, "b"));
      for (const end of last === 1 ? ended : ended.toReversed()) await end(true);
      expect([await isShown(one, "a"), await isShown(other, "b")]).toEqual([false, false]);
    }
  });
});

describe("the note of a card", () => {
  it("is written before anything is sent, and not again by an update to what who pressed sees already", async () => {
    const rig = createRig();
    show(rig.cards, "card1", [next]);
    const first = rig.memory.notes.all()[0];
    expect(first).toMatchObject({ channel: "dingtalk", kind: "card", key: "card1" });
    const showing = { chat: "cid1", params: {}, buttons: [further] };
    rig.cards.answered("card1", await rig.cards.recall("card1"), showing);
    const second = rig.memory.notes.all()[0];
    expect(second).not.toBe(first);
    const ended = rig.cards.updating("card1", await rig.cards.recall("card1"), showing);
    await ended(true);
    expect(rig.memory.notes.all()[0]).toBe(second);
  });

  it("of an earlier version of this program is read", async () => {
    const rig = createRig();
    const text = JSON.stringify({ chat: "cid1", last: [["Next", "h.x", "/runtimes page=2"]], older: [] });
    rig.memory.notes.put({ channel: "dingtalk", kind: "card", key: "card1", text });
    expect(await rig.cards.meaning("card1", ids(["h.x"]))).toEqual({ chat: "cid1", command: "/runtimes page=2" });
    expect(await rig.cards.recall("card1")).toBeUndefined();
  });

  it("holds the commands of long ids alone", () => {
    const rig = createRig();
    show(rig.cards, "card1", [next, long]);
    expect(rig.noteOf("card1")).not.toContain(next.command);
    expect(rig.noteOf("card1")).toContain(long.command);
  });

  it("holds at most sixty buttons, the newest", async () => {
    const rig = createRig();
    const all = Array.from({ length: 100 }, (_, index) => buttonOf("Refresh", longCommand(`w${index}`).slice(0, 200)));
    for (const button of all) {
      show(rig.cards, "card1", [button]);
    }
    expect(JSON.parse(rig.noteOf("card1")).older).toHaveLength(59);
    const commands = await Promise.all(
      all.map(async ({ id }) => (await rig.cards.meaning("card1", ids([id]))).command),
    );
    expect(commands.map((command) => command !== undefined)).toEqual(all.map((_, index) => index >= 40));
  });

  it("drops the oldest buttons, and then those of the longest commands, where it would be too long", async () => {
    const rig = createRig();
    const of = (length: number, word: string) => buttonOf(word, `/runtimes name=${word.repeat(length)}`);
    const [old, mid, small] = [of(5_000, "o"), of(9_000, "m"), of(300, "s")];
    show(rig.cards, "card1", [old]);
    show(rig.cards, "card1", [mid, small, of(12_000, "l"), next]);
    expect(rig.noteOf("card1").length).toBeLessThanOrEqual(20_000);
    const knows = async (names: readonly string[]) => (await rig.restarted().meaning("card1", ids(names))).command;
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
          show(
            rig.cards,
            "card1",
            version.map(({ label, command }) => buttonOf(label, command)),
          );
          expect(rig.noteOf("card1").length).toBeLessThanOrEqual(20_000);
        }
        const last = shown.at(-1) ?? [];
        const room = last.reduce((sum, one) => sum + JSON.stringify(one).length + 100, 0) < 20_000;
        for (const { label, command } of room ? last : []) {
          const meant = await rig.restarted().meaning("card1", ids(["msgButtons", label]));
          expect(meant).toEqual({ chat: "cid1", command: command.toWellFormed() });
        }
      }),
      { numRuns: 60 },
    );
  });
});
