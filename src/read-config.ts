import { existsSync } from "node:fs";
import type { Config } from "./config/index.ts";
import { isPackage, ownFile } from "./own-files.ts";
import { complain } from "./terminal.ts";

/** The path of the configuration: the one named, else `app.yaml` here, else the one that comes along, which is said then. */
export function configPath(named: string | undefined): string {
  if (named !== undefined || existsSync("app.yaml")) {
    return named ?? "app.yaml";
  }
  const more = isPackage ? " `deskhand init` writes one to change." : "";
  complain(
    `There is no app.yaml in this directory: taking the one that comes with Deskhand, with a simulated fleet.${more}`,
  );
  return ownFile("app.yaml");
}

/** Reads a configuration; undefined when something is wrong with it, which has been printed then. */
export async function readConfig(path: string): Promise<Config | undefined> {
  const { formatProblem, loadConfig } = await import("./config/index.ts");
  const loaded = await loadConfig({ path });
  if (loaded.ok) {
    return loaded.config;
  }
  for (const problem of loaded.problems) {
    complain(formatProblem(problem));
  }
  return undefined;
}
