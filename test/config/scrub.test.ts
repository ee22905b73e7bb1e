import fc from "fast-check";
import { expect, test } from "vitest";
import { printFilters } from "../../src/commands/index.ts";
import { createScrub, createSecret, createTypedScrub } from "../../src/config/index.ts";

/** As it stands in the canonical text of a command. */
const typed = (text: string) =>
  printFilters({ name: [text] })
    .slice("name=".length)
    .replace(/^"(.*)"$/s, "$1");

test("a secret is found however it is written", () => {
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: "grapheme" });
  fc.assert(
    fc.property(secret, fc.string(), (text, around) => {
      const scrub = createScrub({ key: createSecret(text) });
      const forms = [
        text,
        encodeURIComponent(text),
        Buffer.from(text).toString("base64"),
        JSON.stringify(text).slice(1, -1),
        typed(text),
        JSON.stringify(typed(text)).slice(1, -1),
      ];
      for (const form of forms) {
        fc.pre(!around.includes(form) && !"[secret]".includes(form));
        expect(scrub(`${around}${form} `)).not.toContain(`${form} `);
      }
    }),
  );
});

test("the password of an address is a secret of its own", () => {
  const scrub = createScrub({ url: createSecret("postgres://bot:p%40ss-word@host/db") });
  expect(scrub('password "p@ss-word" or p%40ss-word for postgres://bot:p%40ss-word@host/db')).toBe(
    'password "[secret]" or [secret] for [secret]',
  );
});

test("without secrets a text stays as it is", () => {
  expect(createScrub({ key: createSecret("") }, undefined)("nothing here")).toBe("nothing here");
});

test("a secret that begins like another is found whole", () => {
  const scrub = createScrub({ one: createSecret("s3cret"), other: createSecret("s3cret-of-another") });
  expect(scrub("s3cret-of-another s3cret")).toBe("[secret] [secret]");
});

test("what people write keeps words that are a short secret", () => {
  const scrub = createTypedScrub({ short: createSecret("running"), long: createSecret("run-ning") });
  expect(scrub("/runtimes status=running name=run-ning")).toBe("/runtimes status=running name=[secret]");
});
