import { readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform } from "node:os";
import { measureAlerts } from "./alerts.ts";
import { measureAnswers } from "./answers.ts";
import { measureDingTalk } from "./dingtalk.ts";
import { measureExports } from "./exports.ts";
import { type Figure, round } from "./figures.ts";
import { measureLark } from "./lark.ts";
import { measureMemory } from "./memory.ts";
import { measureScans } from "./scans.ts";
import { measureStart } from "./start.ts";

const path = "docs/performance.md";
const begin = "<!-- figures: written by npm run bench -- --write -->";
const end = "<!-- end of figures -->";

function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, measured, goal, ratio }) => `| ${what} | ${measured} | ${goal} | ${round(ratio)} |`,
  );
  return ["| what | measured | goal | ratio |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

const figures = [
  ...(await measureAnswers()),
  ...(await measureStart()),
  ...(await measureScans()),
  ...(await measureExports()),
  ...(await measureAlerts()),
  ...(await measureLark()),
  ...(await measureDingTalk()),
  ...(await measureMemory()),
];
const machine = `Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} cores.`;
const report = `${table(figures)}\n\n${machine}`;
console.log(report);

if (process.argv.includes("--write")) {
  const text = await readFile(path, "utf8");
  const [before = ""] = text.split(begin);
  const after = text.split(end)[1] ?? "";
  await writeFile(path, `${before}${begin}\n\n${report}\n\n${end}${after}`);
}
