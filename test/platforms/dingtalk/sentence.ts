import type { z } from "zod";

/** The first thing that is wrong, and where. */
export function sentence(error: z.ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}`;
}
