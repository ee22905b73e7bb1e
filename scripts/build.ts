// `npm run build`: writes dist/, which is what the package carries, as Node takes types out of no file under node_modules. Types
// become blanks, so that every line and column of an error is that of the sources.
import { cp, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { toJavaScript } from "./to-javascript.ts";

const root = new URL("../", import.meta.url);
const dist = new URL("dist/", root);

await rm(dist, { recursive: true, force: true });
let modules = 0;
for await (const found of glob(["src/**/*", "adapters/**/*"], { cwd: fileURLToPath(root), withFileTypes: true })) {
  if (!found.isFile()) {
    continue;
  }
  const from = `${found.parentPath}/${found.name}`;
  const to = fileURLToPath(new URL(from.slice(fileURLToPath(root).length), dist));
  await mkdir(dirname(to), { recursive: true });
  if (from.endsWith(".ts")) {
    await writeFile(to.replace(/\.ts$/, ".js"), toJavaScript(await readFile(from, "utf8")));
    modules += 1;
  } else {
    await cp(from, to);
  }
}
for (const name of ["app.yaml", "app.schema.json"]) {
  await cp(new URL(name, root), new URL(name, dist));
}
const { name, version, type } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
await writeFile(new URL("package.json", dist), `${JSON.stringify({ name, version, type }, undefined, 2)}\n`);
process.stderr.write(`dist/ has ${modules} modules.\n`);
