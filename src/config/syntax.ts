import { type Document, type ErrorCode, isCollection, isNode, visit, type YAMLError } from "yaml";
import type { Found } from "./problem.ts";

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
  const problems = new Map<number, Found>();
  const found = [...document.errors, ...document.warnings].map((error) => describeSlip(error, document, source));
  for (const problem of found.toSorted((one, two) => one.offset - two.offset)) {
    const line = source.lastIndexOf("\n", problem.offset - 1);
    if (!problems.has(line)) {
      problems.set(line, problem);
    }
  }
  return [...problems.values()];
}

function describeSlip(error: YAMLError, document: Document, source: string): Found {
  // The parser notices what does not close where the file or the section ends: far from the slip.
  const open = /^(?:Missing closing .*quote|Flow .* end with a .)/.test(error.message)
    ? findOpening(document, error.pos[0])
    : undefined;
  if (open !== undefined) {
    return { offset: open, key: "", message: `the ${nameOf(source[open])} that opens here does not close` };
  }
  return { offset: Math.min(error.pos[0], source.length), key: "", ...adviceFor(error, source) };
}

/** Where the outermost value begins that the parser gave up at `end`. */
function findOpening(document: Document, end: number): number | undefined {
  const starts: number[] = [];
  visit(document, {
    Node(_, node) {
      const quoted = !isCollection(node) && "type" in node && String(node.type).startsWith("QUOTE");
      const enclosed = quoted || (isCollection(node) && node.flow === true);
      if (isNode(node) && enclosed && node.range?.[1] === end) {
        starts.push(node.range[0]);
      }
    },
  });
  return starts.length === 0 ? undefined : Math.min(...starts);
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
  return advice[error.code] ?? unfitting;
}
