import type { Outcome } from "../memory.ts";
import type { Notice, NoticeKind } from "../notice.ts";
import type { Time } from "../time.ts";
import { backoff } from "./backoff.ts";
import { type Attempt, mayHaveArrived } from "./send.ts";

export interface OutcomesOptions {
  readonly time: Pick<Time, "now">;
  readonly random: () => number;
  /** A notice that could not be sent for so long is given up, milliseconds. */
  readonly givenUpAfter: number;
}

/** What a platform refuses for good is tried so often: the chat's other notices wait for it. */
const mostRefusals = 6;
/** Of these what is refused is set aside, and is as true later on. Of the others it is given up: what came after would be undone. */
const lasting: readonly NoticeKind[] = ["summary", "firing", "again", "unmuted"];
/** After how long what is refused is tried again, milliseconds: who runs the platform or the bot may have mended it. */
const refusedPause = 60 * 60_000;
/** Whatever time has passed, a notice is tried so often before it is given up: it may have passed while nothing ran. */
const leastTries = 20;

/** What becomes of a notice by how an attempt went. */
export function createOutcomes({ time, random, givenUpAfter }: OutcomesOptions) {
  const again = (notice: Notice, reason: string): Outcome => ({
    kind: "again",
    nextAt: time.now().steady + backoff(notice.attempts, random),
    reason,
  });

  function afterFailure(notice: Notice, { reason, final }: Extract<Attempt, { kind: "failed" }>): Outcome {
    const now = time.now();
    const isOld = now.wall - (notice.triedAt ?? now.wall) > givenUpAfter;
    if (isOld && notice.attempts >= leastTries) {
      return { kind: "failed", reason, retell: true };
    }
    if (!final || notice.attempts < mostRefusals) {
      return again(notice, reason);
    }
    return lasting.includes(notice.kind)
      ? { kind: "again", nextAt: now.steady + refusedPause, reason, refused: true }
      : { kind: "failed", reason, retell: false };
  }

  return (notice: Notice, attempt: Attempt): Outcome => {
    switch (attempt.kind) {
      case "sent":
        return { kind: "sent", message: attempt.message, staleness: notice.staleness };
      case "nothing":
        return { kind: "failed", reason: "There was nothing left to say.", retell: false };
      case "gone":
        return { kind: "failed", reason: attempt.reason, retell: true };
      case "maybe":
        return notice.reason === mayHaveArrived ? { kind: "sent", message: "" } : again(notice, mayHaveArrived);
      case "failed":
        return afterFailure(notice, attempt);
    }
  };
}
