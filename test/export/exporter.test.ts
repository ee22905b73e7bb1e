import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ExportCall, Exported, ExportRequest } from "../../src/bot/index.ts";
import { createExporter, type RunningExporter } from "../../src/export/index.ts";
import { writeZip } from "../../src/export/zip.ts";
import { createReader, type Outcome, type Wait } from "../../src/fleet/index.ts";
import { broken, createMemoryFleet, type MemoryFleet, type MemoryFleetOptions } from "../fleet/memory-fleet.ts";
import { anyRows, providers, rowsOf } from "../fleet/rows.ts";
import { wholeList } from "../fleet/truth.ts";
import { readCsv } from "./read-csv.ts";
import { elementsOf, readXml } from "./read-xml.ts";
import { unzip } from "./unzip.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-exporter-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 59) };
const everything = { types: ["csv", "xlsx", "zip"], bytes: 1_000_000_000 } as const;

/** Each export is asked for by somebody else, unless a test says who. */
let askers = 0;
const request = (about: Partial<ExportRequest> = {}): ExportRequest => ({
  asker: `user ${++askers}`,
  filters: {},
  scope: {},
  format: undefined,
  locale: "en",
  see: (runtime) => runtime,
  showsUsers: true,
  files: everything,
  ...about,
});

const callOf = (about: Partial<ExportCall> = {}): ExportCall => ({
  urgency: "scan",
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...about,
});

function exporterOf(
  options: MemoryFleetOptions,
  about: { limit?: number; directory?: string; relieve?: () => Promise<void> } = {},
): { readonly exporter: RunningExporter; readonly fleet: MemoryFleet } {
  const fleet = createMemoryFleet(options);
  const reader = createReader({ fleet, providers });
  return { fleet, exporter: createExporter({ reader, directory, clock, log, ...about }) };
}

type ExportedFile = Extract<Exported, { kind: "file" }>;

function fileOf(outcome: Outcome<Exported>): ExportedFile {
  if (!outcome.ok || outcome.value.kind !== "file") {
    throw new Error(JSON.stringify(outcome));
  }
  return outcome.value;
}

async function write(options: MemoryFleetOptions, about: Partial<ExportRequest> = {}): Promise<ExportedFile> {
  return fileOf(await exporterOf(options).exporter.write(request(about), callOf()));
}

const linesOf = (csv: string) => {
  expect(csv.startsWith("\uFEFF")).toBe(true);
  return readCsv(csv.slice(1));
};

/** The cells of a workbook's rows, empty ones left out. */
function cellsOf(workbook: Buffer): readonly (readonly string[])[] {
  const sheet = unzip(workbook).get("xl/worksheets/sheet1.xml")?.toString() ?? "";
  return elementsOf(readXml(sheet), "row").map((row) => row.children.map(({ text }) => text));
}

