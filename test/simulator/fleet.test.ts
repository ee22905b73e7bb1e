import { describe, expect, it } from "vitest";
import { createFleet } from "../../src/simulator/fleet.ts";
import { hostileNames } from "../../src/simulator/vocabulary.ts";

const usual = { runtimes: 240, seed: 7, riskRate: 0.05, sharedRate: 0.005 };

function picture(fleet: ReturnType<typeof createFleet>): string {
  const rows = Array.from({ length: fleet.size }, (_, index) => [
    fleet.id(index),
    fleet.name(index),
    fleet.status(index),
    fleet.risks(index),
    fleet.users(index),
    fleet.agents(index),
    fleet.model(index),
    fleet.channels(index),
  ]);
  return JSON.stringify(rows);
}

function count(size: number, fact: (index: number) => boolean): number {
  return Array.from({ length: size }, (_, index) => index).filter(fact).length;
}

describe("the fleet", () => {
  it("is the same for the same seed and another for another", () => {
    const [one, same, other] = [createFleet(usual), createFleet(usual), createFleet({ ...usual, seed: 8 })];
    expect(picture(one)).toBe(picture(same));
    expect(picture(one)).not.toBe(picture(other));
  });

  it("has ids that are never twice and lead back to their runtime", () => {
    const fleet = createFleet({ ...usual, runtimes: 20_000 });
    const ids = Array.from({ length: fleet.size }, (_, index) => fleet.id(index));
    const resources = Array.from({ length: fleet.size }, (_, index) => fleet.resourceId(index));
    expect([new Set(ids).size, new Set(resources).size]).toEqual([20_000, 20_000]);
    expect(ids.every((id, index) => /^(ecd|jvs)-[0-9a-z]{17}$/.test(id) && fleet.findId(id) === index)).toBe(true);
    expect(resources.every((id, index) => id.startsWith("ecd-") && fleet.findResource(id) === index)).toBe(true);
  });

  it("is about sixty per cent OpenClaw desktops, and mostly running", () => {
    const fleet = createFleet({ ...usual, runtimes: 10_000 });
    const desktops = count(fleet.size, (index) => fleet.id(index).startsWith("ecd-"));
    const running = count(fleet.size, (index) => fleet.status(index) === "Running");
    expect(desktops).toBeGreaterThan(5700);
    expect(desktops).toBeLessThan(6300);
    expect(running).toBeGreaterThan(7000);
    expect(running).toBeLessThan(8500);
  });

  it("has the share of risks that was asked for", () => {
    const share = (riskRate: number) => {
      const fleet = createFleet({ ...usual, runtimes: 10_000, riskRate });
      return count(fleet.size, (index) => fleet.risks(index) !== 0);
    };
    expect([share(0), share(1)]).toEqual([0, 10_000]);
    expect(Math.abs(share(0.05) - 500)).toBeLessThan(100);
  });

  it("has every hostile name somewhere, rarely, and none among the first twenty", () => {
    for (const seed of [1, 7, 8, 99]) {
      const fleet = createFleet({ ...usual, seed, runtimes: 120 * hostileNames.length });
      const hostile = Array.from({ length: fleet.size }, (_, index) => index).filter((index) =>
        hostileNames.some((name) => name === fleet.name(index)),
      );
      expect(new Set(hostile.map((index) => fleet.name(index))).size).toBe(hostileNames.length);
      expect(hostile.length).toBe(hostileNames.length);
      expect(Math.min(...hostile)).toBeGreaterThanOrEqual(20);
    }
  });

  it("has an agent-017 for every seed", () => {
    const names = [1, 2, 3].map((seed) => createFleet({ ...usual, seed }).name(16));
    expect(names).toEqual(["agent-017", "agent-017", "agent-017"]);
  });
});

describe("movement", () => {
  it("is the same for the same seed and number of ticks, in one go or in steps", () => {
    const [one, steps, other] = [createFleet(usual), createFleet(usual), createFleet(usual)];
    one.advance(60);
    for (let turn = 0; turn < 60; turn += 1) steps.advance(1);
    other.advance(61);
    expect(picture(one)).toBe(picture(steps));
    expect(picture(one)).not.toBe(picture(other));
  });

  it("changes statuses, versions and risks, and replaces runtimes", () => {
    const fleet = createFleet(usual);
    const before = new Map(
      Array.from({ length: fleet.size }, (_, index) => [
        fleet.id(index),
        { status: fleet.status(index), risks: fleet.risks(index), version: fleet.agents(index)[0]?.version },
      ]),
    );
    fleet.advance(500);
    const changes = { status: 0, appeared: 0, ended: 0, version: 0, added: 0 };
    for (let index = 0; index < fleet.size; index += 1) {
      const was = before.get(fleet.id(index));
      const version = fleet.agents(index)[0]?.version;
      if (was === undefined) changes.added += 1;
      else {
        if (was.status !== fleet.status(index)) changes.status += 1;
        if (was.risks === 0 && fleet.risks(index) !== 0) changes.appeared += 1;
        if (was.risks !== 0 && fleet.risks(index) === 0) changes.ended += 1;
        if (was.version !== undefined && version !== undefined && was.version !== version) changes.version += 1;
      }
    }
    for (const [what, times] of Object.entries(changes)) expect(times, what).toBeGreaterThan(0);
  });

  it("keeps size, risks and the mix of statuses about as they were", () => {
    const fleet = createFleet({ ...usual, runtimes: 2000 });
    for (let turn = 0; turn < 20; turn += 1) {
      fleet.advance(100);
      const running = count(fleet.size, (index) => fleet.status(index) === "Running");
      const risky = count(fleet.size, (index) => fleet.risks(index) !== 0);
      expect(fleet.size).toBeGreaterThan(1980);
      expect(fleet.size).toBeLessThanOrEqual(2000);
      expect(running).toBeGreaterThan(1400);
      expect(running).toBeLessThan(1800);
      expect(risky).toBeGreaterThan(50);
      expect(risky).toBeLessThan(150);
    }
  });

  it("keeps the order of creation", () => {
    const fleet = createFleet(usual);
    fleet.advance(3000);
    const serials = Array.from({ length: fleet.size }, (_, index) => fleet.serial(index));
    expect(serials).toEqual(serials.toSorted((left, right) => left - right));
    expect(serials.at(-1)).toBeGreaterThan(240);
  });

  it("takes a new template and another channel for a runtime at such a risk", () => {
    const [calm, risky] = [createFleet({ ...usual, riskRate: 0 }), createFleet({ ...usual, riskRate: 1 })];
    for (let index = 0; index < calm.size; index += 1) {
      if ((risky.risks(index) & 1) !== 0) expect(risky.model(index)?.id).not.toBe(calm.model(index)?.id);
      if ((risky.risks(index) & 2) !== 0) expect(risky.channels(index)).not.toEqual(calm.channels(index));
    }
  });

  it("does nothing to an empty fleet", () => {
    const fleet = createFleet({ ...usual, runtimes: 0 });
    fleet.advance(10);
    expect(fleet.size).toBe(0);
  });
});
