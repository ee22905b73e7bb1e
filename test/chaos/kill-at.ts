// Kills the process that loads it (node --import) at one of its commits to the embedded store: with KILL_AT=before:3 before
// the third one is written, with KILL_AT=after:3 when it is on disk and nobody has heard of it. Commits count from the
// first SIGUSR2 on, or from the start with KILL_AT_START=yes.
import { DatabaseSync } from "node:sqlite";

const [side, count] = (process.env.KILL_AT ?? "").split(":");
let counting = process.env.KILL_AT_START === "yes";
let commits = 0;

process.on("SIGUSR2", () => {
  counting = true;
});

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** Does what commits, or dies before or after it. */
function committing<Result>(work: () => Result): Result {
  if (!counting) return work();
  commits += 1;
  if (commits !== Number(count)) return work();
  if (side === "before") die();
  const result = work();
  die();
  return result;
}

const { exec, prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql === "commit") committing(() => exec.call(this, sql));
  else exec.call(this, sql);
};

/** A statement outside a transaction is one of its own. */
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...given: Parameters<typeof prepare>) {
  const statement = prepare.apply(this, given);
  const [sql] = given;
  if (!/^\s*(?:insert|update|delete)\b/i.test(sql)) return statement;
  const alone = <Method extends object>(method: Method): Method =>
    new Proxy(method, {
      apply: (target, self, values) => {
        const work = () => Reflect.apply(Object(target), self, values);
        return this.isTransaction ? work() : committing(work);
      },
    });
  statement.run = alone(statement.run);
  statement.all = alone(statement.all);
  return statement;
};
