import { spawn } from "node:child_process";
import { once } from "node:events";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const program = fileURLToPath(new URL("./strip.js", import.meta.url));
const stripped = z.array(z.string());

/** Milliseconds; it takes some hundred. */
const deadline = 20_000;

/**
 * Makes JavaScript of sources in TypeScript by taking their types away. A process of its own does it: Node's compiler takes
 * 20 MB, and keeps them as long as its process lives. Rejects when a source is no TypeScript.
 */
export async function stripTypes(sources: readonly string[]): Promise<readonly string[]> {
  if (sources.length === 0) {
    // In the package the page is JavaScript already.
    return [];
  }
  const child = spawn(process.execPath, ["--no-warnings", program], {
    stdio: ["pipe", "pipe", "ignore"],
    timeout: deadline,
  });
  const closed = once(child, "close");
  // What it says when it ends before it has read everything; that there is no answer says it as well.
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(sources));
  const [answer] = await Promise.all([json(child.stdout), closed]);
  return stripped.parse(answer);
}
