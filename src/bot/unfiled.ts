import type { Answer } from "../cards/index.ts";
import type { ExportCommand } from "../commands/index.ts";
import type { Exported } from "./exporter.ts";

/** What is answered to an export of which no file came. */
export function unfiledAnswer(command: ExportCommand, exported: Exclude<Exported, { kind: "file" }>): Answer {
  switch (exported.kind) {
    case "too-many":
      return { kind: "export-too-many", command, total: exported.total, limit: exported.limit };
    case "too-large":
      return { kind: "export-too-large", command, bytes: exported.bytes, limit: exported.limit };
  }
}