describe("a file of runtimes", () => {
  test("is named by its time in UTC, has a line for each, and says what it holds", async () => {
    const { file, ...about } = await write({ rows: rowsOf("OpenClaw", 250) });
    expect(file).toMatchObject({ name: "runtimes-20260102-0304.csv", type: "csv" });
    expect(about).toMatchObject({ rows: 250, complete: true, unreadable: 0 });
    const csv = await readFile(file.path);
    expect(file.bytes).toBe(csv.length);
    const [head, ...lines] = linesOf(csv.toString());
    expect(head?.slice(0, 3)).toEqual(["Id", "Name", "Status"]);
    expect(lines.map(([id]) => id)).toEqual(rowsOf("OpenClaw", 250).map(({ runtime }) => runtime.id));
  });

  test("is what filtering in memory finds, whatever moves meanwhile, in both formats", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 30 }),
      fc.nat({ max: 2 }),
      fc.constantFrom("csv" as const, "xlsx" as const),
      async (rows, passesInVain, format) => {
        const filters = { status: ["Running", "Stopped"] };
        const { file, remove } = await write({ rows, cap: 4, passesInVain }, { filters, format });
        const content = await readFile(file.path);
        const [, ...lines] = format === "csv" ? linesOf(content.toString()) : cellsOf(content);
        expect(lines.map(([id]) => id)).toEqual(wholeList(rows, filters, {}, providers).map(({ id }) => id));
        await remove();
      },
    );
    await fc.assert(property, { numRuns: 60 });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("may be a workbook, whose filter reaches to its last row", async () => {
    const { file } = await write({ rows: rowsOf("OpenClaw", 7) }, { format: "xlsx", locale: "zh" });
    expect(file).toMatchObject({ name: "runtimes-20260102-0304.xlsx", type: "xlsx" });
    const parts = unzip(await readFile(file.path));
    for (const content of parts.values()) {
      readXml(content.toString());
    }
    expect([...parts.keys()][0]).toBe("[Content_Types].xml");
    const sheet = readXml(parts.get("xl/worksheets/sheet1.xml")?.toString() ?? "");
    expect(elementsOf(sheet, "autoFilter")[0]?.attributes.ref).toBe("A1:T8");
    expect(elementsOf(sheet, "row")[0]?.children[0]?.text).toBe("编号");
  });

  test("shows each runtime as whoever asked may see it", async () => {
    const rows = rowsOf("OpenClaw", 2, () => ({ users: ["li.na"] }));
    const masked = await write({ rows }, { see: (runtime) => ({ ...runtime, users: ["l***"] }) });
    expect(await readFile(masked.file.path, "utf8")).not.toContain("li.na");
    const hidden = await write({ rows }, { showsUsers: false });
    expect(await readFile(hidden.file.path, "utf8")).not.toContain("li.na");
  });

  test("is within the scope of whoever asked", async () => {
    const rows = rowsOf("OpenClaw", 4, (index) => ({ groupId: `rg-${index % 2}` }));
    const { file } = await write({ rows }, { scope: { group: ["rg-1"] } });
    const [, ...lines] = linesOf(await readFile(file.path, "utf8"));
    expect(lines.map(([id]) => id)).toEqual(["ecd-OpenClaw-1", "ecd-OpenClaw-3"]);
  });

  test("has its headings alone where nothing matches", async () => {
    const { file, rows } = await write({ rows: [] }, { format: "xlsx" });
    expect([rows, cellsOf(await readFile(file.path)).length]).toEqual([0, 1]);
  });

  test("says that the list moved, and how many rows could not be read", async () => {
    const rows = rowsOf("OpenClaw", 5).map((row, index) => ({ ...row, unreadable: index === 0 }));
    expect(await write({ rows, moving: true })).toMatchObject({ rows: 4, complete: false, unreadable: 1 });
  });

  test("tells how far it is", async () => {
    const told: number[][] = [];
    const { exporter } = exporterOf({ rows: rowsOf("OpenClaw", 250) });
    await exporter.write(request(), callOf({ onProgress: (...progress) => told.push(progress) }));
    // The three providers of the test, two of which have nothing.
    expect(told.slice(0, 3)).toEqual([
      [100, 250],
      [200, 250],
      [250, 250],
    ]);
  });
});

