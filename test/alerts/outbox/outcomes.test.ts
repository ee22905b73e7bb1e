import { describe, expect, it } from "vitest";
import { createOutcomes } from "../../../src/alerts/outbox/outcomes.ts";
import { type Attempt, mayHaveArrived } from "../../../src/alerts/outbox/send.ts";
import { hour, minute, momentAt, noon, noticeOf } from "../builders.ts";

const fails: Attempt = { kind: "failed", reason: "busy", final: false };
const refuses: Attempt = { kind: "failed", reason: "too long", final: true };

/** What becomes of notices so many milliseconds after their first try. */
function outcomesAfter(milliseconds: number) {
  const time = { now: () => momentAt(milliseconds) };
  return createOutcomes({ time, random: () => 1, givenUpAfter: 24 * hour });
}

const tried = (attempts: number) => noticeOf({ attempts, triedAt: noon.wall });

describe("a notice that could not be sent", () => {
  it("is tried again", () => {
    expect(outcomesAfter(0)(tried(1), fails)).toEqual({ kind: "again", nextAt: noon.steady + 1_000, reason: "busy" });
  });

  it("is given up a day after its first try, and told anew", () => {
    expect(outcomesAfter(24 * hour + 1)(tried(20), fails)).toEqual({ kind: "failed", reason: "busy", retell: true });
  });

  it("is not given up after a few tries, whatever time has passed", () => {
    expect(outcomesAfter(48 * hour)(tried(19), fails).kind).toBe("again");
  });

  it("is not given up for how long it waited to be tried", () => {
    const notice = noticeOf({ attempts: 20, triedAt: momentAt(47 * hour).wall, owedSince: noon.steady });
    expect(outcomesAfter(48 * hour)(notice, fails).kind).toBe("again");
  });
});

describe("a notice that is refused for good", () => {
  it("is set aside for an hour at the sixth time", () => {
    const outcomeOf = outcomesAfter(minute);
    expect(outcomeOf(tried(5), refuses)).not.toHaveProperty("refused");
    expect(outcomeOf(tried(6), refuses)).toMatchObject({ nextAt: noon.steady + minute + hour, refused: true });
  });

  it("is given up where it would undo what came after it", () => {
    const over = { ...tried(6), kind: "resolved" } as const;
    expect(outcomesAfter(minute)(over, refuses)).toEqual({ kind: "failed", reason: "too long", retell: false });
  });
});

it("a notice that may have arrived twice is not tried a third time", () => {
  const maybe: Attempt = { kind: "maybe", reason: "lost" };
  const outcomeOf = outcomesAfter(0);
  expect(outcomeOf(tried(1), maybe)).toMatchObject({ kind: "again", reason: mayHaveArrived });
  expect(outcomeOf({ ...tried(2), reason: mayHaveArrived }, maybe)).toEqual({ kind: "sent", message: "" });
});
