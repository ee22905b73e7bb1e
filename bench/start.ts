import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFlags } from "./bot.ts";
import type { Plan } from "./plan.ts";
import { figure, median, onlyFigures, type Result } from "./result.ts";

/** Milliseconds in which the bot is ready. */
const readyWithin = 30_000;

/**
 * Start to ready on the committed app.yaml, as it is and with a watch on everything. The first start is not counted: it
 * keeps for the others what it compiles.
 */
export async function measureStart({ starts: { own: rounds } }: Plan): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  try {
    const committed = await readFile("app.yaml", "utf8");
    const watched = committed.replace(/^ {2}watches: \[\]/mu, "  watches: [{ channel: playground, chat: bench }]");
    if (watched === committed) throw new Error("app.yaml has no empty list of watches.");
    const as = await writeConfig(folder, "as-it-is", committed);
    const withWatch = await writeConfig(folder, "with-a-watch", watched);
    const times = { node: [] as number[], as: [] as number[], withWatch: [] as number[] };
    await timeReady(as);
    for (let round = 0; round < rounds; round += 1) {
      times.node.push(await timeBareNode());
      times.as.push(await timeReady(as));
      times.withWatch.push(await timeReady(withWatch));
    }
    const [own, node] = [median(times.as), median(times.node)];
    return onlyFigures([
      figure(`start to ready on the committed app.yaml, median of ${rounds}`, own, 1_500, " ms"),
      figure("the same, in starts of an empty Node program", own / node, 1_500 / node, " ×"),
      figure("the same with a watch on everything", median(times.withWatch), 1_500, " ms"),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each in a folder of its own, as the store is beside the configuration or in the folder of the process. */
async function writeConfig(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  await writeFile(path, text.replace("file:./data", `file:${join(folder, name)}`));
  return path;
}

async function timeBareNode(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["--eval", "0"]), "close");
  return performance.now() - started;
}

async function timeReady(config: string): Promise<number> {
  const started = performance.now();
  const args = [...(await startFlags()), "src/main.ts", "start", "--config", config];
  const bot = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: "0" },
    timeout: readyWithin,
  });
  const closed = once(bot, "close");
  await ready(bot);
  const milliseconds = performance.now() - started;
  bot.kill("SIGTERM");
  await closed;
  return milliseconds;
}

function ready(bot: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    bot.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("Deskhand is ready")) {
        resolve();
      }
    });
    bot.on("close", () => reject(new Error("The bot ended before it was ready.")));
  });
}
