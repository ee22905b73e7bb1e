import { constants } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join, parse } from "node:path";

/** Names that are tried before it is given up. */
const mostTries = 1_000;

/**
 * Copies a file into a folder, never over another one: where there is one of its name, `-2`, `-3` and so on are added to it.
 * Resolves with the path. Rejects when it cannot be written.
 */
export async function placeFile(from: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let count = 1; count <= mostTries; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem}-${count}${ext}`);
    try {
      await copyFile(from, path, constants.COPYFILE_EXCL);
      return path;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw error;
      }
    }
  }
  throw new Error(`There are ${mostTries} files called ${name} already.`);
}
