import { afterEach, describe, expect, it } from "vitest";
import { createAdoption } from "../../src/store/adopt.ts";
import { createCommits } from "../../src/store/commits.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock } from "../manual-clock.ts";

/** A database whose connection a test can break, before or after a transaction is on disk. */
async function createRig() {
  const clock = createManualClock();
  const log = createRecordingLog();
  const db = await openSqlite({ directory: undefined, clock, random: () => 0.5 });
  const real = createDatabase({ dialect: "sqlite", db, clock, log });
  await migrate(real, clock.now());
  const rig = {
    breaks: "never" as "never" | "before" | "after",
    writes: 0,
    clock,
    log,
    real,
    arrivals: () => real.read((tx) => tx.selectFrom("arrivals").selectAll().orderBy("key").execute()),
    cards: () => real.read((tx) => tx.selectFrom("cards").select(["message", "command"]).execute()),
  };
  const database: Database = {
    ...real,
    async write(work) {
      rig.writes += 1;
      if (rig.breaks === "before") {
        throw new Error("the connection broke");
      }
      const result = await real.write(work);
      if (rig.breaks === "after") {
        throw new Error("the connection broke");
      }
      return result;
    },
  };
  const commits = createCommits({ database, clock, random: () => 1, log, holder: "me" });
  closing.push(async () => {
    await commits.stop();
    await real.close();
  });
  return {
    ...rig,
    database,
    commits,
    set(breaks: typeof rig.breaks) {
      rig.breaks = breaks;
    },
    count: () => rig.writes,
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
