import type { Command, CommandProblem, ListCommand, SummaryCommand } from "../commands/index.ts";
import type { FleetFailure, Listing, Runtime, Summary, TooLarge, Wait } from "../fleet/index.ts";

/** What came of a command, as data; `toCard` makes the picture of it. */
export type Answer =
  | {
      readonly kind: "list";
      readonly command: ListCommand;
      readonly listing: Listing;
      /** The providers that can be picked. */
      readonly providers: readonly string[];
      /** Whether who is authorised may be shown at all. */
      readonly showsUsers: boolean;
    }
  | { readonly kind: "summary"; readonly command: SummaryCommand; readonly summary: Summary }
  | { readonly kind: "too-large"; readonly command: ListCommand | SummaryCommand; readonly tooLarge: TooLarge }
  | {
      readonly kind: "runtime";
      readonly command: Command;
      readonly runtime: Runtime;
      /** Whether the runtimes of one of its users may be asked for. */
      readonly byUser: boolean;
    }
  | {
      readonly kind: "choices";
      readonly command: Command;
      readonly target: string;
      readonly runtimes: readonly Runtime[];
      readonly showsUsers: boolean;
    }
  | { readonly kind: "missing"; readonly command: Command; readonly target: string }
  | {
      readonly kind: "help";
      readonly command: Extract<Command, { kind: "help" }>;
      readonly providers: readonly string[];
      /** Whether who is authorised may be asked for. */
      readonly byUser: boolean;
    }
  | { readonly kind: "problem"; readonly problem: CommandProblem }
  | { readonly kind: "failure"; readonly command: Command; readonly failure: FleetFailure }
  /** The answer is on its way; an update of the same card brings it. */
  | { readonly kind: "working"; readonly command: Command; readonly wait: Wait | "working" }
  /** `asker`: where nothing at all is allowed, the ids that whoever runs the bot needs to allow it. */
  | { readonly kind: "refused"; readonly asker?: Where | undefined }
  /** What the bot says when it was added to a chat. `allowed`: whether anything can be asked for there. */
  | { readonly kind: "hello"; readonly allowed: boolean; readonly where: Where }
  | { readonly kind: "late"; readonly minutes: number }
  /** This user, or this chat, asks too much too fast. */
  | { readonly kind: "too-fast" }
  | { readonly kind: "busy"; readonly command: Command | undefined }
  /** A fault of ours: it stands in the log. */
  | { readonly kind: "internal"; readonly command: Command | undefined };

/** A chat and a user, by the ids that access rules use. */
export interface Where {
  readonly chat: string;
  readonly user: string;
}
