import type { Answer, Locale } from "../cards/index.ts";
import type { Command, DeskCommand } from "../commands/index.ts";
import type { CallOptions } from "../fleet/index.ts";
import type { Asker, Grant } from "./access.ts";

/** A command of somebody, in a chat. */
export interface DeskCall extends CallOptions {
  readonly asker: Asker;
  readonly grant: Grant;
  /** The language in which it is answered. */
  readonly locale: Locale;
  /** What tells this message or press from every other: the same delivered again has the same. */
  readonly origin: string;
}

/** What is kept for chats: watches, digests, views and languages. Nothing rejects: a store that fails is an answer. */
export interface Desk {
  /** Runs a command within a grant. */
  run(command: DeskCommand, call: DeskCall): Promise<Answer>;
  /** The command with the filters of its view in place of the view, or what to answer where there is no such view. */
  widen(command: Command, asker: Asker): Promise<{ readonly command: Command } | { readonly answer: Answer }>;
  /** The language that a chat has chosen; undefined: the reader's own. Known for some seconds, so that it costs nothing. */
  language(place: Pick<Asker, "channel" | "chat">): Promise<Locale | undefined>;
}
