import { z } from "zod";
import { createSecret, type Secret } from "./secret.ts";

/** Where what must outlive a restart is kept. */
export type StoreUrl =
  /** The embedded store, in a directory; a relative one counts from the working directory. */
  | { readonly kind: "file"; readonly directory: string }
  /** Nothing outlives the process. */
  | { readonly kind: "memory" }
  /** The whole address is secret: it may hold a password. */
  | { readonly kind: "postgres"; readonly url: Secret };

const message = "must be file:DIR, memory: or postgres://user:password@host/database";

/** What is said of things that are often written; none of them repeats the value, which may hold a password. */
const messages = {
  postgres: `${message}; in a password, / ? # @ : and % are written as %2F %3F %23 %40 %3A and %25`,
  slashes: "must begin with postgres:// in small letters, with both slashes, for PostgreSQL",
  directory: "must begin with file: where a directory is meant, such as file:./data",
} as const;

/** Whether it can be read, and nothing of the password was taken for the server. */
function isPostgres(value: string): boolean {
  const rest = value.slice(value.indexOf("//") + 2);
  const at = rest.lastIndexOf("@");
  return URL.canParse(value) && !/[/?#]/.test(at === -1 || /[?].*@/.test(rest) ? "" : rest.slice(0, at));
}

/** `file:DIR`, `memory:` or `postgres://…`. */
export function storeUrl() {
  return z
    .string({ error: message })
    .max(1_000, { error: message })
    .transform((value, context): StoreUrl => {
      const store = readStoreUrl(value);
      if (typeof store === "string") {
        context.addIssue({ code: "custom", message: store, input: value });
        return z.NEVER;
      }
      return store;
    })
    .meta({ pattern: "^(?:file:.+|memory:|postgres(?:ql)?://.+)$" });
}

/** The store, or the fault as the end of a sentence; it does not repeat what was written, which may hold a password. */
function readStoreUrl(value: string): StoreUrl | string {
  if (value === "memory:") {
    return { kind: "memory" };
  }
  if (/^postgres(?:ql)?:\/\//.test(value)) {
    return isPostgres(value) ? { kind: "postgres", url: createSecret(value) } : messages.postgres;
  }
  if (/^postgres/i.test(value)) {
    return messages.slashes;
  }
  if (/^(?:\.{0,2}\/|sqlite:)/.test(value)) {
    return messages.directory;
  }
  const directory = /^file:(?:\/\/(?=\/))?(.+)$/s.exec(value)?.[1];
  if (directory === undefined || directory.startsWith("//")) {
    return message;
  }
  return directory.startsWith("~")
    ? "must name the directory in full: ~ does not stand for the home directory here"
    : { kind: "file", directory };
}
