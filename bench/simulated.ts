import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A simulated API in a process of its own, so that what is measured is ours alone. */
export interface Simulated {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startSimulated(runtimes: number, ...flags: readonly string[]): Promise<Simulated> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["src/main.ts", "simulate", "--port", "0", "--runtimes", String(runtimes), "--tick", "0", ...flags],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const endpoint = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const found = /127\.0\.0\.1:\d+/.exec(printed);
      if (found !== null) {
        resolve(found[0]);
      }
    });
    child.on("close", () => reject(new Error(`The simulator ended: ${printed}`)));
  });
  return {
    endpoint,
    async stop() {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      await closed;
    },
  };
}
