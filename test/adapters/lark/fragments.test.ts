import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFragments } from "../../../adapters/lark/fragments.ts";
import { linkLimits } from "../../../adapters/lark/limits.ts";

const refused = { kind: "refused" };
const waiting = { kind: "waiting" };

function build() {
  let now = 0;
  const fragments = createFragments({ elapsed: () => now });
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { fragments, pass };
}

describe("events in parts", () => {
  it("are whole once every part is there, in any order, with parts that come twice and others between", () => {
    const bytes = fc.uint8Array({ maxLength: 20 });
    const order = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 12 }), order, (parts, chances) => {
        const { fragments } = build();
        const missing = new Set(parts.keys());
        for (let turn = 0; missing.size > 0 && turn < 2_000; turn += 1) {
          const seq = turn < 50 ? (chances.next().value ?? 0) % parts.length : turn % parts.length;
          missing.delete(seq);
          const payload = parts[seq] ?? new Uint8Array();
          fragments.add({ id: `other ${turn}`, sum: 2, seq: 0, payload });
          const merged = fragments.add({ id: "one", sum: parts.length, seq, payload });
          if (missing.size > 0) {
            expect(merged).toEqual(waiting);
          } else {
            expect(merged.kind === "whole" && Buffer.from(merged.bytes)).toEqual(Buffer.concat(parts));
          }
        }
        expect(missing.size).toBe(0);
      }),
    );
  });

  it("are refused when their numbers fit to nothing", () => {
    const { fragments } = build();
    const payload = Buffer.from("x");
    expect(fragments.add({ id: "a", sum: 101, seq: 0, payload })).toEqual(refused);
    expect(fragments.add({ id: "a", sum: 4_294_967_295, seq: 0, payload })).toEqual(refused);
    expect(fragments.add({ id: "a", sum: 2, seq: 2, payload })).toEqual(refused);
    expect(fragments.add({ id: "a", sum: 2, seq: 0, payload })).toEqual(waiting);
    expect(fragments.add({ id: "a", sum: 3, seq: 1, payload })).toEqual(refused);
  });

  it("do not wait for ever for a part that is lost", () => {
    const { fragments, pass } = build();
    const payload = Buffer.from("x");
    fragments.add({ id: "a", sum: 2, seq: 0, payload });
    pass(linkLimits.fragmentPatience + 1);
    expect(fragments.add({ id: "a", sum: 2, seq: 1, payload })).toEqual(waiting);
  });

  it("make room for newer ones when too many bytes wait, the oldest first", () => {
    const { fragments } = build();
    const payload = new Uint8Array(linkLimits.fragmentBytes / 4);
    for (const id of ["a", "b", "c", "d"]) fragments.add({ id, sum: 2, seq: 0, payload });
    expect(fragments.add({ id: "d", sum: 2, seq: 1, payload: Buffer.from("x") }).kind).toBe("whole");
    expect(fragments.add({ id: "a", sum: 2, seq: 1, payload: Buffer.from("x") })).toEqual(waiting);
  });

  it("are refused when one alone is too large", () => {
    const { fragments } = build();
    const half = new Uint8Array(linkLimits.fragmentBytes / 2);
    expect(fragments.add({ id: "a", sum: 3, seq: 0, payload: half })).toEqual(waiting);
    expect(fragments.add({ id: "a", sum: 3, seq: 1, payload: half })).toEqual(refused);
    expect(fragments.add({ id: "b", sum: 1, seq: 0, payload: new Uint8Array(linkLimits.fragmentBytes + 1) })).toEqual(
      refused,
    );
  });
});
