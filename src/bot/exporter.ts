import type { ListCommand } from "../commands/index.ts";
import type { CallOptions, Filters, Outcome, Runtime } from "../fleet/index.ts";
import type { ChatFile, FileLimits } from "./channel.ts";

/** What goes into a file. */
export interface ExportRequest {
  /** Who asks: nobody has more than a few files made at once. */
  readonly asker: string;
  readonly filters: ListCommand["filters"];
  /** Narrows further, and cannot be widened. */
  readonly scope: Filters;
  /** Undefined: whatever is plainest where it goes. */
  readonly format: "csv" | "xlsx" | undefined;
  readonly locale: "en" | "zh";
  /** A runtime as whoever asks may see it. */
  readonly see: (runtime: Runtime) => Runtime;
  /** Whether there is a column of users. */
  readonly showsUsers: boolean;
  /** What can be sent where it goes. */
  readonly files: FileLimits;
}

export interface ExportCall extends CallOptions {
  /** Told now and then how many rows of how many were read, as far as the API has told; the numbers can fall back. */
  readonly onProgress: (rows: number, total: number) => void;
}

/** What came of an export. */
export type Exported =
  | {
      readonly kind: "file";
      readonly file: ChatFile;
      readonly rows: number;
      /** False: the list moved while it was read, so that some runtimes may be missing. */
      readonly complete: boolean;
      /** Rows that could not be read. */
      readonly unreadable: number;
      /** Deletes the file; to be called once it was sent. Never rejects. */
      remove(): Promise<void>;
    }
  /** More runtimes than go into one file; no more than the first page of each list was read. */
  | { readonly kind: "too-many"; readonly total: number; readonly limit: number }
  /** The file is too large to be sent where it goes, packed as well. */
  | { readonly kind: "too-large"; readonly bytes: number; readonly limit: number };

/** Writes the whole result of a query to a file on this machine. */
export interface Exporter {
  /** Rejects when the file cannot be written, as on a full disk. */
  write(request: ExportRequest, call: ExportCall): Promise<Outcome<Exported>>;
}
