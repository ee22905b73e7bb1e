import type { Key } from "./keys.ts";
import type { Span } from "./token.ts";

/** Why a text is not a command. `span` is the place in the text; what a person reads of it is written in cards/. */
export type CommandProblem = Place &
  (
    | { readonly kind: "not-a-command" }
    | { readonly kind: "too-long"; readonly limit: number }
    | { readonly kind: "unclosed-quote" }
    | { readonly kind: "unknown-command"; readonly word: string }
    | { readonly kind: "unknown-word"; readonly word: string }
    | { readonly kind: "unknown-topic"; readonly word: string }
    | { readonly kind: "unknown-key"; readonly word: string }
    | { readonly kind: "planned"; readonly word: string }
    | { readonly kind: "key-elsewhere"; readonly key: Key }
    | { readonly kind: "missing-target" }
    | { readonly kind: "missing-value"; readonly key: Key; readonly allowed: readonly string[] }
    | {
        readonly kind: "bad-value";
        readonly key: Key;
        readonly word: string;
        readonly allowed: readonly string[];
      }
    | { readonly kind: "not-whole"; readonly key: Key; readonly word: string; readonly greatest: number }
    | { readonly kind: "value-too-long"; readonly limit: number }
    | { readonly kind: "too-many-values"; readonly key: Key; readonly limit: number }
    | { readonly kind: "one-value"; readonly key: Key }
    | { readonly kind: "exclusive"; readonly key: Key }
    /** `key=no` against another key, or against the subcommand that stands for it. */
    | { readonly kind: "contradiction"; readonly key: Key; readonly other: Key | "risks" }
  );

interface Place {
  /** The text as it was given, cut when it is too long to read. */
  readonly text: string;
  readonly span: Span;
  /** What to put in place of the marked words: the nearest valid word, when there is one. */
  readonly nearest: string | undefined;
  /** The canonical text of the whole command with everything mended, when that makes a command. */
  readonly mended: string | undefined;
}

/** A problem before it is known where it stands in which text. */
export type Outline = CommandProblem extends infer Problem
  ? Problem extends CommandProblem
    ? Omit<Problem, "text" | "mended" | "nearest"> & { readonly nearest?: string | undefined }
    : never
  : never;
