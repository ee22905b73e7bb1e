import { CompiledQuery, type Kysely, type KyselyPlugin, sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { AuditPage, AuditQuery } from "../../src/bot/index.ts";
import { migrations } from "../../src/store/migrations.ts";
import { mostCounted, readAudit } from "../../src/store/read-audit.ts";
import type { Tables } from "../../src/store/schema.ts";
import { startPostgres } from "./postgres.ts";
import { describeSites, lasting, openTables } from "./sites.ts";

const postgres = await startPostgres();
const written = mostCounted + 2_000;
const began = 1_600_000_000_000;

/** Fills a chat: every hundredth entry is of `rare`, every tenth refused, all others of `busy` and `other` in turn. */
async function fill(db: Kysely<Tables>): Promise<void> {
  await sql`
    insert into audits (channel, chat, key, place, at, actor, how, text, outcome)
    with recursive numbers (i) as (select 0 union all select i + 1 from numbers where i < ${sql.lit(written - 1)})
    select 'lark', 'chat-1', 'key-' || i, cast(${sql.lit(began)} + i as text) || '00000000', ${sql.lit(began)} + i,
      case when i % 100 = 0 then 'rare' when i % 2 = 0 then 'busy' else 'other' end, 'typed', '/runtimes page=' || i,
      case when i % 10 = 0 then 'refused' else 'ok' end
    from numbers`.execute(db);
}

const usual = { channel: "lark", chat: "chat-1", users: undefined, since: 0, until: undefined, skip: 0, size: 10 };

describeSites(
  "an audit of more entries than are counted",
  postgres,
  (createSite) => {
    it("says that there are more, and finds whatever is old", async () => {
      const site = await createSite();
      const { audit } = await site.open();
      await site.look(fill);
      const read = (about: Partial<AuditQuery> = {}): Promise<AuditPage> => audit.read({ ...usual, ...about });
      const numbersOf = ({ entries }: AuditPage) => entries.map(({ at }) => at - began);
      const newest = written - 1;

      const first = await read();
      expect(first.counts).toMatchObject({ entries: mostCounted, people: 3, more: true });
      expect([numbersOf(first)[0], first.older]).toEqual([newest, mostCounted]);
      expect(first.people.map(({ id }) => id)).toEqual(["other", "busy", "rare"]);
      expect(first.people.at(-1)?.count).toBe(mostCounted / 100);

      const rare = await read({ users: ["rare"], skip: 110, size: 5 });
      expect([numbersOf(rare), rare.next, rare.older]).toEqual([[900, 800, 700, 600, 500], expect.any(String), 5]);
      expect(rare.counts).toEqual({ entries: written / 100, people: 1, refused: written / 100 });
      const both = await read({ users: ["rare", "other", "nobody", "rare"], skip: 3, size: 4 });
      expect(numbersOf(both)).toEqual([newest - 6, newest - 8, newest - 10, newest - 12]);
      expect(both.counts).toEqual({ entries: written * 0.51, people: 2, refused: written / 100 });
      expect(both.newer.map((place) => Number(place.slice(0, 13)) - began)).toEqual([newest - 4, newest - 2, newest]);

      const last = await read({ until: `${began + 9}00000000` });
      expect([numbersOf(last), last.next, last.older]).toEqual([[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], undefined, 0]);
      expect((await read({ skip: mostCounted + 1 })).entries).toEqual([]);
    });
  },
  lasting,
);

describe("reading an audit", () => {
  it("takes no step but along an index, and no more of them than are counted", async () => {
    const db = await openTables({ kind: "memory" });
    await db.transaction().execute(async (tx) => {
      for (const step of migrations) await step(tx);
    });
    await fill(db);
    const queries: CompiledQuery[] = [];
    const listening: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        queries.push(db.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const from = "0".repeat(21);
    for (const users of [undefined, ["rare"], ["rare", "busy", "other"]]) {
      for (const about of [{ skip: 20 }, { until: `${began + 5_000}00000000` }]) {
        await readAudit(db.withPlugin(listening), { ...usual, ...about, users, from });
      }
    }
    const plans = await Promise.all(
      queries.map(async ({ sql: text, parameters }) => {
        const { rows } = await db.executeQuery<{ readonly detail: string }>(
          CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
        );
        return { text, steps: rows.map(({ detail }) => detail) };
      }),
    );
    await db.destroy();

    expect(plans.length).toBeGreaterThan(20);
    for (const { text, steps } of plans) {
      // Of what `limit` bounds nothing is looked at that it leaves out: the index has the order, and all that is asked for.
      const [ofTable = "", ...others] = steps.filter((step) => step.includes("audits"));
      expect([ofTable, others], text).toEqual([
        expect.stringMatching(
          /^SEARCH audits USING (COVERING )?INDEX audits_by_(place|actor) \(channel=\? AND chat=\? /,
        ),
        [],
      ]);
      expect(ofTable.includes("COVERING") || text.startsWith("select *"), text).toBe(true);
      expect(text, text).toMatch(/"place" (desc )?limit \?|"place" limit \?/);
      if (steps.some((step) => step.startsWith("USE TEMP B-TREE"))) {
        expect(steps, text).toContain("CO-ROUTINE newest");
      }
    }
  });
});
