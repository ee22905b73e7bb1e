import { expect, it } from "vitest";
import { toJavaScript } from "../../scripts/to-javascript.ts";

it("blanks types, so that every line and column stays where it was", () => {
  const source = 'import type { A } from "./a.ts";\nexport const b = (a: A): string => a.text; // ü\n';
  const made = toJavaScript(source);
  expect(made.length).toBe(source.length);
  expect(made.split("\n").map((line) => line.trimEnd().length)).toEqual([0, 47, 0]);
  expect(made.indexOf("a.text")).toBe(source.indexOf("a.text"));
});

it("gives the project's modules their new names, wherever they are imported, and leaves packages alone", () => {
  expect(
    toJavaScript('import { a } from "../x/a.ts";\nexport * from "./b.ts";\nconst c = await import("./c.ts");'),
  ).toBe('import { a } from "../x/a.js";\nexport * from "./b.js";\nconst c = await import("./c.js");');
  expect(toJavaScript('import z from "z.ts";\nconst name = "./d.ts";')).toBe(
    'import z from "z.ts";\nconst name = "./d.ts";',
  );
});
