import { readFile } from "node:fs/promises";
import { parseAllDocuments } from "yaml";

/** The text of a file of the project, by its path from the root. */
export function textOf(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** The documents of a YAML file; fails on what YAML only warns of. */
export async function documentsOf(path: string): Promise<readonly unknown[]> {
  return parseAllDocuments(await textOf(path), { merge: true }).map((document) => {
    if (!("toJS" in document) || document.errors.length + document.warnings.length > 0) {
      throw new Error(`${path}: ${document.errors.concat(document.warnings).join("\n")}`);
    }
    return document.toJS();
  });
}

/** How long the bot takes to end at most, seconds: the drain, and what docs/operations.md allows beside it. */
export async function secondsToEnd(): Promise<number> {
  const [, drain = ""] = /drainDeadline = ([\d_]+)/.exec(await textOf("src/app.ts")) ?? [];
  const seconds = Number(drain.replaceAll("_", "")) / 1_000;
  if (!(seconds > 0 && seconds < 10)) {
    throw new Error("src/app.ts has no drain that ends within the ten seconds of docs/operations.md.");
  }
  return 10;
}

/** The variables that a configuration takes and that have no default. */
export function variablesWithout(config: string): readonly string[] {
  return [...new Set([...config.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = ""]) => name))];
}
