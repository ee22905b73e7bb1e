// `npm run sbom`, which `npm pack` runs after the build: writes the bill of materials into dist/, with the packages that the lock
// file names and that are installed with Deskhand.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { billOfMaterials } from "./bill-of-materials.ts";
import { readLockFile, shippedLock } from "./lock-file.ts";

const root = new URL("../", import.meta.url);
const {
  scripts: _,
  devDependencies: __,
  ...project
} = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
const lock = readLockFile(await readFile(new URL("package-lock.json", root), "utf8"));
// npm's own --omit=dev leaves out packages that development needs as well, pg and zod among them.
const folder = await mkdtemp(join(tmpdir(), "deskhand-sbom-"));
try {
  await writeFile(join(folder, "package.json"), JSON.stringify(project));
  await writeFile(join(folder, "package-lock.json"), JSON.stringify(shippedLock(lock)));
  const { stdout } = await promisify(execFile)("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
    ...{ cwd: folder, maxBuffer: 16_777_216, timeout: 120_000 },
  });
  await writeFile(new URL("dist/sbom.json", root), billOfMaterials(stdout));
} finally {
  await rm(folder, { recursive: true, force: true });
}