describe("where it goes", () => {
  const rows = rowsOf("OpenClaw", 300);

  test.each([
    [undefined, ["csv", "xlsx", "zip"], "csv"],
    [undefined, ["xlsx", "zip"], "xlsx"],
    [undefined, ["zip"], "zip"],
    ["csv", ["xlsx", "zip"], "zip"],
    ["xlsx", ["csv", "zip"], "zip"],
    ["csv", ["xlsx"], "xlsx"],
    ["xlsx", ["csv"], "csv"],
  ] as const)("%s becomes what is taken of %s: %s", async (format, types, type) => {
    const { file } = await write({ rows }, { format, files: { types, bytes: 1_000_000 } });
    expect([file.type, file.name.endsWith(`.${type}`)]).toEqual([type, true]);
    if (type === "zip") {
      const inside = [...unzip(await readFile(file.path)).keys()];
      expect(inside).toEqual([`runtimes-20260102-0304.${format ?? "csv"}`]);
    }
    expect(readdirSync(join(file.path, ".."))).toEqual([file.name]);
  });

  test("a csv that is too large goes as a zip that holds it", async () => {
    const plain = await write({ rows });
    const { file } = await write({ rows }, { files: { ...everything, bytes: plain.file.bytes - 1 } });
    expect(file.type).toBe("zip");
    const [content] = unzip(await readFile(file.path)).values();
    expect(content).toEqual(await readFile(plain.file.path));
  });

  test.each([
    ["csv", 200],
    ["xlsx", 200],
  ] as const)("a %s that is too large for %s bytes even so is not kept", async (format, bytes) => {
    const { exporter } = exporterOf({ rows });
    const outcome = await exporter.write(request({ format, files: { ...everything, bytes } }), callOf());
    expect(outcome).toMatchObject({ ok: true, value: { kind: "too-large", limit: bytes } });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("nothing can be sent where no file is taken", async () => {
    const { exporter } = exporterOf({ rows });
    const outcome = await exporter.write(request({ files: { types: [], bytes: 1_000_000 } }), callOf());
    expect(outcome).toMatchObject({ value: { kind: "too-large", limit: 0 } });
  });
});

describe("an export that comes to nothing leaves nothing behind", () => {
  test("as there are too many rows", async () => {
    const { exporter, fleet } = exporterOf({ rows: rowsOf("OpenClaw", 11) }, { limit: 10 });
    expect(await exporter.write(request(), callOf())).toEqual({
      ok: true,
      value: { kind: "too-many", total: 11, limit: 10 },
    });
    expect(fleet.scans).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("as the API fails", async () => {
    const { exporter } = exporterOf({ rows: rowsOf("OpenClaw", 11), failsFrom: 5 });
    expect(await exporter.write(request(), callOf())).toEqual({ ok: false, failure: broken });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("as the folder cannot be written to", async () => {
    const { exporter } = exporterOf({ rows: [] }, { directory: join(directory, "none") });
    await expect(exporter.write(request(), callOf())).rejects.toThrow(/cannot be written: ENOENT/);
    // Its place is free again.
    await expect(exporter.write(request(), callOf())).rejects.toThrow(/cannot be written/);
    await expect(exporter.write(request(), callOf())).rejects.toThrow(/cannot be written/);
  });

  test("as the disk is full half-way", async () => {
    const { exporter } = exporterOf({ rows: rowsOf("OpenClaw", 250) });
    const onProgress = () => {
      throw new Error("ENOSPC: no space left on device, write");
    };
    await expect(exporter.write(request(), callOf({ onProgress }))).rejects.toThrow(/ENOSPC/);
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each(["csv", "xlsx"] as const)("as it was given up: %s", async (format) => {
    const { exporter } = exporterOf({ rows: rowsOf("OpenClaw", 250) });
    const impatient = new AbortController();
    const call = callOf({
      signal: impatient.signal,
      // The last rows are read: what is left is to pack them.
      onProgress: (read) => read === 250 && impatient.abort(new DOMException("too long", "TimeoutError")),
    });
    expect(await exporter.write(request({ format }), call)).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe("memory", () => {
  test("is cleared of what has passed through now and then, while a list is read and while it is packed", async () => {
    let relieved = 0;
    const relieve = async () => {
      relieved += 1;
    };
    const { exporter } = exporterOf({ rows: rowsOf("OpenClaw", 900), cap: 10 }, { relieve });
    await exporter.write(request(), callOf());
    expect(relieved).toBe(1);
    const path = join(directory, "large");
    await writeFile(path, Buffer.alloc(40 * 1_024 * 1_024));
    const entries = [{ name: "large", path }];
    await writeZip(join(directory, "large.zip"), { entries, modified: new Date(0), signal: callOf().signal, relieve });
    expect(relieved).toBe(3);
  });
});

describe("several exports", () => {
  test("are two at once; others wait, are told so, and come in their turn", async () => {
    const { exporter, fleet } = exporterOf({ rows: rowsOf("OpenClaw", 3) });
    const release = fleet.hold();
    const waits: Wait[][] = [[], [], []];
    const writing = waits.map((told) => exporter.write(request(), callOf({ onWait: (wait) => told.push(wait) })));
    await expect.poll(() => fleet.pages.length).toBe(2);
    expect(waits).toEqual([[], [], ["queued"]]);
    release();
    const files = (await Promise.all(writing)).map(fileOf);
    expect(new Set(files.map(({ file }) => file.path)).size).toBe(3);
    await Promise.all(files.map(({ remove }) => remove()));
    expect(readdirSync(directory)).toEqual([]);
  });

  test("are refused when too many wait", async () => {
    const { exporter, fleet } = exporterOf({ rows: [] });
    const release = fleet.hold();
    const writing = Array.from({ length: 23 }, () => exporter.write(request(), callOf()));
    expect(await writing.at(-1)).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
    release();
    expect((await Promise.all(writing)).filter(({ ok }) => ok)).toHaveLength(22);
  });

  test("are two of one person at most, and others are served", async () => {
    const { exporter, fleet } = exporterOf({ rows: [] });
    const release = fleet.hold();
    const ask = (asker: string) => exporter.write(request({ asker }), callOf());
    const writing = [ask("anna"), ask("anna"), ask("anna"), ask("ben")];
    expect(await writing[2]).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
    release();
    expect((await Promise.all(writing)).map(({ ok }) => ok)).toEqual([true, true, false, true]);
  });

  test("end with the exporter, those that are written and those that wait to be sent", async () => {
    const { exporter, fleet } = exporterOf({ rows: rowsOf("OpenClaw", 3) });
    await exporter.start();
    const { remove } = fileOf(await exporter.write(request(), callOf()));
    fleet.hold();
    const writing = [1, 2, 3].map(() => exporter.write(request(), callOf()));
    await exporter.stop();
    const failures = await Promise.all(writing);
    expect(failures.map((outcome) => !outcome.ok && outcome.failure.kind)).toEqual(["stopped", "stopped", "stopped"]);
    expect(readdirSync(directory)).toEqual([]);
    await remove();
    expect(await exporter.write(request(), callOf())).toMatchObject({ ok: false, failure: { kind: "stopped" } });
  });
});
