import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { soak } from "../../soak/soak.ts";

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a short storm over both platforms leaves nothing lost, nothing doubled and nothing owed", async () => {
  folder = await mkdtemp(join(tmpdir(), "deskhand-soak-"));
  const said: string[] = [];
  const { findings, figures } = await soak({
    ...{ seed: 3, replicas: 1, folder, say: (line) => void said.push(line) },
    ...{ rounds: 1, storm: 5_000, idle: 0, kept: 0, settle: 1_500 },
    ...{ perSecond: 10, pause: { troubles: 2_000, disasters: 2_000 } },
  });
  expect(findings.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(findings.length).toBeGreaterThan(10);
  expect(figures.messages).toBeGreaterThan(5);
}, 120_000);
