import { expect } from "vitest";
import type { Desk } from "./desk.ts";
import type { Pressed } from "./driver.ts";
import { codesIn } from "./fleet.ts";

/** What the contract gives a press, milliseconds. */
export const pressDeadline = 2_000;

/** Presses what turns the card by the answer, and waits until everyone sees what who pressed sees. */
export async function turn(desk: Desk, card: string, label: string): Promise<Pressed> {
  const pressed = await desk.press(card, label);
  expect(pressed.how, `${label}: ${pressed.text}`).toBe("card");
  await desk.until(() => desk.see(card, "ben").words === desk.see(card).words, "everyone sees the turned card");
  return pressed;
}

/** Turns to the next page until there is none, and gives what each page shows, one after another. */
export async function walk(desk: Desk, card: string): Promise<readonly string[]> {
  const seen = [...codesIn(desk.see(card).words)];
  while (desk.see(card).buttons.includes("Next")) {
    await turn(desk, card, "Next");
    seen.push(...codesIn(desk.see(card).words));
  }
  return seen;
}
