import { type Document, type ErrorCode, isCollection, isPair, isScalar, type YAMLError } from "yaml";
import type { Found } from "./problem.ts";

/** Deeper values are refused anyway. */
const maxDepth = 20;

type Advice = Pick<Found, "message" | "hint">;

const unfitting: Advice = {
  message: "this does not fit here",
  hint: "put text that holds a quote, a bracket or ': ' in quotes as a whole",
};
const indentation: Advice = {
  message: "the indentation does not fit the lines above",
  hint: "indent keys that belong together equally, by two blanks",
};
const twoKeys: Advice = {
  message: "a key cannot stand inside the value of another key",
  hint: "put each key on its own line, equally indented; put text that holds ': ' in quotes",
};

/** The parser's own messages repeat pieces of the file, which may be secret: these do not. */
const advice: Partial<Record<ErrorCode, Advice>> = {
  TAB_AS_INDENT: { message: "a tab cannot indent a line", hint: "use two blanks for each level" },
  BAD_INDENT: indentation,
  BLOCK_IN_FLOW: indentation,
  BLOCK_AS_IMPLICIT_KEY: twoKeys,
  MULTILINE_IMPLICIT_KEY: twoKeys,
  BAD_SCALAR_START: { message: "a value cannot begin with this character", hint: "put the value in quotes" },
  BAD_DQ_ESCAPE: {
    message: "there is no such escape after \\ in double quotes",
    hint: "use single quotes, or write \\\\ for a backslash",
  },
  MISSING_CHAR: {
    message: "something is missing: a quote or a bracket that closes, a comma, or the colon and blank after a key",
  },
  MULTIPLE_DOCS: { message: "a second document begins here", hint: "leave out the line ---" },
  TAG_RESOLVE_FAILED: { message: "this tag is not known", hint: "leave out the word with !" },
  RESOURCE_EXHAUSTION: { message: "this is nested too deeply" },
};

/** What is wrong with the YAML itself, at most one problem a line: one slip makes the parser stumble several times. */
export function findSyntaxProblems(document: Document, source: string): readonly Found[] {
  const errors = [...document.errors, ...document.warnings].toSorted((one, two) => one.pos[0] - two.pos[0]);
  const openings = new Map<number, number>();
  if (errors.length > 0) {
    collectOpenings(document.contents, openings, 0);
  }
  const problems = new Map<number, Found>();
  for (const problem of errors.map((error) => describeSlip(error, openings, source))) {
    const line = source.lastIndexOf("\n", problem.offset - 1);
    if (!problems.has(line)) {
      problems.set(line, problem);
    }
  }
  return [...problems.values()];
}

function describeSlip(error: YAMLError, openings: ReadonlyMap<number, number>, source: string): Found {
  // The parser notices what does not close where the file or the section ends: far from the slip.
  const unclosed = /^(?:Missing closing .*quote|Flow .* end with a .)/.test(error.message);
  const start = unclosed ? openings.get(error.pos[0]) : undefined;
  if (start !== undefined) {
    return { offset: start, key: "", message: `the ${nameOf(source[start])} that opens here does not close` };
  }
  return { offset: Math.min(error.pos[0], source.length), key: "", ...adviceFor(error, source) };
}

/** Notes by their end where values in quotes, braces and brackets begin; the outermost where several end together. */
function collectOpenings(node: unknown, openings: Map<number, number>, depth: number): void {
  if (isPair(node)) {
    collectOpenings(node.key, openings, depth);
    collectOpenings(node.value, openings, depth);
    return;
  }
  const opens = isCollection(node) ? node.flow : isScalar(node) && node.type?.startsWith("QUOTE");
  if ((isCollection(node) || isScalar(node)) && opens && node.range && !openings.has(node.range[1])) {
    openings.set(node.range[1], node.range[0]);
  }
  if (isCollection(node) && depth < maxDepth) {
    for (const item of node.items) {
      collectOpenings(item, openings, depth + 1);
    }
  }
}

function nameOf(character: string | undefined): string {
  switch (character) {
    case "{":
      return "brace";
    case "[":
      return "bracket";
    default:
      return "quote";
  }
}

function adviceFor(error: YAMLError, source: string): Advice {
  // In { } and [ ] an unquoted ${…} ends at its brace, and the parser stumbles at or one character before it.
  if (/^\$?\{/.test(source.slice(error.pos[0])) && source.slice(error.pos[0] - 1).match(/^.?\$\{/) !== null) {
    return { message: "this does not fit here", hint: `inside { } and [ ] put variables in quotes: "\${NAME}"` };
  }
  const line = source.slice(source.lastIndexOf("\n", error.pos[0] - 1) + 1).split("\n", 1)[0] ?? "";
  if (/[:{,]\s*memory:\s*(?:[},#]|$)/.test(line)) {
    return { message: "a value that ends in a colon is taken for a key", hint: 'put it in quotes: "memory:"' };
  }
  if (/^[[\s,:-]?\*/.test(source.slice(error.pos[0])) || /[:[,-]\s*\*\s*(?:[\],]|$)/.test(line)) {
    return { message: "an asterisk begins an alias here", hint: 'put it in quotes: "*"' };
  }
  return advice[error.code] ?? unfitting;
}
