import type { z } from "zod";
import { nearestWord } from "../commands/index.ts";
import { adviseKey } from "./keys.ts";
import { otherName, shorterForm } from "./other-names.ts";
import { type Found, formatPath, type Path } from "./problem.ts";
import type { Shown } from "./shown.ts";
import type { Tree } from "./tree.ts";

type Issue = z.core.$ZodIssue;

/** What is needed to say something about the values of one file. */
export interface Context {
  readonly tree: Tree;
  readonly shown: Shown;
  /** Every key there is, as `keysOf` gives them. */
  readonly known: readonly string[];
}

const missing = "is missing";
const empty = "has no value";

/** What is said of a value that is not there. In a file with slips it may be there, and have been misread. */
export const absences: ReadonlySet<string> = new Set([missing, empty]);

/** Finds the value at a path, undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    const inside = typeof value === "object" && value !== null && Object.hasOwn(value, step);
    return inside ? Reflect.get(value, step) : undefined;
  }, data);
}

/** Where a value stands; for one that is not in the file, where its section is named. */
function offsetAt(tree: Tree, path: Path): number {
  const own = tree.place(path);
  if (own !== undefined) {
    return own.offset;
  }
  for (let length = path.length - 1; length >= 0; length -= 1) {
    const place = tree.place(path.slice(0, length));
    if (place !== undefined) {
      return place.keyOffset;
    }
  }
  return 0;
}

/** Something that is wrong with the value at a path. */
export function found({ tree }: Context, path: Path, message: string, hint?: string): Found {
  return { offset: offsetAt(tree, path), key: formatPath(path), message, hint };
}

/** What the schema has to say, as problems. */
export function describeIssues(issues: readonly Issue[], context: Context): readonly Found[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => describeUnknownKey(issue.path, key, context));
    }
    const { path } = issue;
    const value = valueAt(context.tree.data, path);
    // A value that could not be read has its problem; whatever is missing below it is no news either.
    const told = path.some((_, index) => context.tree.unreadable(path.slice(0, index + 1)));
    const said = describe(issue, value, context);
    return told ? [] : [{ offset: offsetAt(context.tree, path), key: formatPath(path), ...said }];
  });
}

function describeUnknownKey(section: Path, key: string, { tree, known }: Context): Found {
  const place = section.length === 0 ? "this file" : formatPath(section);
  const path = [...section, key];
  return {
    offset: tree.place(path)?.keyOffset ?? offsetAt(tree, path),
    key: formatPath(path),
    message: `is not a key of ${place}`,
    hint: adviseKey(known, section, key),
  };
}

function describe(issue: Issue, value: unknown, { tree, shown }: Context): Pick<Found, "message" | "hint"> {
  const place = tree.place(issue.path);
  const words = wordsOf(issue);
  if (place === undefined) {
    const hint = words === undefined ? undefined : `write one of ${words.join(", ")}`;
    return { message: missing, hint };
  }
  if (value === null) {
    return { message: empty, hint: "give it one, or leave out the key" };
  }
  const said = shown.value(issue.path, value);
  if (words !== undefined && said !== undefined && typeof value !== "object") {
    const written = String(value);
    const near = nearestWord(written, words) ?? otherName(written, words) ?? shorterForm(written, words);
    return {
      message: `${said} is not one of ${words.join(", ")}`,
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    };
  }
  const complete = said === undefined || issue.message.startsWith("is ") || issue.message.startsWith("has ");
  const message = complete ? issue.message : `${issue.message}, not ${said}`;
  // A hint is made of the value: where that stays unsaid, or came from the environment, there is none.
  const sayable = said !== undefined && place.variables.length === 0;
  return { message, hint: sayable ? hintOf(issue, value, place.source ?? "") : undefined };
}

/** The words that a value can be, when it is a choice. */
function wordsOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === "invalid_value") {
    return issue.values.map(String);
  }
  return issue.code === "invalid_union" && "options" in issue ? issue.options?.map(String) : undefined;
}

function hintOf(issue: Issue, value: unknown, source: string): string | undefined {
  if (issue.code === "custom") {
    const hint: unknown = issue.params?.hint;
    return typeof hint === "string" ? hint : undefined;
  }
  if (issue.code !== "invalid_type") {
    return undefined;
  }
  if (typeof value === "object") {
    return issue.expected === "string"
      ? `put text with { } or [ ] in quotes; a variable is written \${NAME}`
      : undefined;
  }
  switch (issue.expected) {
    case "boolean":
      return hintForFlag(String(value));
    case "number":
      return hintForNumber(String(value));
    case "string":
      return `write it in quotes: "${source}"`;
    case "array":
      return "write it in brackets";
    case "object":
      return issue.path.at(-1) === "credentials" && value === "default"
        ? "did you mean { type: default }?"
        : hintForSection(String(value));
    default:
      return undefined;
  }
}

function hintForNumber(value: string): string | undefined {
  if (/^[-+]?\d+(?:\.\d+)?$/.test(value)) {
    return "write it without quotes";
  }
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(value)?.[1];
  if (percent !== undefined) {
    return `did you mean ${Number(percent) / 100}?`;
  }
  const bare = value.replace(/[,_ ']/g, "");
  return /^\d{1,3}(?:[,_ ']\d{3})+$/.test(value) ? `did you mean ${bare}?` : undefined;
}

/** A key without a blank after its colon is a text like any other. */
function hintForSection(value: string): string | undefined {
  if (/^[A-Za-z]+：/.test(value)) {
    return "write the colon after a key as : and put a blank after it";
  }
  return /^[A-Za-z]+:/.test(value) ? "put a blank after the colon" : undefined;
}

function hintForFlag(value: string): string | undefined {
  const yes = /^(?:yes|y|on|1|true|enabled?)$/i.test(value);
  const no = /^(?:no|n|off|0|false|disabled?)$/i.test(value);
  return yes || no ? `did you mean ${yes}?` : undefined;
}
