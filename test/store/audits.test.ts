import { describe, expect, it, test } from "vitest";
import type { Audit, AuditEntry, AuditPage, AuditQuery } from "../../src/bot/index.ts";
import { openStore } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock } from "../manual-clock.ts";
import { startPostgres } from "./postgres.ts";
import { describeSites, lasting } from "./sites.ts";

const postgres = await startPostgres();
const began = Date.UTC(2026, 5, 1, 9);
const day = 24 * 60 * 60_000;

function entryOf(index: number, about: Partial<AuditEntry> = {}): AuditEntry {
  return {
    ...{ channel: "lark", chat: "chat-1", user: "user-1", how: "typed", id: `message-${index}`, at: began + index },
    ...{ text: `/runtimes page=${index + 1}`, outcome: "ok", detail: undefined, ...about },
  };
}

function read(audit: Audit, about: Partial<AuditQuery> = {}): Promise<AuditPage> {
  const all = { channel: "lark", chat: "chat-1", users: undefined, since: 0, until: undefined, skip: 0, size: 10 };
  return audit.read({ ...all, ...about });
}

const textsOf = ({ entries }: AuditPage) => entries.map(({ text }) => text);

/** All texts, page by page; `meanwhile` comes before each further page. */
async function walk(audit: Audit, size: number, meanwhile: () => void = () => {}): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let until: string | undefined, page = 0; page < 100; page += 1) {
    const found = await read(audit, { until, size });
    texts.push(...textsOf(found));
    if (found.next === undefined) break;
    until = found.next;
    meanwhile();
  }
  return texts;
}

describeSites("an audit", postgres, (createSite) => {
  it("holds what was written, newest first, as it was", async () => {
    const { audit } = await (await createSite()).open();
    const muted = { kind: "quieted", what: "muted", count: 2, target: "agent-017", until: began + 7_200_000 } as const;
    audit.note(entryOf(1));
    await audit.keep(entryOf(2, { how: "pressed", user: "user-2", text: "/alerts mute agent-017", detail: muted }));
    audit.note(entryOf(3, { user: "", how: "configuration", text: "/alerts on nul \0", outcome: "refused" }));

    const { entries, ...page } = await read(audit);

    expect(entries.map(({ place: _, ...entry }) => entry)).toEqual([
      { ...{ user: "", how: "configuration", at: began + 3 }, text: "/alerts on nul \uFFFD", outcome: "refused" },
      {
        ...{ user: "user-2", how: "pressed", at: began + 2, outcome: "ok" },
        text: "/alerts mute agent-017",
        detail: muted,
      },
      { ...{ user: "user-1", how: "typed", at: began + 1 }, text: "/runtimes page=2", outcome: "ok" },
    ]);
    expect(page).toEqual({
      ...{ next: undefined, older: 0, newer: [], counts: { entries: 3, people: 2, refused: 1 } },
      people: [
        { id: "user-1", count: 1 },
        { id: "user-2", count: 1 },
      ],
    });
  });

  it("is of one chat, of a time and of some people alone", async () => {
    const { audit } = await (await createSite()).open();
    audit.note(entryOf(1));
    audit.note(entryOf(2, { user: "user-2" }));
    audit.note(entryOf(3, { chat: "chat-2" }));
    audit.note(entryOf(4, { channel: "dingtalk" }));
    audit.note(entryOf(5, { at: began - day }));

    expect(textsOf(await read(audit))).toEqual(["/runtimes page=3", "/runtimes page=2", "/runtimes page=6"]);
    expect(textsOf(await read(audit, { since: began }))).toEqual(["/runtimes page=3", "/runtimes page=2"]);
    const some = await read(audit, { users: ["user-2", "nobody"], since: began });
    expect(textsOf(some)).toEqual(["/runtimes page=3"]);
    expect(some.counts).toEqual({ entries: 1, people: 1, refused: 0 });
    expect(some.people.map(({ id }) => id)).toEqual(["user-1", "user-2"]);
    expect(textsOf(await read(audit, { chat: "chat-3" }))).toEqual([]);
  });

  it("has one entry of what is done again, which stays, unless it had failed", async () => {
    const { audit } = await (await createSite()).open();
    const set = { kind: "watch", what: "new" } as const;
    await audit.keep(entryOf(1, { detail: set }));
    await audit.keep(entryOf(1, { at: began + 50, detail: { kind: "watch", what: "edited" } }));
    await audit.keep(entryOf(2, { outcome: "failed" }));
    await audit.keep(entryOf(2, { outcome: "ok", detail: { kind: "file", name: "a.csv", rows: 3 } }));
    // A press is told from a message of the same id.
    await audit.keep(entryOf(1, { how: "pressed" }));

    const { entries } = await read(audit);
    expect(entries.filter(({ how }) => how === "typed").map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ["ok", { kind: "file", name: "a.csv", rows: 3 }],
      ["ok", set],
    ]);
    expect(entries).toHaveLength(3);
  });

  it("is walked with each entry once, whatever is written meanwhile, and back", async () => {
    const { audit } = await (await createSite()).open();
    for (let index = 0; index < 23; index += 1) {
      // Several of the same moment.
      audit.note(entryOf(index, { at: began + Math.floor(index / 4) }));
    }
    const all = textsOf(await read(audit, { size: 50 }));
    let more = 100;
    const walked = await walk(audit, 5, () => {
      audit.note(entryOf(more, { at: began + more }));
      // What another process was late to write.
      audit.note(entryOf(more + 1, { at: began + 5 }));
      more += 2;
    });

    expect(walked.filter((text) => all.includes(text))).toEqual(all);
    expect(new Set(walked).size).toBe(walked.length);
    const second = await read(audit, { size: 5, skip: 5 });
    const first = await read(audit, { size: 5, until: second.newer.at(-1) });
    expect(first.next).toBe(second.entries[0]?.place);
    expect([first.entries.length + second.entries.length + second.older, first.newer]).toEqual([31, []]);
  });
});

