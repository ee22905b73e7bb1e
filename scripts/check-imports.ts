import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";

const configuration = fileURLToPath(new URL("../.dependency-cruiser.cjs", import.meta.url));

/** What a check of the imports found. */
export interface ImportsReport {
  /** A sentence each; empty when all is well. */
  readonly problems: readonly string[];
  /** How many modules of src and adapters were read. */
  readonly modules: number;
}

/**
 * Holds the imports of `root`'s src and adapters against .dependency-cruiser.cjs. A file that the tool did not read is a
 * problem as well: it reports success for what it cannot parse.
 */
export async function checkImports(root: string): Promise<ImportsReport> {
  const folders = ["src", "adapters"].filter((folder) => existsSync(join(root, folder)));
  const { options, ...ruleSet } = await extractConfig(configuration);
  const { output } = await cruise(folders, { ...options, baseDir: root, validate: true, ruleSet });
  if (typeof output === "string") {
    throw new Error("dependency-cruiser answered with a text instead of a result");
  }
  const read = modulesOf(output);
  const problems = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? [to] : cycle.map(({ name }) => name);
    return `${[from, ...way].join(" → ")}: ${rule.name}. ${commentOf(ruleSet.forbidden ?? [], rule.name)}`;
  });
  const unread = folders
    .flatMap((folder) => typescriptIn(root, folder))
    .filter((file) => !read.has(file))
    .map((file) => `${file}: was not read by dependency-cruiser`);
  const empty = read.size === 0 ? ["no module was read"] : [];
  return { problems: [...problems, ...unread, ...empty], modules: read.size };
}

function modulesOf({ modules }: ICruiseResult): ReadonlySet<string> {
  return new Set(modules.map(({ source }) => source).filter((source) => /^(?:src|adapters)\//.test(source)));
}

function commentOf(rules: readonly { name?: string; comment?: string }[], name: string): string {
  return rules.find((rule) => rule.name === name)?.comment ?? "";
}

function typescriptIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
}
