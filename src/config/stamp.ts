import { stat } from "node:fs/promises";

/** What is another text after every change of a file; undefined where there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeNs, size, ino } = await stat(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
