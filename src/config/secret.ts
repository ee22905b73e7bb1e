import { inspect } from "node:util";

const brand: unique symbol = Symbol("secret");
const mask = "[secret]";

/**
 * A text that must not be seen. It prints as `[secret]` in strings, templates, JSON, logs and `util.inspect`; spread or
 * cloned it is an empty object. Only `reveal()` gives the text.
 */
export interface Secret {
  readonly [brand]: true;
  /** The text itself, for the one call that needs it. May be empty: the key was not set. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a text so that it does not print. */
export function createSecret(text: string): Secret {
  const hidden = () => mask;
  // Nothing is enumerable: a spread or a structured clone copies nothing, and finds no function that it could not clone.
  const secret: Secret = Object.create(null, {
    [brand]: { value: true },
    reveal: { value: () => text },
    toString: { value: hidden },
    toJSON: { value: hidden },
    [Symbol.toPrimitive]: { value: hidden },
    [inspect.custom]: { value: hidden },
  });
  return Object.freeze(secret);
}

/** Whether a value was made by `createSecret`. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && brand in value;
}

/** The texts of all secrets inside a value, each once, without empty ones: what a log scrubber has to look for. */
export function secretTexts(value: unknown): readonly string[] {
  if (isSecret(value)) {
    const text = value.reveal();
    return text === "" ? [] : [text];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return [...new Set(Object.values(value).flatMap((inner) => secretTexts(inner)))];
}
