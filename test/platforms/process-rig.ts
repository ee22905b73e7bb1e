import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { describe, expect, it } from "vitest";
import type { Load, LoadResult } from "./load.ts";
import type { StandIn } from "./stand-in.ts";

/** Asks the control of a stand-in for something. */
export async function order(base: string, method: string, path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return (await fetch(`${base}${path}`, init)).json();
}

/** What `runLoad` of any platform promises. `answering` connects a bot that answers every message. */
export function describeLoad<Fake extends StandIn>(
  begin: () => Promise<Fake>,
  answering: (fake: Fake) => Promise<void>,
  runLoad: (fake: Fake, load: Load) => Promise<LoadResult>,
): void {
  describe("a load", () => {
    it("is answered, and measured from the writing of each message", async () => {
      const fake = await begin();
      await answering(fake);
      const result = await runLoad(fake, { messages: 100, text: "/runtimes", outstanding: 10 });
      expect(result).toMatchObject({ answered: 100, unanswered: 0 });
      expect(result.p50).toBeLessThanOrEqual(result.p99);
      expect(fake.complaints()).toEqual([]);
    });

    it("ends when nobody answers", async () => {
      const fake = await begin();
      const result = await runLoad(fake, { messages: 5, text: "/runtimes", patience: 20 });
      expect(result).toMatchObject({ answered: 0, unanswered: 5 });
    });
  });
}

/** A stand-in as a process of its own. */
interface StandInProcess {
  readonly output: Interface;
  kill(): void;
  /** Tells it to end; resolves to its exit code and the signal that ended it. */
  stop(): Promise<readonly unknown[]>;
}

/** Starts a module as such a process. */
export function startProcess(main: URL): StandInProcess {
  const child = spawn(process.execPath, [main.pathname], { stdio: ["ignore", "pipe", "ignore"] });
  return {
    output: createInterface(child.stdout),
    kill: () => child.kill("SIGKILL"),
    stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      return ended;
    },
  };
}
