import { parseArgs } from "node:util";
import { callOf } from "./own-files.ts";
import { configPath, readConfig } from "./read-config.ts";
import { backUpStore, restoreStore } from "./store/index.ts";
import { complain, type ExitCode, say } from "./terminal.ts";

/** `backup --to FILE`: copies the embedded store of the configuration into a new file, also while a bot runs on it. */
export async function runBackup(argv: readonly string[]): Promise<ExitCode> {
  const call = await readCall(argv, "to");
  if (typeof call === "number") {
    return call;
  }
  const { file, directory } = call;
  const done = await backUpStore({ directory, to: file });
  if (!done.ok) {
    complain(done.reason);
    return 1;
  }
  say(`The store in ${directory} is in ${file} now: ${size(done.bytes)}, tables of version ${done.version}, checked.`);
  return 0;
}

/** `restore --from FILE`: puts such a copy in the place of the embedded store, and keeps what was there beside it. */
export async function runRestore(argv: readonly string[]): Promise<ExitCode> {
  const call = await readCall(argv, "from");
  if (typeof call === "number") {
    return call;
  }
  const { file, directory } = call;
  const done = await restoreStore({ directory, from: file, now: Date.now() });
  if (!done.ok) {
    complain(done.reason);
    return 1;
  }
  say(`The store in ${directory} is what ${file} holds now, with tables of version ${done.version}.`);
  say(done.kept === undefined ? "There was none before." : `What was there before is in ${done.kept}.`);
  if (done.keptNewer !== undefined) {
    say(
      `A later release wrote that, with tables of version ${done.keptNewer}: this release cannot use it, and what happened since ` +
        "the copy was made is in it alone. Keep it until you know that you do not go back to that release.",
    );
  }
  return 0;
}

/** The file of a call and the directory of the store, or the exit code of a call that cannot be carried out. */
async function readCall(
  argv: readonly string[],
  option: "to" | "from",
): Promise<{ readonly file: string; readonly directory: string } | ExitCode> {
  const command = option === "to" ? "backup" : "restore";
  const read = readOptions(argv, option);
  if (typeof read === "string") {
    complain(`${read}\nUsage: ${callOf(command)}--${option} FILE [--config FILE]`);
    return 2;
  }
  const config = await readConfig(configPath(read.config));
  if (config === undefined) {
    return 2;
  }
  const { url } = config.store;
  if (url.kind === "file") {
    return { file: read.file, directory: url.directory };
  }
  complain(
    url.kind === "memory"
      ? "The store is in memory (store.url): nothing of it is on disk."
      : `The store is PostgreSQL (store.url): ${option === "to" ? "pg_dump makes a copy" : "pg_restore puts one back"}.`,
  );
  return 1;
}

/** The options of a call; a sentence when they make none. */
function readOptions(
  argv: readonly string[],
  option: "to" | "from",
): { readonly file: string; readonly config: string | undefined } | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { to: { type: "string" }, from: { type: "string" }, config: { type: "string" } },
    });
    const { [option]: file, [option === "to" ? "from" : "to"]: other, config } = values;
    if (file === undefined || file === "" || other !== undefined) {
      return `Which file? --${option} names it.`;
    }
    return { file, config };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
