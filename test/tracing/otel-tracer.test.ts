import { afterEach, expect, test } from "vitest";
import { openOtelTracer, type Trouble } from "../../src/tracing/index.ts";
import { type Collector, createCollector } from "../platforms/collector/index.ts";

let collector: Collector;
afterEach(() => collector.stop());

async function open({ ratio = 1, path = "" } = {}) {
  const troubles: (Trouble & { readonly traceId: string | undefined })[] = [];
  const tracer = await openOtelTracer({
    collector: { url: `${collector.url}${path}`, headers: { authorization: "planted" }, resource: {}, ratio },
    onTrouble: (trouble) => troubles.push({ ...trouble, traceId: tracer.traceId() }),
    patience: 200,
  });
  return { tracer, troubles };
}

test("a span has its kind, what was set on it, what it failed of, and its links", async () => {
  collector = await createCollector();
  const { tracer } = await open();
  const other = await tracer.span("api.page", { "deskhand.answer": "asked" }, async () => tracer.place());
  await tracer.span("lark.call", { "deskhand.call": "create" }, async (span) => {
    span.set({ "deskhand.outcome": "rate" });
    span.failed("rate");
    if (other !== undefined) span.link(other);
  });
  await tracer.stop();
  const [, call] = collector.spans;
  expect(call).toMatchObject({
    name: "lark.call",
    kind: 3,
    attributes: { "deskhand.call": "create", "deskhand.outcome": "rate", "error.type": "rate" },
    status: { code: 2 },
    links: [{ traceId: other?.traceId, spanId: other?.spanId }],
  });
});

test("a trace that is not sampled has an id all the same, and is not sent", async () => {
  collector = await createCollector();
  const { tracer } = await open({ ratio: 0 });
  const traceId = await tracer.span("receive", {}, () => tracer.span("command", {}, async () => tracer.traceId()));
  await tracer.stop();
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(collector.requests).toEqual([]);
});

test.each([
  ["refuses the key", 401, "the collector answered with HTTP 401"],
  ["is not one", 404, "the collector answered with HTTP 404"],
  ["fails", 503, "the collector did not take them"],
])("a collector that %s is told in words without its own, outside of any trace", async (_, status, reason) => {
  collector = await createCollector();
  collector.answer(status, "planted words");
  const { tracer, troubles } = await open();
  await tracer.span("receive", {}, async () => {});
  await tracer.stop();
  expect(troubles).toEqual([{ reason, spans: 1, traceId: undefined }]);
});

test("a dead collector changes nothing: work is done, and the end comes in time", async () => {
  collector = await createCollector();
  const { tracer, troubles } = await open();
  await collector.stop();
  expect(await tracer.span("receive", {}, async () => "done")).toBe("done");
  await tracer.stop();
  expect(troubles).toEqual([{ reason: "the collector was not reached (ECONNREFUSED)", spans: 1, traceId: undefined }]);
});
