import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { stripTypes } from "./strip-types.ts";

/** A file of the page, as it goes to a browser. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  /** A strong ETag: a hash of the body. */
  readonly etag: string;
}

const folder = new URL("./page/", import.meta.url);

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * The page's files, by the names under which they are served. They are read when they are asked for first: many a bot has the
 * playground switched on, and nobody there. Rejects when a file cannot be read, and tries again the next time.
 */
export function createAssets(locale: "auto" | "en" | "zh"): () => Promise<ReadonlyMap<string, Asset>> {
  let loading: Promise<ReadonlyMap<string, Asset>> | undefined;
  return () => {
    loading ??= loadAssets(locale).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Reads the page's files. TypeScript becomes JavaScript by taking its types away. */
async function loadAssets(locale: "auto" | "en" | "zh"): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => ({ name, source: await readFile(new URL(name, folder), "utf8") })),
  );
  const scripts = files.filter(({ name }) => name.endsWith(".ts"));
  const stripped = await stripTypes(scripts.map(({ source }) => source));
  const served = [
    ...scripts.map(({ name }, index) => ({ name: name.replace(/ts$/, "js"), body: withNames(stripped[index] ?? "") })),
    ...files.map(({ name, source }) => ({ name, body: source.replaceAll("{{locale}}", locale) })),
  ];
  return new Map(
    served.flatMap(({ name, body }): readonly (readonly [string, Asset])[] => {
      const type = types[name.slice(name.lastIndexOf(".") + 1)];
      return type === undefined ? [] : [[name, { type, body, etag: etagOf(body) }]];
    }),
  );
}

/** The modules' names of each other as they are served. */
function withNames(script: string): string {
  return script.replace(/(\bfrom "\.\/[\w-]+)\.ts"/g, '$1.js"');
}

function etagOf(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}
