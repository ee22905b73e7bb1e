import { type Context, found } from "./describe.ts";
import type { Found, Path } from "./problem.ts";

/** Texts that YAML takes as they stand and that were surely meant otherwise: variables of a shell, and quotes of a word processor. */
export function checkLooks(context: Context): readonly Found[] {
  return textsIn(context.tree.data, []).flatMap(([path, text]) => {
    // What a variable brought is not looked at.
    const isOwn = context.tree.place(path)?.variables.length === 0;
    const look = isOwn ? looks.find(({ pattern }) => pattern.test(text)) : undefined;
    return look === undefined ? [] : [found(context, path, look.message, look.hint(text))];
  });
}

const looks = [
  {
    pattern: /^(?:\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]*%)$/,
    message: "is no variable as it is written, but a text",
    hint: (text: string) => `write \${${text.replace(/[$%]/g, "")}}`,
  },
  {
    pattern: /^[“”„‘’«「]/,
    message: "begins with a quote that YAML does not know",
    hint: () => "use the straight quotes \" or '",
  },
];

function textsIn(value: unknown, path: Path): readonly (readonly [Path, string])[] {
  if (typeof value === "string") {
    return [[path, value]];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => textsIn(item, [...path, index]));
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]))
    : [];
}
