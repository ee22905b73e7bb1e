// `npm run soak -- [--minutes N] [--seed N] [--replicas N]`: docs/soak.md says what it does.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type SoakResult, soak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    replicas: { type: "string", default: "1" },
  },
});
const [minutes, seed, replicas] = [Number(values.minutes), Number(values.seed), Number(values.replicas)];
if (![minutes, seed, replicas].every((value) => value > 0)) {
  console.error("--minutes, --seed and --replicas are numbers above 0.");
  process.exit(2);
}

const began = performance.now();
const again = `npm run soak -- --minutes ${minutes} --seed ${seed} --replicas ${replicas}`;
const folder = await mkdtemp(join(tmpdir(), "deskhand-soak-"));
const journal: string[] = [];

function say(line: string): void {
  const seconds = String(Math.round((performance.now() - began) / 1_000)).padStart(4);
  journal.push(`${seconds} s  ${line}`);
  console.log(journal.at(-1));
}

function table({ findings, figures, troubles }: SoakResult): string {
  const rows = findings.map(
    ({ what, looked, wrong }) =>
      `${wrong.length === 0 ? "  ok " : "FAIL "} ${what} (${looked} looked at, ${wrong.length} wrong)`,
  );
  const examples = findings.flatMap(({ wrong }) => wrong.slice(0, 20)).map((sentence) => `       ${sentence}`);
  const numbers = Object.entries(figures).map(([name, value]) => `       ${name}: ${value}`);
  const happened = [...troubles].toSorted().map(([name, count]) => `       ${count} × ${name}`);
  return ["", ...rows, ...examples, "", ...numbers, "", ...happened].join("\n");
}

say(again);
try {
  const result = await soak({
    ...{ seed, replicas, folder, say },
    ...{ rounds: Math.max(1, Math.round(minutes)), storm: 40_000, settle: 8_000, idle: 12_000, kept: 75_000 },
    ...{ perSecond: 25, pause: { troubles: 1_500, disasters: 5_000 } },
  });
  say(table(result));
  if (result.findings.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
} catch (error) {
  say(`Failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
if (process.exitCode === 1) {
  await writeFile(join(folder, "journal.txt"), `${journal.join("\n")}\n`);
  console.error(`\nConfiguration, store, logs and journal are in ${folder}. Again: ${again}`);
} else {
  await rm(folder, { recursive: true, force: true });
}
process.exit();
