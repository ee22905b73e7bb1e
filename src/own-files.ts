import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The path of a file that comes with Deskhand: it lies beside the folder of this module, in the sources as in the package. */
export function ownFile(name: "app.yaml" | "app.schema.json" | "package.json"): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** How a person calls Deskhand here: the package carries JavaScript and brings a program, the sources are run by npm. */
export const isPackage = import.meta.filename.endsWith(".js");

/** What is typed before a command's options: `npm run ask -- ` or `deskhand ask `. */
export function callOf(command: string): string {
  if (isPackage) {
    return `deskhand ${command} `;
  }
  return command === "start" ? "npm start -- " : `npm run ${command} -- `;
}

const packageSchema = z.object({ version: z.string() });

/** The version of this release. Rejects when its package.json is not there. */
export async function ownVersion(): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(ownFile("package.json"), "utf8"))).version;
}
