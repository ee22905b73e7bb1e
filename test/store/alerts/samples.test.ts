import { expect, it } from "vitest";
import type { Sample } from "../../../src/alerts/index.ts";
import { countRuntimes } from "../../../src/fleet/index.ts";
import { noon } from "../../alerts/builders.ts";
import { runtimesOf } from "../../builders.ts";
import { findPostgres } from "../postgres.ts";
import { describeSites } from "../sites.ts";
import { openLeading } from "./rig.ts";

const postgres = await findPostgres();

function sampleOf(list: string, at: number, runtimes = 1): Sample {
  const facets = { version: [{ values: ["2026.4.15"], label: "2026.4.15", count: runtimes }] };
  return { list, at: noon.wall + at, counts: countRuntimes(runtimesOf(runtimes)), facets };
}

describeSites("samples", postgres, (createSite) => {
  it("are kept by list, and come in the order of time", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const long = `name=${"x".repeat(10_000)}`;
    const other = [sampleOf("", 1), sampleOf(long, 3), sampleOf(long, 2), sampleOf(long, 1)];

    expect(await alerts.samples.add(term, other, [])).toBe("done");

    expect(await alerts.samples.of(long, noon.wall + 2)).toEqual([sampleOf(long, 2), sampleOf(long, 3)]);
    expect(await alerts.samples.of("", 0)).toEqual([sampleOf("", 1)]);
  });

  it("of the same list and time count once, the last of them", async () => {
    const { alerts, term } = await openLeading(await createSite());

    await alerts.samples.add(term, [sampleOf("a", 1), sampleOf("a", 1, 2)], []);
    expect(await alerts.samples.of("a", 0)).toEqual([sampleOf("a", 1, 2)]);
    await alerts.samples.add(term, [sampleOf("a", 1, 3)], []);

    expect(await alerts.samples.of("a", 0)).toEqual([sampleOf("a", 1, 3)]);
  });

  it("have a last one from the first on", async () => {
    const { alerts, term } = await openLeading(await createSite());
    expect(await alerts.samples.last("a")).toBeUndefined();

    await alerts.samples.add(term, [sampleOf("a", 5), sampleOf("a", 9), sampleOf("b", 11)], []);

    expect(await alerts.samples.last("a")).toBe(noon.wall + 9);
  });

  it("bring along how runtimes are set up", async () => {
    const { alerts, term } = await openLeading(await createSite());
    const setup = { template: undefined, channels: ["feishu"] };

    await alerts.samples.add(term, [], [{ runtime: "ecd-\0", ...setup }]);

    expect(await alerts.episodes.setups(["ecd-\0"])).toEqual(new Map([["ecd-\0", setup]]));
  });
});
