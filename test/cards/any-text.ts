import fc from "fast-check";

/** What somebody could have named a thing to harm who looks at it. */
const hostileTexts = [
  `<img src=x onerror="alert(1)"><script>alert(1)</script>`,
  "[pay](https://evil.example/) <at id=all></at> @everyone",
  "agent-\u202e017-gpj.exe\u2066",
  "bell\u0007 escape\u001b[31m null\u0000 line\nbreak\u2028",
  "ag\u200bent\ufeff-1",
  '"“”「」\\ , ， = ＝ : --key value',
  "/runtimes risk=no",
  "constructor",
  "__proto__",
  "toString",
  "\ud800 alone \udc00",
  "👩‍👩‍👧‍👦".repeat(40),
  "x".repeat(10_000),
  "長".repeat(10_000),
  "",
  " ",
] as const;

/** A text of somebody else. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("Running", "Stopped", "Migrating", "OPEN_CLAW", "linux", "feishu", "agent-1"),
  },
);

/** Something, or nothing. */
export const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
export const anyNames = fc.array(anyText, { maxLength: 4 });
