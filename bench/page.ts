import { mkdir, readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { draw } from "./chart.ts";
import { type PartName, parts } from "./parts.ts";
import { type Result, round } from "./result.ts";
import { versionIn } from "./rivals/install.ts";

/** Where the figures stand, and their pictures beside them. */
export interface Places {
  readonly page: string;
  readonly pictures: string;
}

const begin = "<!-- figures: written by npm run bench -- --write -->";
const end = "<!-- end of figures -->";

/** A part and what it found out. */
export interface Told {
  readonly part: PartName;
  readonly result: Result;
}

/** Everything as Markdown, part by part. */
export function reportOf(all: readonly Told[], machine: string): string {
  return [machine, ...all.map(sectionOf)].join("\n\n");
}

function sectionOf({ part, result }: Told): string {
  const { figures, tables, charts } = result;
  const rows = figures.map(({ what, measured, goal, ratio }) => [what, measured, goal, round(ratio)]);
  return [
    `### ${parts[part].title}`,
    `\`npm run bench -- --only ${part}\``,
    ...tables.flatMap(({ title, columns, rows: cells }) => [title, tableOf(columns, cells)]),
    ...charts.map(({ name, title }) => `![${title}](pictures/${name}.svg)`),
    ...(rows.length > 0 ? [tableOf(["what", "measured", "goal", "ratio"], rows)] : []),
  ].join("\n\n");
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What the figures were taken on, in a sentence. */
export async function machineOf(now: Date): Promise<string> {
  const lock = await readFile("package-lock.json", "utf8");
  const sdks = ["@larksuiteoapi/node-sdk", "dingtalk-stream", "@alicloud/openapi-client"];
  const processor = cpus()[0]?.model.trim() || "unknown processor";
  const memory = `${Math.round(totalmem() / 1_024 ** 3)} GB`;
  const machine = `${platform()} ${arch()}, ${cpus().length} cores (${processor}), ${memory}`;
  const versions = sdks.map((name) => `${name} ${versionIn(lock, name)}`).join(", ");
  return `Taken on ${now.toISOString().slice(0, 10)}: Node ${process.versions.node}, ${machine}; ${versions}.`;
}

/** Puts the report in the place of the last one, and the charts beside it. */
export async function writePage(report: string, all: readonly Told[], { page, pictures }: Places): Promise<void> {
  const text = await readFile(page, "utf8");
  const [before = ""] = text.split(begin);
  const after = text.split(end)[1] ?? "";
  await writeFile(page, `${before}${begin}\n\n${report}\n\n${end}${after}`);
  await writeCharts(all, pictures);
}

/** Draws every chart into a folder. */
export async function writeCharts(all: readonly Told[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { result } of all) {
    for (const chart of result.charts) await writeFile(join(folder, `${chart.name}.svg`), draw(chart));
  }
}
