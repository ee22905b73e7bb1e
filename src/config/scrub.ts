import { Buffer } from "node:buffer";
import { quote } from "../commands/index.ts";
import { secretTexts } from "./secret.ts";

/** Takes secrets out of a text. */
export type Scrub = (text: string) => string;

/**
 * Finds the secrets of some values wherever they stand in a text: as they are, and as they are written in a command, in JSON, in
 * an address, or in base64. The password of an address is one beside the address itself.
 */
export function createScrub(...values: readonly unknown[]): Scrub {
  return scrubOf(textsOf(values));
}

/** A secret that is shorter could be a word that people need in commands, characters. */
const shortestTyped = 8;

/**
 * The same for what people write and press, before anything is made of it: secrets of fewer than 8 characters stay, as a command
 * would be another one without them.
 */
export function createTypedScrub(...values: readonly unknown[]): Scrub {
  return scrubOf(textsOf(values).filter((text) => text.length >= shortestTyped));
}

function textsOf(values: readonly unknown[]): readonly string[] {
  return values.flatMap(secretTexts).flatMap((text) => [text, ...passwordsOf(text)]);
}

function scrubOf(texts: readonly string[]): Scrub {
  // Of two that begin alike the longer one is found.
  const forms = [...new Set(texts.flatMap(formsOf))].toSorted((one, two) => two.length - one.length);
  if (forms.length === 0) {
    return (text) => text;
  }
  const any = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|"), "g");
  return (text) => text.replace(any, "[secret]");
}

function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const base64 = bytes.toString("base64");
  const plain = [text, quote(text, "value").replace(/^"(.*)"$/s, "$1")];
  const forms = [
    ...plain.map((form) => JSON.stringify(form).slice(1, -1)),
    encodeURIComponent(text.toWellFormed()),
    base64,
  ];
  return [...plain, ...forms, base64.replace(/=+$/, ""), bytes.toString("base64url")];
}

function passwordsOf(text: string): readonly string[] {
  const password = URL.canParse(text) ? new URL(text).password : "";
  if (password === "") {
    return [];
  }
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
