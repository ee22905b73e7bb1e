import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Chats, createChats } from "../../../adapters/playground/chats.ts";
import { limits } from "../../../adapters/playground/limits.ts";
import type { Entry } from "../../../adapters/playground/wire.ts";
import { cardOf } from "./fake-bot.ts";

function create(now = () => 1_000) {
  const changes: Entry[] = [];
  const forgotten: string[] = [];
  const chats = createChats({
    clock: { now },
    onChange: (_, entry) => changes.push(entry),
    onForget: (chat) => forgotten.push(chat),
  });
  return { chats, changes, forgotten };
}

const titles = (entries: readonly Entry[]) =>
  entries.map((entry) => (entry.kind === "card" ? entry.card.header.title : entry.kind));
const add = (chats: Chats, title: string, key = title) => chats.addCard("a", `m${key}`, cardOf(title), { key });

describe("a chat's memory", () => {
  it("keeps the newest entries when there are too many", () => {
    const { chats } = create();
    for (let number = 0; number < limits.entriesPerChat + 5; number++) add(chats, `${number}`);
    const kept = titles(chats.history("a").entries);
    expect(kept).toHaveLength(limits.entriesPerChat);
    expect(kept[0]).toBe("5");
  });

  it("drops old entries when large ones come, and always keeps the newest", () => {
    const { chats } = create();
    add(chats, "small");
    add(chats, "x".repeat(limits.charactersPerChat));
    expect(chats.history("a").entries).toHaveLength(1);
    add(chats, "y");
    expect(titles(chats.history("a").entries)).toEqual(["y"]);
  });

  it("keeps only the beginning of a very long message", () => {
    const { chats } = create();
    chats.addPerson("a", "b1", "x".repeat(100_000));
    const [entry] = chats.history("a").entries;
    expect(entry?.kind === "person" && entry.text.length).toBe(limits.keptText + 1);
  });

  it("holds a bounded number of chats: the one that was quiet longest goes", () => {
    const { chats, forgotten } = create();
    for (let number = 0; number < limits.chats; number++) chats.addPerson(`chat${number}`, "b1", "hello");
    chats.addPerson("chat0", "b2", "again");
    chats.addPerson("one more", "b1", "hello");
    expect(forgotten).toEqual(["chat1"]);
    expect(chats.history("chat1").entries).toEqual([]);
    expect(chats.history("chat0").entries).toHaveLength(2);
  });

  it("is not made by reading", () => {
    const { chats, forgotten } = create();
    chats.addPerson("a", "b1", "hello");
    for (let number = 0; number < limits.chats * 2; number++) chats.history(`guess${number}`);
    expect(forgotten).toEqual([]);
  });

  it("shows a card once for one key", () => {
    const { chats } = create();
    expect(chats.addCard("a", "m1", cardOf("first"), { key: "k" })).toBe("m1");
    expect(chats.addCard("a", "m2", cardOf("second"), { key: "k" })).toBe("m1");
    expect(titles(chats.history("a").entries)).toEqual(["first"]);
  });

  it("knows whether an answer is owed", () => {
    const { chats } = create();
    chats.addPerson("a", "b1", "/help");
    expect(chats.isAwaited("a")).toBe(true);
    chats.addCard("a", "m1", cardOf("help"), { key: "k", replyTo: "b1" });
    expect(chats.isAwaited("a")).toBe(false);
    chats.markBusy("a", "m1", "wait", chats.changedAt("a", "m1"));
    expect(chats.isAwaited("a")).toBe(true);
    chats.changeCard("a", "m1", cardOf("help, page 2"));
    expect(chats.isAwaited("a")).toBe(false);
  });
});

describe("stamps", () => {
  it("grow with every change, whatever the clock does, so that a page that has one event lacks exactly what came after", () => {
    const step = fc.record({ now: fc.integer({ min: 0, max: 50 }), card: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), fc.nat({ max: 29 }), (steps, cut) => {
        let now = 0;
        const { chats, changes } = create(() => now);
        for (const { now: time, card } of steps) {
          now = time;
          chats.changeCard("a", `m${card}`, cardOf(`${card} at ${changes.length}`));
        }
        const stamps = changes.map(({ changed }) => changed);
        expect(stamps).toEqual([...new Set(stamps)].toSorted((one, other) => one - other));
        const seen = changes[Math.min(cut, changes.length - 1)];
        const missed = new Map<string, Entry>();
        for (const entry of changes) {
          missed.delete(entry.id);
          if (entry.changed > (seen?.changed ?? 0)) missed.set(entry.id, entry);
        }
        expect(chats.since("a", String(seen?.changed))).toEqual([...missed.values()]);
      }),
    );
  });
});
