import type { Outcome } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";
import { backoff } from "./backoff.ts";
import { type Attempt, mayHaveArrived } from "./send.ts";

export interface OutcomesOptions {
  readonly time: Time;
  readonly random: () => number;
  /** A notice that could not be sent for so long is given up, milliseconds. */
  readonly givenUpAfter: number;
}

/** After so many tries what a platform refuses for good is set aside: the chat's other notices do not wait for it. */
const mostRefusals = 6;
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
    return final && notice.attempts >= mostRefusals
      ? { kind: "again", nextAt: now.steady + refusedPause, reason, refused: true }
      : again(notice, reason);
  }

  return (notice: Notice, attempt: Attempt): Outcome => {
    switch (attempt.kind) {
      case "sent":
        return { kind: "sent", message: attempt.message };
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
