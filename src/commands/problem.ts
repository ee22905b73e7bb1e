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
    /** A word after a command that takes one of a few. */
    | {
        readonly kind: "unknown-choice";
        readonly command: string;
        readonly word: string;
        readonly allowed: readonly string[];
      }
    /** A word behind a command that is complete. */
    | { readonly kind: "nothing-more"; readonly word: string }
    | { readonly kind: "unknown-topic"; readonly word: string }
    | { readonly kind: "unknown-key"; readonly word: string }
    | { readonly kind: "key-elsewhere"; readonly key: Key }
    | { readonly kind: "missing-target"; readonly target: Target }
    /** A view without a name. */
    | { readonly kind: "missing-name" }
    /** A view that would hold nothing. */
    | { readonly kind: "missing-filters" }
    /** A digest without a time. */
    | { readonly kind: "missing-time" }
    /** The name of a view that is a word of the command. */
    | { readonly kind: "reserved-name"; readonly word: string }
    | { readonly kind: "missing-value"; readonly key: Key; readonly allowed: readonly string[] }
    | {
        readonly kind: "bad-value";
        readonly key: Key;
        readonly word: string;
        readonly allowed: readonly string[];
      }
    | { readonly kind: "not-whole"; readonly key: Key; readonly word: string; readonly greatest: number }
    /** No time of the day. */
    | { readonly kind: "bad-time"; readonly key: Key; readonly word: string }
    | { readonly kind: "bad-zone"; readonly key: Key; readonly word: string }
    /** No place in an audit. */
    | { readonly kind: "bad-place"; readonly key: Key; readonly word: string }
    /** No duration, or none between two bounds, which are milliseconds. */
    | {
        readonly kind: "bad-duration";
        readonly key: Key;
        readonly word: string;
        readonly least: number;
        readonly most: number;
      }
    | { readonly kind: "value-too-long"; readonly limit: number }
    | { readonly kind: "too-many-values"; readonly key: Key; readonly limit: number }
    | { readonly kind: "one-value"; readonly key: Key }
    | { readonly kind: "exclusive"; readonly key: Key }
    /** `key=no` against another key, or against the subcommand that stands for it. */
    | { readonly kind: "contradiction"; readonly key: Key; readonly other: Key | "risks" }
  );

/** What a command needs the name or the id of. */
export type Target = "runtime" | "alert" | "runtime-or-alert" | "runtime-or-all";

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

/** What a text says, or why it says nothing. */
export type Read<Value> = Value | Outline;

export function isOutline<Value extends object>(read: Value | Outline): read is Outline {
  return "span" in read;
}
