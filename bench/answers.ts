import { createRunner } from "../src/app.ts";
import { operatorGrant } from "../src/bot/index.ts";
import { toCard } from "../src/cards/index.ts";
import { isForDesk, parse } from "../src/commands/index.ts";
import { parseConfig } from "../src/config/index.ts";
import type { Fleet, Page } from "../src/fleet/index.ts";
import { type Figure, figure, percentile } from "./result.ts";
import { startSimulated } from "./simulated.ts";
import { createStream } from "./stream.ts";

const text = "/runtimes status=Running,Stopped risk=yes provider=OpenClaw page=1 size=20";

/** Our own time around the one call of a list card. */
export async function measureAnswers(): Promise<readonly Figure[]> {
  const simulated = await startSimulated(2_000);
  const stream = createStream(simulated.endpoint);
  let page: Page | undefined;
  const recording: Fleet = {
    scan: stream.scan,
    async page(request, options) {
      const outcome = await stream.page(request, options);
      page = outcome.ok ? outcome.value : page;
      return outcome;
    },
  };
  await answer(recording);
  const recorded = page;
  await stream.stop();
  await simulated.stop();
  if (recorded === undefined) {
    throw new Error("The API did not answer.");
  }
  const own = await measureOwn({ scan: stream.scan, page: async () => ({ ok: true, value: recorded }) });
  return [
    figure("parsing, planning and drawing a card of 20 runtimes, p50", percentile(own, 0.5), 1, " ms"),
    figure("the same, p99", percentile(own, 0.99), 25, " ms"),
  ];
}

async function answer(fleet: Fleet) {
  const loaded = parseConfig({ text: "", path: "app.yaml", environment: {} });
  const parsed = parse(text);
  if (!loaded.ok || !parsed.ok || isForDesk(parsed.command)) {
    throw new Error("The command of the benchmark cannot be read.");
  }
  const run = createRunner(loaded.config, fleet);
  const call = { urgency: "person", signal: AbortSignal.timeout(30_000) } as const;
  return toCard(await run(parsed.command, operatorGrant, call), "en");
}

async function measureOwn(fleet: Fleet): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 3_000; round += 1) {
    const started = performance.now();
    await answer(fleet);
    times.push(performance.now() - started);
  }
  // The first thousand run before the compiler has seen them.
  return times.slice(1_000);
}
