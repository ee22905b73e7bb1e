import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createGate, type Gate } from "../../platforms/gate.ts";
import { findPostgres } from "../../store/postgres.ts";
import { createBots, type RunningBot } from "../process.ts";
import { type AlertRig, createAlertRig, isScan } from "./rig.ts";

const postgres = await findPostgres();
if (!postgres.ok) process.stderr.write(`\nSKIPPED: several processes that tell of alerts - ${postgres.reason}\n\n`);

/** How long a leader is waited for that gives no sign of life, and what it had begun to send, milliseconds. */
const silence = 11_000;
const aMinute = 65_000;

describe.skipIf(!postgres.ok)("several processes on one store", { timeout: 60_000 }, () => {
  let rig: AlertRig;
  let leader: RunningBot;
  const bots = createBots();

  /** One that leads, and one in this process, with a clock that can be put forward. */
  beforeEach(async () => {
    const store = postgres.ok ? await postgres.server.createDatabase() : "";
    rig = await createAlertRig({ platform: "lark", watched: true, store });
    leader = await startProcess();
    await leader.printed(/scans and sends from now on/);
    await rig.start();
    await rig.scans(1);
  });
  afterEach(async () => {
    leader.signal("SIGCONT");
    await bots.end();
    await rig.close();
  });

  const startProcess = () => bots.start({ directory: rig.directory, config: rig.config() });
  const begin = (id: string) => rig.fleet.set(id, { risks: ["model-modified"] });

  /** The leader gives no sign of life for so long that the process here takes its place. */
  async function takeOver(): Promise<void> {
    const leads = () => rig.log.some((line) => line.includes("scans and sends from now on"));
    await vi.waitFor(
      () => {
        rig.clock.skip(silence);
        expect(leads()).toBe(true);
      },
      { timeout: 15_000, interval: 500 },
    );
  }

  test("tell what one would tell, once", async () => {
    await startProcess();
    begin("ecd-0001");
    await rig.told(1);
    rig.fleet.set("ecd-0001", { risks: [] });
    await rig.told(2);
    await rig.expectNoMore(2);
  });

  test("a leader that is killed is followed by another, which tells what comes, once", async () => {
    leader.signal("SIGKILL");
    await leader.finished;
    begin("ecd-0001");
    await takeOver();
    await rig.told(1);
    await rig.expectNoMore(1);
  });

  /** The leader stands still at a gate, another takes its place and tells so much in all, and then it goes on where it was. */
  async function sleepThrough(gate: Gate, messages: number, meanwhile = () => {}): Promise<void> {
    await gate.reached();
    leader.signal("SIGSTOP");
    gate.open();
    meanwhile();
    await takeOver();
    rig.clock.skip(aMinute);
    await rig.told(messages);
    await rig.scans(2);
    leader.signal("SIGCONT");
    await leader.printed(/does not scan and send any more/);
  }

  test("a leader that sleeps over a scan until what it saw is over does not tell of it when it wakes", async () => {
    begin("ecd-0001");
    await rig.told(1);
    const gate = createGate();
    rig.fleet.faults.next({ kind: "held", gate, done: true }, { fits: (parameters) => isScan({ parameters }) });
    await sleepThrough(gate, 2, () => rig.fleet.set("ecd-0001", { risks: [] }));
    await rig.expectNoMore(2);
  });

  test("a leader that sleeps over a send while another leads has not told anything twice when it wakes", async () => {
    const gate = createGate();
    rig.chat.disturb("sends", { kind: "held", gate, done: true });
    begin("ecd-0001");
    await sleepThrough(gate, 1);
    await rig.expectNoMore(1);
  });
});
