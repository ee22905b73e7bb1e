import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";

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
 * Reads the page's files, by the names under which they are served. TypeScript becomes JavaScript by taking its types
 * away. Rejects when a file cannot be read.
 */
export async function loadAssets(locale: "auto" | "en" | "zh"): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(folder);
  const entries = names.map(async (name): Promise<readonly [string, Asset] | undefined> => {
    const served = name.replace(/\.ts$/, ".js");
    const type = types[served.slice(served.lastIndexOf(".") + 1)];
    if (type === undefined) return undefined;
    const source = await readFile(new URL(name, folder), "utf8");
    const body = name.endsWith(".ts") ? toJavaScript(source) : source.replaceAll("{{locale}}", locale);
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    return [served, { type, body, etag }];
  });
  return new Map((await Promise.all(entries)).filter((entry) => entry !== undefined));
}

function toJavaScript(source: string): string {
  return stripTypeScriptTypes(source).replace(/(\bfrom "\.\/[\w-]+)\.ts"/g, '$1.js"');
}
