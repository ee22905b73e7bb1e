import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type OtelTracer, openOtelTracer, type Trouble } from "../../src/tracing/index.ts";
import { type Collector, createCollector, type ReceivedSpan } from "../platforms/collector/index.ts";
import { fleetKey } from "./fleet-section.ts";
import { openRig, type Rig } from "./lark/rig.ts";
import { expectShapes } from "./line-shapes.ts";
import { formsOf } from "./secrets.ts";

let collector: Collector;
let tracer: OtelTracer;
let rig: Rig;
let ok: string;
let failed: { readonly card: string; readonly pressed: string };
const troubles: Trouble[] = [];

beforeAll(async () => {
  collector = await createCollector();
  tracer = await openOtelTracer({
    collector: {
      url: `${collector.url}/v1/traces`,
      headers: { "x-key": "planted-header" },
      resource: { "service.name": "deskhand-test" },
      ratio: 1,
    },
    onTrouble: (trouble) => troubles.push(trouble),
  });
  rig = await openRig({ tracer });
  ok = (await rig.ask("/runtimes size=5")).content;
  const list = await rig.ask("/runtimes size=6");
  await rig.press(list, { label: "Next" });
  rig.simulator.faults.fail(10, { status: 400, code: "InvalidTimeStamp.Expired", message: "the clock" });
  const card = (await rig.ask("/runtimes group=rg-finance")).content;
  const pressed = JSON.stringify((await rig.press(list, { label: "Refresh" })).body);
  failed = { card, pressed };
  rig.simulator.faults.clear();
  await rig.stop();
  await tracer.stop();
});

afterAll(async () => {
  await rig.close();
  await collector.stop();
});

const lineSchema = z.looseObject({ msg: z.string(), traceId: z.string().optional(), command: z.string().optional() });
const lines = () => rig.log.map((line) => lineSchema.parse(JSON.parse(line)));
const lineOf = (command: string) => lines().find((line) => line.msg === "command" && line.command === command);

/** The spans of a command's trace, by their names; a name that comes again has the later one. */
function traceOf(command: string) {
  const traceId = lineOf(command)?.traceId;
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  return { traceId, spans, find: (name: string) => spans.find((span) => span.name === name) };
}

/** The names from a span up to the root of its trace. */
function upFrom(span: ReceivedSpan | undefined, spans: readonly ReceivedSpan[]): readonly string[] {
  return span === undefined
    ? []
    : [
        span.name,
        ...upFrom(
          spans.find(({ spanId }) => spanId === span.parentSpanId),
          spans,
        ),
      ];
}

test("a message, its command, the attempts at the API and the card that is sent are one trace", () => {
  const { traceId, spans, find } = traceOf("/runtimes size=5");
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  const up = (name: string) => upFrom(find(name), spans);
  expect(up("ListDesktopAgentRuntime")).toEqual([
    "ListDesktopAgentRuntime",
    "api.page",
    "command",
    "answer",
    "receive",
  ]);
  expect(up("lark.call")).toEqual(["lark.call", "send", "answer", "receive"]);
  expect(up("store.take")).toEqual(["store.take", "receive"]);
  expect(find("receive")?.attributes).toEqual({
    "deskhand.channel": "lark",
    "deskhand.arrival": "message",
    "deskhand.outcome": "accepted",
  });
  expect(find("ListDesktopAgentRuntime")?.attributes).toMatchObject({
    "http.request.method": "POST",
    "http.response.status_code": 200,
    "http.request.resend_count": 0,
    "deskhand.outcome": "ok",
    "deskhand.request_id": expect.stringMatching(/^[0-9A-F-]{36}$/),
  });
  expect(find("lark.call")?.attributes).toMatchObject({ "deskhand.call": "reply", "deskhand.outcome": "ok" });
  expect(find("send")?.attributes).toMatchObject({ "deskhand.act": "send", "deskhand.outcome": "ok" });
  expect(spans.every((span) => span.resource["service.name"] === "deskhand-test")).toBe(true);
});

test("a press and what it brings are one trace as well", () => {
  const { spans, find } = traceOf("/runtimes page=2 size=6");
  const attempt = spans.findLast(({ name }) => name === "command");
  expect(upFrom(attempt, spans)).toEqual(["command", "answer", "receive"]);
  expect(find("receive")?.attributes).toMatchObject({ "deskhand.arrival": "click", "deskhand.outcome": "card" });
});

test("an error card says the trace, which the log and the spans have too, whether it was typed or pressed", () => {
  const { traceId, spans, find } = traceOf("/runtimes group=rg-finance");
  expect(failed.card).toContain(traceId);
  expect(find("command")?.status.code).toBe(2);
  expect(spans.find(({ name }) => name === "ListDesktopAgentRuntime")?.attributes).toMatchObject({
    "http.response.status_code": 400,
    "error.type": "clock",
  });
  const inTrace = lines().filter((line) => line.traceId === traceId);
  expect(inTrace.map(({ msg }) => msg)).toContain("command");
  expect(inTrace.length).toBeGreaterThan(1);
  const pressed = lines().findLast((line) => line.msg === "command");
  expect(failed.pressed).toContain(pressed?.traceId);
});

test("a card that shows what was asked for names no trace", () => {
  expect(ok).not.toMatch(/[0-9a-f]{32}/);
});

test("the collector is asked at its address, with the headers, and loses nothing", () => {
  expect(collector.requests[0]).toMatchObject({
    path: "/v1/traces",
    headers: { "x-key": "planted-header", "content-type": "application/x-protobuf" },
  });
  expect(troubles).toEqual([]);
});

test("lines of the log have the shapes that docs/logs.md tells", () => {
  const seen = expectShapes(rig.log);
  expect(seen.filter((msg) => msg === "command")).toHaveLength(5);
  expect(seen).toContain("This process scans and sends from now on.");
});

test("no secret, no id of a chat or a person and no text of anybody is in a span", () => {
  const { appSecret } = rig.fake;
  const bytes = collector.bytes();
  expect(bytes).toContain("ListDesktopAgentRuntime");
  const texts = [appSecret, fleetKey.secret, "planted-header", "oc_group", "ou_anna", "rg-finance"];
  expect(texts.flatMap(formsOf).filter((form) => bytes.includes(form))).toEqual([]);
});
