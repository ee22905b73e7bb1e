import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, type Filters, type Query, sortKeys } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet } from "./memory-fleet.ts";
import { anyRows, filtersAndScope, filterValues, providers, rowsOf } from "./rows.ts";
import { sorted, wholeList } from "./truth.ts";
import { idsOf, listed, queryOf, shown, walk } from "./walk.ts";

const sortNames = Object.keys(sortKeys).filter((key): key is keyof typeof sortKeys => key in sortKeys);
const anySort: fc.Arbitrary<NonNullable<Query["sort"]>> = fc.record({
  key: fc.constantFrom(...sortNames),
  descending: fc.boolean(),
});
/** What the API cannot filter. */
const anyResidual: fc.Arbitrary<Filters> = fc.oneof(
  filterValues.name.map((name) => ({ name })),
  filterValues.os.map((os) => ({ os })),
  filterValues.region.map((region) => ({ region })),
  fc.constantFrom<Filters>({ channel: ["feishu"] }, { channel: ["wechat", "wecom"] }),
  fc.constantFrom<Filters>({ risk: ["model-modified"] }, { risk: ["agent-uninstalled", "channel-modified"] }),
);

describe("a list that has to be read whole", () => {
  it("shows what filtering and sorting in memory finds, each runtime once, with its total on each page", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 40 }),
      filtersAndScope(2),
      anySort,
      fc.integer({ min: 1, max: 15 }),
      async (rows, { filters, scope }, sort, size) => {
        const reader = createReader({ fleet: createMemoryFleet({ rows }), providers });
        const truth = sorted(wholeList(rows, filters, scope, providers), sort);
        const pages = await walk(reader, { filters, sort, size }, scope);
        expect(idsOf(shown(pages))).toEqual(idsOf(truth));
        for (const page of pages) {
          expect(page).toMatchObject({ total: truth.length, counted: "all", complete: true, doubles: 0 });
          expect(page.counts.runtimes).toBe(truth.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it("is matched here where the API has no filter, in the order of the lists", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 40 }),
      anyResidual,
      fc.boolean(),
      async (rows, filters, fuzzyNames) => {
        const reader = createReader({ fleet: createMemoryFleet({ rows, fuzzyNames }), providers });
        const pages = await walk(reader, { filters, size: 4 });
        expect(idsOf(shown(pages))).toEqual(idsOf(wholeList(rows, filters, {}, providers)));
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("has an empty page beyond its end", async () => {
    const reader = createReader({ fleet: createMemoryFleet({ rows: rowsOf("OpenClaw", 23) }), providers });
    const beyond = await listed(reader, { page: 4, sort: { key: "name", descending: false } });
    expect(beyond).toMatchObject({ runtimes: [], total: 23, pages: 3, page: 4 });
  });

  it("is read once for all its pages, sorts and sizes, and for filters in another order", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 23) });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const filters = { os: ["Linux", "Windows"], status: ["Running"] };
    await listed(reader, { filters });
    await listed(reader, { filters, page: 2, size: 5, sort: { key: "risk", descending: true } });
    await listed(reader, { filters: { status: ["Running"], os: ["Windows", "Linux"] } });
    expect(fleet.scans).toHaveLength(1);
  });

  it("is read again under another scope, so that nobody sees what another may", async () => {
    const rows = rowsOf("OpenClaw", 10, (index) => ({ os: "Linux", groupId: `rg-${index % 2}` }));
    const fleet = createMemoryFleet({ rows });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const filters = { os: ["Linux"] };
    expect(await listed(reader, { filters })).toMatchObject({ total: 10 });
    expect(await listed(reader, { filters }, { group: ["rg-1"] })).toMatchObject({ total: 5 });
    expect(await listed(reader, { filters: { ...filters, group: ["rg-0"] } }, { group: ["rg-1"] })).toMatchObject({
      total: 0,
    });
  });

  it("is read again for whoever wants it fresh", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 3) });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const query = queryOf({ sort: { key: "name", descending: false } });
    await reader.list(query, {}, call);
    fleet.become(rowsOf("OpenClaw", 4));
    expect(await reader.list(query, {}, call)).toMatchObject({ value: { total: 3 } });
    expect(await reader.list(query, {}, { ...call, fresh: true })).toMatchObject({ value: { total: 4 } });
    expect(fleet.scans).toMatchObject([{ call: { fresh: undefined } }, { call: { fresh: true } }]);
  });

  it("is read once for two who page it at the same time", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 30) });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const release = fleet.hold();
    const sort = { key: "name", descending: true } as const;
    const both = Promise.all([listed(reader, { sort }), listed(reader, { sort, page: 2 })]);
    release();
    const [first, second] = await both;
    expect(new Set(idsOf([...first.runtimes, ...second.runtimes])).size).toBe(20);
    expect(fleet.scans).toHaveLength(1);
  });

  it("is said to be incomplete where it moved, and is read again for the next page", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 12), moving: true });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const filters = { os: ["Linux"] };
    expect(await listed(reader, { filters })).toMatchObject({ complete: false });
    await listed(reader, { filters });
    expect(fleet.scans).toHaveLength(2);
  });

  it("that has rows which cannot be read says so, is not taken for one that moved, and is reused", async () => {
    const rows = rowsOf("OpenClaw", 12).map((row, index) => ({ ...row, unreadable: index < 2 }));
    const fleet = createMemoryFleet({ rows });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    const query = { sort: { key: "name", descending: false } } as const;
    expect(await listed(reader, query)).toMatchObject({ complete: true, unreadable: 2, total: 10 });
    await listed(reader, query);
    expect(fleet.scans).toHaveLength(1);
  });

  it("passes a failure on as it came", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("HermesAgent", 3), failsFrom: 2 });
    const outcome = await createReader({ fleet, providers }).list(queryOf({ filters: { os: ["Linux"] } }), {}, call);
    expect(outcome).toEqual({ ok: false, failure: broken });
  });
});

describe("a list that is too large to be read", () => {
  const rows = [...rowsOf("OpenClaw", 60), ...rowsOf("HermesAgent", 50)];
  const query = queryOf({ filters: { os: ["Linux"] } });

  it("says how large it is and what the limit is, by one look at it", async () => {
    const fleet = createMemoryFleet({ rows });
    const reader = createReader({ fleet, providers: ["OpenClaw"], scanLimit: 59 });
    const tooLarge = { ok: true, value: { kind: "too-large", total: 60, limit: 59 } };
    expect(await reader.list(query, {}, call)).toEqual(tooLarge);
    expect(await reader.list({ ...query, page: 2 }, {}, call)).toEqual(tooLarge);
    expect(fleet.scans).toHaveLength(1);
  });

  it("is so by all providers together", async () => {
    const read = (scanLimit: number) =>
      createReader({ fleet: createMemoryFleet({ rows }), providers: ["OpenClaw", "HermesAgent"], scanLimit }).list(
        query,
        {},
        call,
      );
    expect(await read(110)).toMatchObject({ value: { kind: "listing" } });
    expect(await read(109)).toEqual({ ok: true, value: { kind: "too-large", total: 110, limit: 109 } });
  });

  it("is listed all the same where the API filters it whole", async () => {
    const fleet = createMemoryFleet({ rows });
    const reader = createReader({ fleet, providers: ["OpenClaw"], scanLimit: 5 });
    expect(await listed(reader, { page: 3 })).toMatchObject({ total: 60 });
  });
});
