import { afterEach, describe, expect, it } from "vitest";
import { type Lead, startLead } from "../../src/alerts/lead.ts";
import type { Term } from "../../src/alerts/memory.ts";
import { createTime } from "../../src/alerts/time.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock, type ManualClock, settle } from "../manual-clock.ts";
import { hour, noon } from "./builders.ts";

let lead: Lead;
let clock: ManualClock;
afterEach(async () => {
  const stopped = lead.stop();
  await clock.advance(10_000);
  await stopped;
});

interface Part {
  readonly steady?: number;
  readonly slow?: Promise<void>;
  readonly fails?: boolean;
  readonly elected?: Term | undefined;
  readonly resigns?: Promise<void>;
  /** What campaigns from the second on wait for. */
  readonly hangs?: Promise<void>;
}

interface Store {
  elected: Term | undefined;
  fails: boolean;
  /** Reigns reject. */
  faulty: boolean;
  /** Reigns end by themselves. */
  brief: boolean;
  campaigns: number;
  steady: number | undefined;
}

/** A candidate, and the store that elects it or does not. */
async function createCandidate(part: Part = {}) {
  clock = createManualClock();
  const time = createTime(clock);
  const acts: string[] = [];
  const store: Store = {
    ...{ faulty: false, brief: false, campaigns: 0, steady: part.steady },
    ...{ elected: "elected" in part ? part.elected : { token: 1 } },
    ...{ fails: part.fails === true },
  };
  const log = createRecordingLog();
  lead = startLead({
    leadership: {
      async campaign() {
        store.campaigns += 1;
        if (store.campaigns > 1) await part.hangs;
        if (store.fails) throw new Error("the store failed");
        return store.elected;
      },
      async steady() {
        if (store.fails) throw new Error("the store failed");
        return store.steady;
      },
      async resign() {
        await part.resigns;
        acts.push("resigned");
      },
    },
    ...{ time, clock, log },
    reign:
      () =>
      async ({ token }, signal) => {
        acts.push(`begun ${token}`);
        if (store.faulty) throw new Error("a fault");
        if (store.brief) return;
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
        await part.slow;
        acts.push(`ended ${token}`);
      },
  });
  await settle();
  return { time, store, acts, log };
}

describe("a process that is elected", () => {
  it("leads at once", async () => {
    const { acts } = await createCandidate();
    expect([lead.leads, acts]).toEqual([true, ["begun 1"]]);
  });

  it("goes on leading, and says every three seconds that it lives", async () => {
    const { store, acts } = await createCandidate();
    await clock.advance(9_000);
    expect([store.campaigns, acts]).toEqual([4, ["begun 1"]]);
  });

  it("takes up the time of the one before it", async () => {
    const { time } = await createCandidate({ steady: noon.steady + hour });
    expect(time.now().steady).toBe(noon.steady + hour);
  });

  it("ends its reign when another is elected", async () => {
    const { store, acts } = await createCandidate();
    store.elected = undefined;
    await clock.advance(3_000);
    expect([lead.leads, acts]).toEqual([false, ["begun 1", "ended 1"]]);
  });

  it("begins anew where it was elected once more after another", async () => {
    const { store, acts } = await createCandidate();
    store.elected = { token: 3 };
    await clock.advance(3_000);
    expect(acts).toEqual(["begun 1", "ended 1", "begun 3"]);
  });

  it("begins no reign before the one before it has ended", async () => {
    const slow = Promise.withResolvers<void>();
    const { store, acts } = await createCandidate({ slow: slow.promise });
    store.elected = { token: 3 };
    await clock.advance(3_000);
    expect(acts).toEqual(["begun 1"]);
    slow.resolve();
    await settle();
    expect(acts).toEqual(["begun 1", "ended 1", "begun 3"]);
  });

  it("begins anew when what it does is set up in another way, in the same term and without resigning", async () => {
    const { acts } = await createCandidate();
    lead.renew();
    await settle();
    expect([lead.leads, acts]).toEqual([true, ["begun 1", "ended 1", "begun 1"]]);
  });

  it("ends its reign at a stop, also while the store does not say who leads", async () => {
    const hangs = Promise.withResolvers<void>();
    const { acts } = await createCandidate({ hangs: hangs.promise });
    await clock.advance(3_000);
    void lead.stop();
    await settle();
    expect(acts).toEqual(["begun 1", "ended 1"]);
    hangs.resolve();
    await settle();
    expect(acts).toEqual(["begun 1", "ended 1", "resigned"]);
  });
});

describe("a process that is not elected", () => {
  it("takes over when it is", async () => {
    const { store, acts } = await createCandidate();
    store.elected = undefined;
    await clock.advance(6_000);
    store.elected = { token: 2 };
    await clock.advance(3_000);
    expect(acts).toEqual(["begun 1", "ended 1", "begun 2"]);
  });
});

