import { spawn } from "node:child_process";
import { once } from "node:events";
import { startFlags } from "./bot.ts";
import { type Figure, figure, percentile } from "./figures.ts";

/** Start to ready on the committed app.yaml. The first start is not counted: it keeps for the others what it compiles. */
export async function measureStart(): Promise<readonly Figure[]> {
  const bare: number[] = [];
  const ready: number[] = [];
  await timeReady();
  for (let round = 0; round < 7; round += 1) {
    bare.push(await timeBareNode());
    ready.push(await timeReady());
  }
  const [own, node] = [percentile(ready, 0.5), percentile(bare, 0.5)];
  return [
    figure("start to ready on the committed app.yaml, median of 7", own, 1_500, " ms"),
    figure("the same, in starts of an empty Node program", own / node, 1_500 / node, " ×"),
  ];
}

async function timeBareNode(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["--eval", "0"]), "close");
  return performance.now() - started;
}

async function timeReady(): Promise<number> {
  const started = performance.now();
  const bot = spawn(process.execPath, [...(await startFlags()), "src/main.ts", "start"], {
    env: { ...process.env, PORT: "0" },
  });
  await new Promise<void>((resolve, reject) => {
    bot.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("Deskhand is ready")) {
        resolve();
      }
    });
    bot.on("close", () => reject(new Error("The bot ended before it was ready.")));
  });
  const milliseconds = performance.now() - started;
  const closed = once(bot, "close");
  bot.kill("SIGTERM");
  await closed;
  return milliseconds;
}
