import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Options, readOptions } from "./options.ts";
import { machineOf, reportOf, type Told, writePage } from "./page.ts";
import { type Run, runPart } from "./run-part.ts";

const places = { page: "docs/performance.md", pictures: "docs/pictures" } as const;

/** Runs one part after the other; undefined when one failed. */
async function runAll({ only, size }: Options, folder: string): Promise<readonly Told[] | undefined> {
  const all: Told[] = [];
  let run: Run | undefined;
  const interrupted = () => {
    run?.end();
    process.exitCode = 130;
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  for (const part of only) {
    if (process.exitCode !== undefined) break;
    const began = performance.now();
    console.error(`${part} …`);
    run = runPart(part, size, folder);
    const result = await run.result;
    console.error(`${part}: ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    if (result !== undefined) all.push({ part, result });
  }
  console.log(reportOf(all, await machineOf(new Date())));
  return all.length === only.length ? all : undefined;
}

const options = readOptions(process.argv.slice(2));
if (typeof options === "string") {
  console.error(options);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
// A database server that runs as somebody else has its folder in there.
await chmod(folder, 0o711);
try {
  const all = await runAll(options, folder);
  if (all === undefined) {
    console.error("Not every part could be measured.");
    process.exitCode ??= 1;
  } else if (options.write) {
    await writePage(reportOf(all, await machineOf(new Date())), all, places);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