describe("a process that does not lead", () => {
  it("takes up the time of the one that does", async () => {
    const { time } = await createCandidate({ elected: undefined, steady: noon.steady + hour });
    expect(time.now().steady).toBe(noon.steady + hour);
  });

  it("goes by the time of the one that does, also where its own clock is ahead", async () => {
    const { time, store } = await createCandidate({ elected: undefined, steady: noon.steady - hour });
    store.steady = noon.steady - hour + 3_000;
    await clock.advance(3_000);
    expect(time.now().steady).toBe(noon.steady - hour + 3_000);
  });

  it("goes by its own clock where the one that led is dead", async () => {
    const { time } = await createCandidate({ elected: undefined, steady: noon.steady - hour });
    await clock.advance(9_000);
    expect(time.now().steady).toBe(noon.steady + 9_000);
  });
});

describe("a store that fails", () => {
  it("when a process starts keeps it from leading, and from knowing the time, for so long only", async () => {
    const { time, store, acts } = await createCandidate({ fails: true, steady: noon.steady + hour });
    await clock.advance(6_000);
    expect(acts).toEqual([]);
    store.fails = false;
    await clock.advance(3_000);
    expect([acts, time.now().steady]).toEqual([["begun 1"], noon.steady + hour]);
  });

  it("for less than eight seconds ends no reign", async () => {
    const { store } = await createCandidate();
    store.fails = true;
    await clock.advance(8_000);
    expect(lead.leads).toBe(true);
    store.fails = false;
    await clock.advance(6_000);
    expect(lead.leads).toBe(true);
  });

  it("for longer ends the reign before another may begin its own", async () => {
    const { store, acts } = await createCandidate();
    store.fails = true;
    await clock.advance(10_000);
    expect(acts).toEqual(["begun 1", "ended 1"]);
  });

  it("and works again lets a process lead on, and is one line of the log each time", async () => {
    const { store, acts, log } = await createCandidate();
    store.fails = true;
    await clock.advance(20_000);
    store.fails = false;
    await clock.advance(3_000);
    expect(acts.at(-1)).toBe("begun 1");
    store.fails = true;
    await clock.advance(6_000);
    expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(2);
  });
});

it("a reign that ends by itself is begun anew", async () => {
  const { store, acts } = await createCandidate();
  store.brief = true;
  lead.depose();
  await settle();
  store.brief = false;
  await clock.advance(3_000);
  expect(acts).toEqual(["begun 1", "ended 1", "begun 1", "begun 1"]);
});

it("a reign that hangs does not keep its process from leading anew", async () => {
  const { store, acts } = await createCandidate({ slow: new Promise(() => undefined) });
  store.elected = { token: 3 };
  await clock.advance(7_000);
  expect(acts).toEqual(["begun 1", "begun 3"]);
});

it("a reign that fails is begun anew", async () => {
  const { store, acts } = await createCandidate();
  store.faulty = true;
  lead.depose();
  await settle();
  store.faulty = false;
  await clock.advance(3_000);
  expect(acts).toEqual(["begun 1", "ended 1", "begun 1", "begun 1"]);
});

describe("a process that was told that it leads no more", () => {
  it("asks at once, and goes on where it leads all the same", async () => {
    const { acts } = await createCandidate();
    lead.depose();
    await settle();
    expect(acts).toEqual(["begun 1", "ended 1", "begun 1"]);
  });

  it("stands still where another leads", async () => {
    const { store, acts } = await createCandidate();
    store.elected = undefined;
    lead.depose();
    await settle();
    expect([lead.leads, acts]).toEqual([false, ["begun 1", "ended 1"]]);
  });
});

describe("a process that stops", () => {
  it("ends what it does, and only then lets another lead", async () => {
    const { acts } = await createCandidate();
    await lead.stop();
    expect(acts).toEqual(["begun 1", "ended 1", "resigned"]);
  });

  it("waits some seconds for what hangs, and lets another lead then", async () => {
    const { acts } = await createCandidate({ slow: new Promise(() => undefined) });
    const stopped = lead.stop();
    await clock.advance(4_000);
    await stopped;
    expect(acts).toEqual(["begun 1", "resigned"]);
  });

  it("does not wait for a store that hangs", async () => {
    const { acts } = await createCandidate({ resigns: new Promise(() => undefined) });
    const stopped = lead.stop();
    await clock.advance(7_000);
    await stopped;
    expect(acts).toEqual(["begun 1", "ended 1"]);
  });

  it("leaves no timer behind", async () => {
    await createCandidate();
    await lead.stop();
    expect(clock.sleeping()).toBe(0);
  });
});
