import type { Command, CommandProblem, ExportCommand, ListCommand, SummaryCommand } from "../commands/index.ts";
import type { FleetFailure, Listing, Runtime, Summary, TooLarge, Wait } from "../fleet/index.ts";
import type { DeskAnswer } from "./desk-answer.ts";

/** Why a folder took no file. */
export type UnwrittenReason = "denied" | "full" | "missing" | "other";

/** A folder that took no file. */
export interface Unwritten {
  readonly folder: string;
  /** Whether it is the system's for temporary files; otherwise it is the one that the file was to lie in. */
  readonly temporary: boolean;
  readonly reason: UnwrittenReason;
}

/** What came of a command, as data; `toCard` makes the picture of it. */
export type Answer =
  | DeskAnswer
  | {
      readonly kind: "list";
      readonly command: ListCommand;
      readonly listing: Listing;
      /** The providers that can be picked. */
      readonly providers: readonly string[];
      /** Whether who is authorised may be shown at all. */
      readonly showsUsers: boolean;
      /** That there is no runtime at all, though neither filters nor rights narrowed the list. */
      readonly nothingAtAll?: boolean | undefined;
      /** Whether the whole of it may be had as a file. */
      readonly canExport: boolean;
    }
  | {
      readonly kind: "summary";
      readonly command: SummaryCommand;
      readonly summary: Summary;
      readonly canExport: boolean;
    }
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
      /** Whether who did what may be asked for. */
      readonly canAudit?: boolean | undefined;
    }
  | { readonly kind: "problem"; readonly problem: CommandProblem }
  | { readonly kind: "failure"; readonly command: Command; readonly failure: FleetFailure; readonly traceId?: TraceId }
  /** The answer is on its way; an update of the same card brings it. */
  | { readonly kind: "working"; readonly command: Command; readonly wait: Wait | "working" }
  /** A file is being made; so many of so many runtimes were read, where that is known. */
  | {
      readonly kind: "exporting";
      readonly command: ExportCommand;
      readonly rows?: number | undefined;
      readonly total?: number | undefined;
    }
  | {
      readonly kind: "exported";
      readonly command: ExportCommand;
      readonly file: ExportedFile;
      /** Into the chat, or to the disk of whoever asked. */
      readonly sent: "chat" | "here";
      /** Where it was written. */
      readonly path?: string | undefined;
    }
  /** More runtimes would have to be read than go into one file. */
  | {
      readonly kind: "export-too-many";
      readonly command: ExportCommand;
      readonly total: number;
      readonly limit: number;
    }
  /** The file has more bytes than can be sent where it goes. */
  | {
      readonly kind: "export-too-large";
      readonly command: ExportCommand;
      readonly bytes: number;
      readonly limit: number;
    }
  | {
      readonly kind: "export-not-sent";
      readonly command: ExportCommand;
      /** The platform did not take it, or failed, or may have taken it; or it could not be written here. */
      readonly reason: "refused" | "failed" | "maybe" | "disk";
      /** Of a disk: the folder that took no file, where whoever asks is the one who can mend it. */
      readonly unwritten?: Unwritten | undefined;
    }
  /**
   * `asker`: where nothing at all is allowed, the ids that whoever runs the bot needs to allow it. `because`: it asks for users
   * where they are not shown.
   */
  | { readonly kind: "refused"; readonly asker?: Where | undefined; readonly because?: "users" | undefined }
  /** What the bot says when it was added to a chat. `allowed`: whether anything can be asked for there. */
  | { readonly kind: "hello"; readonly allowed: boolean; readonly where: Where }
  | { readonly kind: "late"; readonly minutes: number }
  /** What was written holds no text: a picture, a file. */
  | { readonly kind: "unread" }
  /** This user, or this chat, asks too much too fast. */
  | { readonly kind: "too-fast" }
  | { readonly kind: "busy"; readonly command: Command | undefined }
  /** A fault of ours: it stands in the log. */
  | { readonly kind: "internal"; readonly command: Command | undefined; readonly traceId?: TraceId };

/** By which whoever runs the bot finds in the log and in traces what went wrong. */
type TraceId = string | undefined;

/** What a file holds. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
  /** False: the list moved while it was read, so that some runtimes may be missing. */
  readonly complete: boolean;
  /** Rows that could not be read. */
  readonly unreadable: number;
}

/** A chat and a user, by the ids that access rules use. */
export interface Where {
  readonly chat: string;
  readonly user: string;
}
