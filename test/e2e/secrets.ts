import { expect } from "vitest";
import type { CommonRig } from "./rig.ts";

/**
 * Stops the bot, and looks for secrets in all that it has said and stored, which holds `known`. `markers` find what would
 * stand beside a secret.
 */
export async function expectNoSecret(
  bot: Pick<CommonRig, "log" | "shown" | "get" | "stored" | "stop">,
  secrets: readonly string[],
  { known, markers }: { readonly known: string; readonly markers: RegExp },
): Promise<void> {
  const answers = await Promise.all(["/metrics", "/readyz", "/healthz", "/lark/events", "/nothing"].map(bot.get));
  const during = await bot.stored();
  await bot.stop();
  const places = {
    log: bot.log.join(""),
    shown: bot.shown(),
    answers: answers.join("\n"),
    stored: during + (await bot.stored()),
  };
  expect(places.stored).toContain(known);
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(0);
    // Their numbers: a failure prints no secret.
    expect(
      secrets.flatMap((secret, index) => (formsOf(secret).some((form) => text.includes(form)) ? [index] : [])),
      place,
    ).toEqual([]);
    expect(text, place).not.toMatch(markers);
  }
}

/** A secret as it is, and as it may be written in an address or a header. */
export function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString("base64");
  return [secret, encodeURIComponent(secret), base64.replace(/=+$/, ""), Buffer.from(secret).toString("base64url")];
}
