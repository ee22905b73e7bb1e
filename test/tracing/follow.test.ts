import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Place } from "../../src/telemetry/index.ts";
import { type Begin, follow } from "../../src/tracing/follow.ts";

/** A tracer whose spans are written down: its name, the span that it stands in, and how it went. */
function rigOf() {
  const told: string[] = [];
  let count = 0;
  const begin: Begin = (name, _attributes, within) => {
    count += 1;
    const place: Place = { traceId: within?.traceId ?? `trace-${count}`, spanId: `${count}`, sampled: true };
    told.push(`${name} ${place.traceId} in ${within?.spanId ?? "nothing"}`);
    const say = (words: string) => void told.push(`${name} ${words}`);
    return {
      place,
      set: () => undefined,
      failed: (reason) => say(`failed: ${reason}`),
      link: (other) => say(`linked to ${other.traceId}`),
      end: () => say("ended"),
    };
  };
  return { tracer: follow(begin), told };
}

describe("what is begun while a span is under way", () => {
  test("belongs to its trace, however late", async () => {
    const { tracer, told } = rigOf();
    await tracer.span("receive", {}, async () => {
      await setImmediate();
      await tracer.span("command", {}, async () => {});
    });
    expect(told).toEqual(["receive trace-1 in nothing", "command trace-1 in 1", "command ended", "receive ended"]);
  });

  test("begins a trace of its own where its kind is a root", async () => {
    const { tracer, told } = rigOf();
    await tracer.span("receive", {}, () => tracer.span("notice", {}, async () => {}));
    expect(told[1]).toBe("notice trace-2 in nothing");
  });

  test("belongs to no trace once the span has ended: it may go on for ever", async () => {
    const { tracer, told } = rigOf();
    const later = Promise.withResolvers<void>();
    let loop: Promise<unknown> = Promise.resolve();
    await tracer.span("receive", {}, async () => {
      loop = later.promise.then(async () => {
        expect(tracer.traceId()).toBeUndefined();
        await tracer.span("command", {}, async () => {});
      });
    });
    later.resolve();
    await loop;
    expect(told).toContain("command trace-2 in nothing");
  });

  test("belongs to its own span when the one around it has ended", async () => {
    const { tracer } = rigOf();
    const later = Promise.withResolvers<void>();
    const seen: (string | undefined)[] = [];
    let inner: Promise<void> = Promise.resolve();
    await tracer.span("receive", {}, async () => {
      inner = tracer.span("api.page", {}, async () => {
        await later.promise;
        seen.push(tracer.traceId());
      });
    });
    later.resolve();
    await inner;
    expect(seen).toEqual(["trace-1"]);
  });
});

test("work goes on in the trace that it is given, whatever is under way where it begins", async () => {
  const { tracer, told } = rigOf();
  const place = await tracer.span("receive", {}, async () => tracer.place());
  await tracer.span("receive", {}, () => tracer.span("answer", {}, async () => {}, place));
  expect(told).toContain("answer trace-1 in 1");
});

test("a span whose work rejects has failed, and rejects as the work does", async () => {
  const { tracer, told } = rigOf();
  const work = tracer.span("command", {}, () => Promise.reject(new Error("odd")));
  await expect(work).rejects.toThrow("odd");
  expect(told).toEqual(["command trace-1 in nothing", "command failed: fault", "command ended"]);
});

test("what is done outside belongs to nothing", async () => {
  const { tracer } = rigOf();
  await tracer.span("receive", {}, async () => {
    expect(tracer.traceId()).toBe("trace-1");
    expect(tracer.outside(() => tracer.traceId())).toBeUndefined();
  });
});
