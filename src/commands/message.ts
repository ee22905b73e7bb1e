import { limits } from "./command.ts";
import { type Parsed, parse } from "./parse.ts";
import { trimBlanks } from "./token.ts";

// What a chat client makes of a word that it takes for a link. A backslash before it, as canonical texts have, keeps it;
// two are a backslash of their own.
const link = /\[(?<=(?:^|[^\\])(?:\\\\){0,200}\[)([^[\]\n]{1,2000})\]\(([^()\s]{1,2000})\)/g;
const mention = /^(?:@\S{1,200}\s+){1,5}(?=[/／?？])/u;

/**
 * The command in a message that a person wrote: trimmed, without a mention at its beginning, links as the text that was
 * typed. Undefined when it is none: then the message is talk among people.
 */
export function commandText(message: string): string | undefined {
  const trimmed = trimBlanks(message);
  if (trimmed.length > limits.text) {
    return isCommand(trimmed.slice(0, 2_000).replace(mention, "")) ? trimmed : undefined;
  }
  const text = trimBlanks(trimmed.replace(link, "$1")).replace(mention, "");
  return isCommand(text) ? text : undefined;
}

function isCommand(text: string): boolean {
  return /^[/／]/u.test(text) || text === "?" || text === "？";
}

/** Reads the command in a message; talk is read as what it is not, so that a person who meant a command is answered. */
export function parseMessage(message: string): Parsed {
  return parse(commandText(message) ?? message);
}
