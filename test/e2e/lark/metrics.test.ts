import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { catalog, type MetricKey, metricName } from "../../../src/telemetry/index.ts";
import { anna, openRig, type Rig } from "./rig.ts";

// One bot for all: what went wrong before is still counted after it.
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

/** The value of a series by the labels that matter, over all others. */
async function value(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const text = await rig.get("/metrics");
  const lines = text
    .split("\n")
    .filter((line) => line.startsWith(`deskhand_${name}{`) || line.startsWith(`deskhand_${name} `));
  const fits = lines.filter((line) => Object.entries(labels).every(([label, of]) => line.includes(`${label}="${of}"`)));
  return fits.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

test("a command is counted by what became of it, and measured", async () => {
  await rig.ask("/runtimes");
  await rig.ask("/runtimes sttus=Running");
  await rig.ask("/runtimes show nobody-has-this");
  const of = (outcome: string) => value("commands_total", { channel: "lark", outcome });
  await vi.waitFor(async () => expect([await of("ok"), await of("problem"), await of("nothing")]).toEqual([1, 1, 1]));
  expect(await value("command_duration_seconds_count")).toBe(3);
  expect(await value("arrivals_total", { kind: "message" })).toBe(3);
  expect(await value("lark_calls_total", { call: "reply", outcome: "ok" })).toBe(3);
  expect(await value("lark_call_duration_seconds_count", { call: "reply" })).toBe(3);
});

test("a press is counted by how its callback was answered, and measured", async () => {
  const card = await rig.ask("/runtimes size=5");
  await rig.press(card, { label: "Next" }, anna);
  expect(await value("clicks_total", { channel: "lark" })).toBe(1);
  expect(await value("click_duration_seconds_count", { channel: "lark" })).toBe(1);
});

test("a throttled API is counted with its retries, and lowers the pace", async () => {
  const before = await value("api_calls_total", { outcome: "throttled" });
  rig.simulator.faults.throttle(1, 100);
  await rig.ask("/runtimes status=Stopped");
  expect((await value("api_calls_total", { outcome: "throttled" })) - before).toBe(1);
  expect(await value("api_retries_total")).toBeGreaterThanOrEqual(1);
  expect(await value("api_rate")).toBeLessThan(await value("api_rate_limit"));
});

test("an API that refuses is counted by the reason, and its command as failed", async () => {
  rig.simulator.faults.fail(1, { status: 403, code: "NoPermission", message: "No." });
  await rig.ask("/runtimes status=Expired");
  expect(await value("api_calls_total", { outcome: "denied" })).toBe(1);
  expect(await value("commands_total", { outcome: "failed" })).toBe(1);
});

test("a message that comes twice is counted as a double, and answered once", async () => {
  const before = await value("commands_total");
  rig.fake.faults.duplicate(1, "new-event");
  await rig.ask("/help");
  await vi.waitFor(async () => expect(await value("duplicates_total", { channel: "lark", kind: "message" })).toBe(1));
  expect((await value("commands_total")) - before).toBe(1);
});

test("a platform that fails is counted with its calls", async () => {
  rig.fake.faults.api({ kind: "answer", status: 503, body: "upstream" }, { path: /\/reply$/ });
  await rig.ask("/help");
  expect(await value("lark_calls_total", { call: "reply", outcome: "unavailable" })).toBe(1);
});

test("the process, the store and the connection tell of themselves", async () => {
  expect(await value("part_ready", { part: "store" })).toBe(1);
  expect(await value("part_ready", { part: "lark" })).toBe(1);
  expect(await value("lark_connections_total", { outcome: "connected" })).toBe(1);
  expect(await value("store_commits_total", { outcome: "ok" })).toBeGreaterThan(0);
  expect(await value("store_commit_duration_seconds_count")).toBeGreaterThan(0);
  expect(await value("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  expect(await value("process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(await value("build_info")).toBe(1);
  await vi.waitFor(async () => expect(await value("leading")).toBe(1), { timeout: 10_000 });
});

test("every series that a running bot shows is of the catalog, and none bears a text from outside", async () => {
  await rig.ask("/runtimes name=hostile-secret-name", { chat: "oc_hostile_chat", user: "ou_hostile_user" });
  const text = await rig.get("/metrics");
  const known = new Set((Object.keys(catalog) as MetricKey[]).map(metricName));
  const shown = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? "");
  expect(shown.filter((name) => !known.has(name))).toEqual([]);
  expect(text).not.toContain("hostile");
  expect(text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length).toBeLessThan(1_500);
});
