import type { TestProject } from "vitest/node";
import { startServices } from "./services.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the services of this run are asked for. */
    readonly services: string;
  }
}

/** Runs once, before all tests; what it gives back, after all of them. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const services = await startServices();
  provide("services", services.url);
  return services.stop;
}
