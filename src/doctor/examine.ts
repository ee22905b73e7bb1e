import { type Check, type Finding, type Found, parts } from "./check.ts";

export interface ExamineOptions {
  readonly checks: readonly Check[];
  /** For deadlines: resolves after so many milliseconds, rejects when the signal is aborted first. */
  readonly clock: { sleep(milliseconds: number, signal?: AbortSignal): Promise<void> };
  /** Gives up what is under way: nothing more is found from then on. */
  readonly signal: AbortSignal;
  /** Told of a check that rejected, with what it rejected with, which may hold anything. */
  readonly onFault: (check: Check, error: unknown) => void;
}

/** How long a check may take that says nothing of it, milliseconds. */
const usualDeadline = 10_000;

/**
 * Runs the checks, parts side by side, those of a part one after another, and yields one finding for each: in the order of
 * parts, and within one in the order given, as soon as it and those before it are there. A check is looked at when all that it
 * needs was looked at before and did not fail.
 */
export async function* examine(options: ExamineOptions): AsyncGenerator<Finding, void, undefined> {
  const findings = parts.flatMap((part) =>
    inTurn(
      options.checks.filter((check) => check.part === part),
      options,
    ),
  );
  for (const finding of findings) {
    const found = await finding;
    if (options.signal.aborted) {
      return;
    }
    yield found;
  }
}

/** A finding for each check, one begun when the one before is there. None of them rejects. */
function inTurn(checks: readonly Check[], options: ExamineOptions): readonly Promise<Finding>[] {
  /** The names that were looked at, and whether all checks of that name are well. */
  const well = new Map<string, boolean>();
  let last: Promise<unknown> = Promise.resolve();
  return checks.map((check) => {
    const finding = last.then(async (): Promise<Finding> => {
      const { part, name } = check;
      const missing = check.needs?.find((need) => well.get(need) !== true);
      const found: Found | { readonly state: "skipped"; readonly says: string } =
        missing === undefined
          ? await lookAt(check, options)
          : { state: "skipped", says: `This can be seen once ${missing} is well.` };
      const good = found.state === "ok" || found.state === "note";
      well.set(name, good && well.get(name) !== false);
      return { part, check: name, ...found };
    });
    last = finding;
    return finding;
  });
}

/** Looks for no longer than the deadline. Never rejects. */
async function lookAt(check: Check, { clock, signal, onFault }: ExamineOptions): Promise<Found> {
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, signal]);
  const deadline = check.deadline ?? usualDeadline;
  const late = clock.sleep(deadline, either).then(
    () => noAnswer(deadline),
    () => givenUp,
  );
  const looked = (async () => check.look(either))().catch((error: unknown): Found => {
    if (!either.aborted) {
      onFault(check, error);
    }
    return ownFault(error);
  });
  const found = await Promise.race([looked, late]);
  over.abort();
  return found;
}

function noAnswer(deadline: number): Found {
  const seconds = Math.round(deadline / 100) / 10;
  return {
    state: "failed",
    says: `There was no answer within ${seconds} s.`,
    todo: "Look after the network and the load of this machine, and try again.",
  };
}

/** Nobody gets to see it. */
const givenUp: Found = { state: "note", says: "This was given up." };

/** Of the error only its kind is told: its message may hold anything, secrets included. */
function ownFault(error: unknown): Found {
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    state: "failed",
    says: `This check failed by a fault of the program (${kind}).`,
    todo: "Report it, with the line that the log has of it.",
  };
}
