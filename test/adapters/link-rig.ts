import { expect } from "vitest";
import { createCountingMeter } from "../counting-meter.ts";
import { type ManualClock, settle } from "../manual-clock.ts";
import { until } from "./until.ts";

interface Line {
  readonly level: "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

/** What a link is given to tell of itself, and what it has told: a count as its name and the values of its labels. */
export function createTelling() {
  const lines: Line[] = [];
  const { meter, counted: counts } = createCountingMeter();
  const write = (level: Line["level"]) => (fields: object, message: string) => lines.push({ level, fields, message });
  return {
    lines,
    counts,
    log: { debug: () => undefined, info: write("info"), warn: write("warn"), error: write("error") },
    meter,
  };
}

/** A link that is not started yet, and what stands around it. */
export interface Around {
  readonly link: { start(): void; stop(): Promise<void>; quiesce(): void; connected(): boolean };
  readonly clock: ManualClock;
  readonly http: { stop(): void };
  readonly fake: { open(): number; mostOpen(): number; stop(): Promise<void> };
  /** How often the platform was asked for the address of a socket. */
  asked(): number;
  readonly lines: readonly Line[];
  readonly counts: readonly string[];
}

const built: Pick<Around, "link" | "clock" | "http" | "fake">[] = [];

/** Hands a link over to `endAll`. */
export const toEnd = (around: (typeof built)[number]): number => built.push(around);

/** Ends every link that was built; to be called after each test. */
export async function endAll(): Promise<void> {
  for (const { link, clock, http, fake } of built.splice(0).toReversed()) {
    const stopped = link.stop();
    await clock.advance(10_000);
    await stopped;
    http.stop();
    await fake.stop();
  }
}

/** As a fake is that behaves. */
const usual = { answer: undefined, handshake: "open" };

/** Refused so, a link says once what to do, and asks again only after half a minute; then it is no longer refused. */
export async function expectSlowRetry(
  around: Around,
  platform: "lark" | "dingtalk",
  behaviour: object,
  refusal: string,
): Promise<void> {
  const { fake, clock, link, lines, counts, asked } = around;
  Object.assign(fake, behaviour);
  link.start();
  await until(() => lines.length === 1);
  expect(lines[0]).toMatchObject({ level: "error", fields: { refusal } });
  await settle();
  await clock.advance(29_999);
  expect(asked()).toBe(1);
  await clock.advance(15_001);
  await until(() => counts.length === 2);
  const refused = `${platform}_connections refused`;
  expect(counts).toEqual([refused, refused]);
  expect(lines).toHaveLength(1);
  Object.assign(fake, usual);
  await settle();
  await clock.advance(90_000);
}

/** Failing so, a link says why, and asks again within a second; then nothing fails any more. */
export async function expectQuickRetry(around: Around, behaviour: object, reason: string): Promise<void> {
  const { fake, clock, link, lines } = around;
  Object.assign(fake, behaviour);
  link.start();
  await until(() => lines.length === 1);
  expect(lines[0]).toMatchObject({ level: "warn", fields: { reason: expect.stringContaining(reason) } });
  Object.assign(fake, usual);
  await settle();
  await clock.advance(1_000);
}

/** Ten minutes of connections that are cut as they open: one socket at a time, and not many. */
export async function expectNoStorm({ fake, clock, link, asked }: Around): Promise<void> {
  link.start();
  for (let minute = 0; minute < 10; minute += 1) {
    for (let second = 0; second < 60; second += 1) await clock.advance(1_000);
    // An attempt that is under way is not finished by the clock, but by the network.
    const before = asked();
    await until(() => fake.open() === 0 && !link.connected() && clock.sleeping() === 1);
    expect(asked() - before).toBeLessThanOrEqual(1);
  }
  expect(fake.mostOpen()).toBe(1);
  expect(asked()).toBeGreaterThan(8);
  expect(asked()).toBeLessThan(40);
}

/** After `quiesce` a connection that is cut is not made again. */
export async function expectNoReturn(around: Around & { readonly connection: { cut(): void } }): Promise<void> {
  const { connection, link, clock, lines, asked } = around;
  link.quiesce();
  connection.cut();
  await until(() => !link.connected());
  await clock.advance(600_000);
  expect(asked()).toBe(1);
  expect(lines).toHaveLength(1);
}

/** Stopped at any stage of its life, a link leaves no socket and no timer. `failing` makes a fake answer with a fault. */
export async function expectNothingLeft<Built extends Around>(
  build: () => Promise<Built>,
  opened: (built: Built) => Promise<unknown>,
  failing: object,
): Promise<void> {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  for (const stage of ["at once", "asking", "handshake", "connected", "waiting"]) {
    const built = await build();
    const { fake, link, clock, lines, asked } = built;
    const before = timers();
    if (stage === "handshake") Object.assign(fake, { handshake: "silent" });
    if (stage === "waiting") Object.assign(fake, failing);
    link.start();
    if (stage === "asking") await until(() => asked() === 1);
    if (stage === "handshake") await until(() => fake.open() === 1);
    if (stage === "connected") await opened(built);
    if (stage === "waiting") await until(() => lines.some(({ level }) => level === "warn"));
    await link.stop();
    built.http.stop();
    await until(() => fake.open() === 0);
    await settle();
    expect(clock.sleeping(), stage).toBe(0);
    expect(timers(), stage).toBeLessThanOrEqual(before);
    expect(link.connected()).toBe(false);
    link.start();
    await clock.advance(600_000);
    expect(fake.open()).toBe(0);
  }
}
