import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { reportOf, writePage } from "../../bench/page.ts";
import { figure } from "../../bench/result.ts";

const chart = { name: "start", title: "Start", unit: "ms", series: [], rows: [{ label: "Deskhand", values: [275] }] };
const all = [
  { part: "start" as const, result: { figures: [figure("start", 275, 1_500, " ms")], tables: [], charts: [chart] } },
];

it("figures take the place of the last ones, and what people wrote around them stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-page-"));
  try {
    const places = { page: join(folder, "performance.md"), pictures: join(folder, "pictures") };
    await writeFile(
      places.page,
      (await readFile("docs/performance.md", "utf8")).replace(/^\| what \|/mu, "| last time |"),
    );
    await writePage(reportOf(all, "This machine."), all, places);
    const text = await readFile(places.page, "utf8");
    expect(text).toMatch(
      /^# Performance[\s\S]*This machine\.[\s\S]*\| start \| 275 ms \| ≤ 1500 ms \| 0\.183 \|[\s\S]*## What is measured/u,
    );
    expect(text).not.toContain("| last time |");
    expect(text).toContain("![Start](pictures/start.svg)");
    expect(await readFile(join(places.pictures, "start.svg"), "utf8")).toContain("<svg");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
