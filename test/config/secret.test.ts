import { format, inspect } from "node:util";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createSecret, isSecret, secretTexts } from "../../src/config/index.ts";

const text = "hunter2-hunter2";
const secret = createSecret(text);

function logged(value: unknown): string {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  log.info({ value, inside: { value }, list: [value] }, `it is ${value}`);
  return lines.join("");
}

const outputs: Readonly<Record<string, () => string>> = {
  "String()": () => String(secret),
  "a template": () => `${secret}`,
  "+": () => `it is ${secret}`.concat(secret.toString()),
  "JSON.stringify": () => JSON.stringify({ secret, list: [secret] }),
  "util.inspect": () => inspect({ secret, list: [secret] }),
  "what console.log prints": () => format("%s %o %O %j", secret, secret, secret, secret),
  pino: () => logged(secret),
};

describe("a secret", () => {
  test("gives its text to reveal()", () => {
    expect(secret.reveal()).toBe(text);
  });

  test.each(Object.keys(outputs))("prints as [secret] in %s", (name) => {
    const output = outputs[name]?.() ?? "";
    expect(output).toContain("[secret]");
    expect(output).not.toContain(text);
  });

  test("gives nothing away when it is spread, assigned or cloned", () => {
    expect(inspect({ ...secret })).toBe("{}");
    expect(JSON.stringify(Object.assign({}, secret))).toBe("{}");
    expect(inspect(structuredClone({ secret }))).toBe("{ secret: {} }");
    expect(Object.keys(secret)).toEqual([]);
  });

  test("gives nothing away where everything hidden is inspected", () => {
    const shown = inspect(secret, { showHidden: true, customInspect: false, getters: true, depth: 9 });
    expect(shown).not.toContain(text);
  });

  test("gives nothing away in a validation error", () => {
    const result = z.object({ key: z.string() }).safeParse({ key: secret }, { reportInput: true });
    expect(result.success).toBe(false);
    expect(inspect(result.error, { depth: 9 })).not.toContain(text);
    expect(JSON.stringify(result.error)).not.toContain(text);
  });

  test("cannot be changed", () => {
    expect(Object.isFrozen(secret)).toBe(true);
  });

  test("is told from other values", () => {
    expect(isSecret(secret)).toBe(true);
    expect([isSecret(null), isSecret({}), isSecret({ reveal: () => text }), isSecret(text)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test("is found wherever it is in a value, once, and not when it is empty", () => {
    const value = { one: secret, list: [createSecret("other"), { again: createSecret(text) }], none: createSecret("") };
    expect(secretTexts(value)).toEqual([text, "other"]);
  });
});