describeSites(
  "an audit of another process",
  postgres,
  (createSite) => {
    it("holds at once what was kept, and everything after an orderly end", async () => {
      const site = await createSite();
      const [one, other] = [await site.open(), await site.open()];
      await Promise.all(Array.from({ length: 20 }, (_, index) => one.audit.keep(entryOf(index))));
      expect((await read(other.audit)).counts.entries).toBe(20);

      for (let index = 20; index < 1_500; index += 1) one.audit.note(entryOf(index));
      await one.stop();
      expect((await read(other.audit)).counts.entries).toBe(1_500);
      await expect(one.audit.keep(entryOf(0))).rejects.toThrow();
    });
  },
  lasting,
);

describe("entries", () => {
  test("older than they are kept go, and all of them where none are kept", async () => {
    const clock = createManualClock();
    let kept = 2 * day;
    const location = { kind: "memory" } as const;
    const opened = await openStore({
      ...{ location, clock, log: createRecordingLog(), processId: "test", auditKept: () => kept },
      scrub: (text) => text.replaceAll("s3cret", "[secret]"),
    });
    if (!opened.ok) throw new Error(opened.reason);
    const { audit, stop } = opened.store;
    await audit.keep(entryOf(1, { at: clock.now() - 3 * day }));
    await audit.keep(entryOf(2, { at: clock.now(), text: "/runtimes name=s3cret" }));
    expect((await read(audit)).counts.entries).toBe(2);

    await clock.advance(61 * 60_000);
    await expect.poll(async () => textsOf(await read(audit))).toEqual(["/runtimes name=[secret]"]);
    kept = 0;
    await clock.advance(61 * 60_000);
    await expect.poll(async () => textsOf(await read(audit))).toEqual([]);
    await stop();
  });
});
