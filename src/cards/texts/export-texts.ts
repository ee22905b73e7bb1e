import type { Advice } from "./texts.ts";

/** What is said of a file of the whole result. */
export interface ExportTexts {
  readonly title: string;
  readonly reading: string;
  readonly progress: (rows: number, total: number) => string;
  readonly size: string;
  readonly file: string;
  /** A size in the units that people read. */
  readonly bytes: (bytes: number) => string;
  readonly sent: string;
  /** Written to the disk of whoever asked. */
  readonly written: (path: string) => string;
  readonly tooMany: (total: number, limit: number) => Advice;
  readonly tooLarge: (bytes: number, limit: number) => Advice;
  readonly notSent: Readonly<Record<"permission" | "failed" | "disk", Advice>>;
  /** The file in another format. */
  readonly as: (format: string) => string;
  /** The file of what has this value alone. */
  readonly only: (value: string) => string;
}
