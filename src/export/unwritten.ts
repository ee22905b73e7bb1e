import type { UnwrittenReason } from "../cards/index.ts";

const reasons: Readonly<Record<string, UnwrittenReason>> = {
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "denied",
  ENOSPC: "full",
  EDQUOT: "full",
  ENOENT: "missing",
  ENOTDIR: "missing",
};

/** Why a folder took no file; undefined when the error is not one of the system about a file. */
export function unwrittenReason(error: unknown): UnwrittenReason | undefined {
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined);
  return code === undefined ? undefined : (reasons[code] ?? "other");
}

/** The system's code; those of Node's own faults begin otherwise. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "syscall" in error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
