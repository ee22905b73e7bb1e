/** What the bot writes to its log; a pino logger is one. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * What of a fault goes into the log: its name, its words without addresses, which may hold tokens, and where it came from.
 * Nothing of what SDKs hang on their errors: that is whole requests, with cards and keys.
 */
export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly at: readonly string[];
  /** What to do, where whoever threw it knows that. */
  readonly todo?: string | undefined;
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: "", at: [] };
  }
  const { name, message, stack = "" } = error;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: withoutAddresses(message).slice(0, 300),
    at: frames.slice(0, 20).map((line) => line.trim()),
    ...("todo" in error && typeof error.todo === "string" && { todo: error.todo }),
  };
}

/** A text of a library without addresses, which may hold tokens and passwords. */
export function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, "[address]");
}
