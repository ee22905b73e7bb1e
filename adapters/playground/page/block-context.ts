import type { Locale } from "../../../src/cards/index.ts";
import type { Texts } from "./texts.ts";

/** What a block needs beside itself. */
export interface BlockContext {
  readonly texts: Texts;
  readonly cardLocale: Locale;
  /** Runs a command that the card carries. `key` is the `data-key` of what was pressed. */
  press(text: string, key: string): void;
  /** Puts a command into the composer. */
  edit(text: string): void;
  /** Tells the person a word. */
  notify(text: string, colour: "green" | "orange" | "red"): void;
}
