import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ended } from "../../src/platform/index.ts";
import { createLinkWait } from "../../src/platform/link-wait.ts";

const failed: Ended = { kind: "failed", reason: "" };
const lost: Ended = { kind: "lost", reason: "" };
const refused: Ended = { kind: "refused", refusal: "credentials" };

describe("the wait between attempts", () => {
  it("doubles its span from a second to a minute", () => {
    const wait = createLinkWait(() => 1);
    const spans = Array.from({ length: 9 }, () => wait.after(failed, 0));
    expect(spans).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("treats a connection that was cut early as a failed attempt, and one that lived a minute as a good one", () => {
    const wait = createLinkWait(() => 1);
    expect([wait.after(lost, 10), wait.after(lost, 59_999), wait.after(lost, 10)]).toEqual([1_000, 2_000, 4_000]);
    expect([wait.after(lost, 60_000), wait.after(failed, 0)]).toEqual([1_000, 2_000]);
  });

  it("grows from half a minute to five minutes where the app is refused, and begins anew after a connection", () => {
    const wait = createLinkWait(() => 0);
    const spans = Array.from({ length: 5 }, () => wait.after(refused, 0));
    expect(spans).toEqual([30_000, 60_000, 120_000, 200_000, 200_000]);
    wait.after(lost, 10);
    expect(wait.after(refused, 0)).toBe(30_000);
  });

  it("is never shorter than a quarter of a second, nor longer than a minute, or five where the app is refused", () => {
    const ended = fc.record({ how: fc.constantFrom(failed, lost, refused), lived: fc.nat(200_000) });
    fc.assert(
      fc.property(
        fc.array(ended, { maxLength: 60 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (ends, chances) => {
          const wait = createLinkWait(() => chances.next().value ?? 0);
          for (const { how, lived } of ends) {
            const pause = wait.after(how, lived);
            const isRefused = how.kind === "refused";
            expect(pause).toBeGreaterThanOrEqual(isRefused ? 30_000 : 250);
            expect(pause).toBeLessThanOrEqual(isRefused ? 300_000 : 60_000);
          }
        },
      ),
    );
  });
});
