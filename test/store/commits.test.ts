import { afterEach, describe, expect, it } from "vitest";
import { createAdoption } from "../../src/store/adopt.ts";
import { createCommits } from "../../src/store/commits.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createBreakable } from "./breakable.ts";

async function createRig() {
  const { clock, log, real, database, set, count } = await createBreakable();
  const commits = createCommits({ database, clock, random: () => 1, log, meter: noMeter, holder: "me" });
  closing.push(async () => {
    await commits.stop();
    await real.close();
  });
  return {
    ...{ clock, log, real, database, set, count, commits },
    arrivals: () => real.read((db) => db.selectFrom("arrivals").selectAll().orderBy("key").execute()),
    cards: () => real.read((db) => db.selectFrom("cards").select(["message", "command"]).execute()),
    notes: () => real.read((db) => db.selectFrom("notes").select(["key", "text"]).orderBy("key").execute()),
  };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) {
    await close();
  }
});

const arrival = (key: string) => ({ key, channel: "lark", content: `"${key}"` });
const card = (message: string, command: string) => ({
  ...{ channel: "lark", chat: "chat-1", message, command },
  shown_at: 1,
});
const note = (key: string, text: string) => ({ channel: "lark", kind: "button", key, text, written_at: 1 });

describe("commits", () => {
  it("are one for all that comes in one turn", async () => {
    const { commits, count } = await createRig();

    await Promise.all(Array.from({ length: 200 }, (_, index) => commits.take(arrival(`key-${index}`))));

    expect(count()).toBe(1);
  });

  it("do not make who waits wait for what nobody waits for", async () => {
    const { commits, clock, count, cards } = await createRig();

    commits.cards.put(card("card-1", "/help"));
    await commits.take(arrival("one"));

    expect([count(), await cards()]).toEqual([1, []]);
    await clock.advance(20);
    expect(await cards()).toEqual([{ message: "card-1", command: "/help" }]);
  });

  it("write what nobody waits for after twenty milliseconds", async () => {
    const { commits, clock, count, cards } = await createRig();

    commits.cards.put(card("card-1", "/help"));
    await clock.advance(19);
    expect(count()).toBe(0);
    await clock.advance(1);

    expect(await cards()).toEqual([{ message: "card-1", command: "/help" }]);
    expect(commits.cards.get(card("card-1", ""))).toBeUndefined();
    expect(clock.sleeping()).toBe(0);
  });

  it("that fail reject the takes that were in them, and only those", async () => {
    const { commits, set } = await createRig();

    set("before");
    await expect(commits.take(arrival("one"))).rejects.toThrow("the connection broke");
    set("never");

    expect(await commits.take(arrival("one"))).toBe("new");
  });

  it("that fail are tried again with what nobody waits for, ever more seldom", async () => {
    const { commits, clock, set, count, cards } = await createRig();

    set("before");
    commits.cards.put(card("card-1", "/help"));
    await clock.advance(60_000);
    expect(count()).toBeLessThan(15);
    expect(commits.cards.get(card("card-1", ""))).toMatchObject({ command: "/help" });
    set("never");
    await clock.advance(10_000);

    expect(await cards()).toEqual([{ message: "card-1", command: "/help" }]);
  });

  it("give up what failed for ten minutes, and say so", async () => {
    const { commits, clock, log, set, cards } = await createRig();

    set("before");
    commits.cards.put(card("card-1", "/help"));
    commits.settle("one");
    await clock.advance(11 * 60_000);
    set("never");
    await clock.advance(60_000);

    expect(await cards()).toEqual([]);
    expect(log.lines.filter(({ message }) => message.includes("given up")).map(({ fields }) => fields)).toEqual([
      { lost: 2 },
    ]);
    expect(clock.sleeping()).toBe(0);
  });

  it("do not fail a take with what has failed before", async () => {
    const { commits, clock, set, count } = await createRig();
    set("before");
    commits.cards.put(card("card-1", "/help"));
    await clock.advance(20);
    set("never");

    const before = count();
    expect(await commits.take(arrival("one"))).toBe("new");
    expect(count()).toBe(before + 1);
    expect(commits.cards.get(card("card-1", ""))).toMatchObject({ command: "/help" });
  });

  it("tell a take how it went that came just before what had failed is tried again", async () => {
    const { commits, clock, set } = await createRig();
    // Several at once: the next takes are gathered for longer.
    await Promise.all([commits.take(arrival("one")), commits.take(arrival("two"))]);
    set("before");
    commits.cards.put(card("card-1", "/help"));
    await clock.advance(20);
    set("never");

    const taken = commits.take(arrival("three"));
    await clock.advance(1_000);

    expect(await taken).toBe("new");
  });

  it("write cards and notes together, and of a note what was put last", async () => {
    const { commits, clock, set, count, cards, notes } = await createRig();

    set("before");
    commits.notes.put(note("one", "old"));
    await clock.advance(20);
    commits.notes.put(note("one", "new"));
    commits.notes.put(note("two", "other"));
    commits.cards.put(card("card-1", "/help"));
    set("never");
    const before = count();
    await clock.advance(10_000);

    expect(count()).toBe(before + 1);
    expect(await cards()).toHaveLength(1);
    expect(await notes()).toEqual([
      { key: "one", text: "new" },
      { key: "two", text: "other" },
    ]);
    expect(commits.notes.get(note("one", ""))).toBeUndefined();
  });

  it("make several transactions of long notes, and take no more of them than fit", async () => {
    const { commits, clock, log, set, count, notes } = await createRig();
    const long = "x".repeat(20_000);

    set("before");
    for (let one = 0; one < 1_200; one += 1) {
      commits.notes.put(note(`note-${String(one).padStart(4, "0")}`, long));
    }
    set("never");
    await clock.advance(60_000);

    const kept = await notes();
    expect(kept.length).toBeGreaterThan(900);
    expect(kept.length).toBeLessThan(1_000);
    expect(count()).toBeGreaterThan(90);
    expect(log.lines.map(({ message }) => message)).toEqual([
      "The store has more to write than it can: an answer may be given again, a note be forgotten.",
    ]);
  });

  it("whose confirmation was lost leave what they took to who adopts, once", async () => {
    const { commits, clock, real, set } = await createRig();
    const other = createAdoption({ database: real, holder: "other" });
    await real.write((tx) =>
      tx.insertInto("processes").values({ id: "me", alive_until: Number.MAX_SAFE_INTEGER }).execute(),
    );
    await commits.take(arrival("mine"));

    set("after");
    await expect(commits.take(arrival("lost"))).rejects.toThrow();
    set("never");
    expect(await other.adopt(10, clock.now())).toEqual([]);
    await clock.advance(1_000);

    expect(await commits.take(arrival("lost"))).toBe("known");
    expect((await other.adopt(10, clock.now())).map(({ key }) => key)).toEqual(["lost"]);
  });

  it("whose confirmation was lost do not give away what is answered already", async () => {
    const { commits, clock, real, set } = await createRig();
    const other = createAdoption({ database: real, holder: "other" });
    await real.write((tx) =>
      tx.insertInto("processes").values({ id: "me", alive_until: Number.MAX_SAFE_INTEGER }).execute(),
    );
    await commits.take(arrival("mine"));

    set("after");
    await expect(commits.take(arrival("mine"))).rejects.toThrow();
    set("never");
    await clock.advance(1_000);

    expect(await other.adopt(10, clock.now())).toEqual([]);
  });

  it("reject every take that still waits when the store closes and fails", async () => {
    const { commits, set } = await createRig();
    set("before");
    const takes = Array.from({ length: 600 }, (_, index) => commits.take(arrival(`key-${index}`)));
    const settled = Promise.allSettled(takes);

    await commits.stop();

    expect(new Set((await settled).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  });
});

describe("an adoption", () => {
  it("whose confirmation was lost is made again, and gives everything once", async () => {
    const { commits, clock, database, real, set, arrivals } = await createRig();
    await commits.take(arrival("one"));
    await commits.take(arrival("two"));
    const adoption = createAdoption({ database, holder: "other" });

    set("after");
    await expect(adoption.adopt(10, clock.now())).rejects.toThrow();
    set("never");
    expect((await arrivals()).map(({ holder }) => holder)).toEqual(["other", "other"]);
    const again = await adoption.adopt(10, clock.now());

    expect(again.map(({ key }) => key)).toEqual(["one", "two"]);
    expect(await adoption.adopt(10, clock.now())).toEqual([]);
    expect(real.works()).toBe(true);
  });
});
