import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";
import process from "node:process";
import { type Document, parseDocument } from "yaml";
import type { z } from "zod";
import { checkTogether } from "./checks.ts";
import { absences, type Context, describeIssues } from "./describe.ts";
import type { Environment } from "./environment.ts";
import { keysOf } from "./keys.ts";
import type { ConfigProblem, Found } from "./problem.ts";
import { leavesHome, readProxies } from "./proxy.ts";
import { type Config, configSchema } from "./schema.ts";
import { createShown } from "./shown.ts";
import { findSyntaxProblems } from "./syntax.ts";
import { readTree, type Tree } from "./tree.ts";
import { hideVariables } from "./variables.ts";

const maxBytes = 1_048_576;
const maxProblems = 200;

/** A configuration, or everything that is wrong with the file. */
export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly path: string }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export interface LoadOptions {
  readonly path: string;
  /** Where `${NAME}` is looked up; the process's own environment unless given. */
  readonly environment?: Environment | undefined;
  /** Gives the text of a file; the disk unless given. May reject as `node:fs` does. */
  readonly readFile?: ((path: string) => Promise<string>) | undefined;
  /** Whether a file without a key is wrong: some editors empty a file before they write it. It is valid unless given. */
  readonly emptyIsWrong?: boolean | undefined;
}

/**
 * Reads a configuration file of at most 1 MiB. Never rejects: what is wrong comes back, all of it at once; last, a proxy of the
 * environment that would be needed and is wrong.
 */
export async function loadConfig(options: LoadOptions): Promise<Loaded> {
  const { path, environment = process.env, readFile = readFromDisk, emptyIsWrong = false } = options;
  try {
    const text = await readFile(path);
    if (emptyIsWrong && isEmpty(text)) {
      return { ok: false, problems: [{ file: path, line: 0, column: 0, key: "", ...empty }] };
    }
    const loaded = parseConfig({ text, path, environment });
    const { problems } = readProxies(environment);
    return loaded.ok && problems.length > 0 && leavesHome(loaded.config) ? { ok: false, problems } : loaded;
  } catch (error) {
    return { ok: false, problems: [{ file: path, line: 0, column: 0, key: "", ...describeReadError(error) }] };
  }
}

/** The same for a text that is there already; `path` is how problems name it. */
export function parseConfig(source: { text: string; path: string; environment: Environment }): Loaded {
  const { text, path, environment } = source;
  if (Buffer.byteLength(text) > maxBytes) {
    return { ok: false, problems: [{ file: path, line: 0, column: 0, key: "", message: tooLarge }] };
  }
  // Duplicate keys are found while reading, with their name and the line of the first.
  const document = parseDocument(hideVariables(text), { prettyErrors: false, uniqueKeys: false });
  const syntax = findSyntaxProblems(document, text);
  const { config, problems } = check(document, text, environment, syntax[0]);
  const all = [...syntax, ...problems].toSorted((one, two) => one.offset - two.offset);
  if (config !== undefined && all.length === 0) {
    return { ok: true, config, path };
  }
  const places = placesOf(text, all);
  const placed = all.map(({ key, message, hint }, index): ConfigProblem => {
    const { line, column } = places[index] ?? { line: 1, column: 1 };
    return { file: path, line, column, key, message, hint };
  });
  return { ok: false, problems: withoutRepeats(placed).slice(0, maxProblems) };
}

/** Lines and columns, from 1. The parser's own count loses lines where a key spans several. @param found in the file's order */
function placesOf(text: string, found: readonly Found[]) {
  let line = 1;
  let start = 0;
  return found.map(({ offset }) => {
    for (let end = text.indexOf("\n", start); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
      line += 1;
      start = end + 1;
    }
    return { line, column: offset - start + 1 };
  });
}

/** What follows a slip in the YAML may be read wrongly: only what stands on the lines before it is judged. */
function check(document: Document, text: string, environment: Environment, slip: Found | undefined) {
  const tree = readTree(document, text, environment);
  const result = parseRereading(tree);
  const context: Context = { tree, shown: createShown(tree), known: keysOf(configSchema) };
  const issues = result.success ? [] : describeIssues(result.error.issues, context);
  if (slip === undefined) {
    const config = result.success ? result.data : undefined;
    return { config, problems: [...tree.problems, ...issues, ...checkTogether(context)] };
  }
  const end = text.lastIndexOf("\n", slip.offset - 1) + 1;
  const sure = [...tree.problems, ...issues].filter(({ offset, message }) => offset < end && !absences.has(message));
  return { config: undefined, problems: sure };
}

/**
 * Values with variables are text at first; where a number or true or false is expected they are read again. So a secret of
 * digits stays text, and a port is a number.
 */
function parseRereading(tree: Tree): z.ZodSafeParseResult<z.output<typeof configSchema>> {
  const first = configSchema.safeParse(tree.data);
  const reread = (first.error?.issues ?? []).filter(
    (issue) =>
      issue.code === "invalid_type" && ["number", "boolean"].includes(issue.expected) && tree.reread(issue.path),
  );
  return reread.length === 0 ? first : configSchema.safeParse(tree.data);
}

/** An alias shows what it stands for at several paths of one place. */
function withoutRepeats(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ line, column, key, message }) => {
    const id = JSON.stringify([line, column, key, message]);
    const fresh = !seen.has(id);
    seen.add(id);
    return fresh;
  });
}

const tooLarge = "the file is larger than 1 MiB";

const empty = {
  message: "the file is empty",
  hint: "save it again; if every key is to have its default, restart Deskhand with it",
};

/** Whether a text has nothing but blank lines, comments and the marks around a document. */
function isEmpty(text: string): boolean {
  return text.split(/\r?\n/).every((line) => /^\s*((---|\.\.\.)\s*)?(#.*)?$/.test(line));
}

async function readFromDisk(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const bytes = size > maxBytes ? new Uint8Array() : await file.readFile();
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      throw Object.assign(new Error("UTF-16"), { code: "ERR_UTF_16" });
    }
    // Whether it is a text at all is not asked of a file that is refused for its size.
    return size > maxBytes ? " ".repeat(maxBytes + 1) : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } finally {
    await file.close();
  }
}

function describeReadError(error: unknown): Pick<ConfigProblem, "message" | "hint"> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { message: "there is no such file", hint: "name one with --config FILE" };
    case "EISDIR":
      return { message: "this is a directory, not a file", hint: "name a file with --config FILE" };
    case "EACCES":
    case "EPERM":
      return {
        message: "the file may not be read by the user that runs Deskhand",
        hint: "change its owner or its mode, or name another with --config FILE",
      };
    case "ERR_UTF_16":
      return { message: "the file is UTF-16 text", hint: "save it as UTF-8" };
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return { message: "the file is not UTF-8 text", hint: "save it as UTF-8" };
    default:
      return { message: code === "" ? "the file cannot be read" : `the file cannot be read (${code})` };
  }
}
