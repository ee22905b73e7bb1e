import { expect, test } from "vitest";
import { createLightTracer } from "../../src/tracing/index.ts";

test("a trace has an id of 32 hexadecimal digits, the same for all that it holds, and another than the next", async () => {
  const tracer = createLightTracer();
  const once = () =>
    tracer.span("receive", {}, async () => {
      const outer = tracer.traceId();
      const inner = await tracer.span("command", {}, async () => tracer.traceId());
      return [outer, inner] as const;
    });
  const [[one, within], [other]] = [await once(), await once()];
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(within).toBe(one);
  expect(other).not.toBe(one);
  expect(tracer.traceId()).toBeUndefined();
});

test("side by side, each has its own", async () => {
  const tracer = createLightTracer();
  const ids = await Promise.all(
    Array.from({ length: 50 }, () =>
      tracer.span("receive", {}, async () => {
        const before = tracer.traceId();
        await Promise.resolve();
        return before === tracer.traceId() ? before : "changed";
      }),
    ),
  );
  expect(new Set(ids).size).toBe(50);
});
