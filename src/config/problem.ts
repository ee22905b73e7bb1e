/** One thing that is wrong with the configuration, where it stands, and what to do. Holds no secret. */
export interface ConfigProblem {
  /** The file as it was named by the caller. */
  readonly file: string;
  /** From 1; 0 when the file as a whole is meant. */
  readonly line: number;
  /** From 1; 0 when the file as a whole is meant. */
  readonly column: number;
  /** Where it is in the structure, such as `access.rules[0].channel`; empty when it is no particular key. */
  readonly key: string;
  readonly message: string;
  /** What would mend it, when that can be said. */
  readonly hint?: string | undefined;
}

/** A problem that knows its place in the text only as an offset. */
export interface Found {
  readonly offset: number;
  readonly key: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Steps from the top of the file to a value: keys and, in lists, numbers from 0. */
export type Path = readonly PropertyKey[];

/** `["access", "rules", 0, "channel"]` → `access.rules[0].channel`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") {
      return `${text}[${step}]`;
    }
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

/** One line for a terminal: `app.yaml:12:5 fleet.source: … — did you mean simulator?` */
export function formatProblem(problem: ConfigProblem): string {
  const hint = problem.hint === undefined ? "" : ` — ${printable(problem.hint)}`;
  return `${formatFault(problem)}${hint}`;
}

/** The same without what would mend it. */
export function formatFault({ file, line, column, key, message }: ConfigProblem): string {
  const place = line > 0 ? `${file}:${line}:${column}` : `${file}:`;
  return printable(`${place} ${key === "" ? "" : `${key}: `}${message}`);
}

/** A key or a value of the file may hold anything: nothing of it may move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
