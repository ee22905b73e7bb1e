import { systemClock } from "../src/app.ts";
import type { ExportFormat } from "../src/commands/index.ts";
import { createExporter } from "../src/export/index.ts";
import { createReader, type Filters } from "../src/fleet/index.ts";
import { atLeast, type Figure, figure } from "./result.ts";
import { startSimulated } from "./simulated.ts";
import { createStream } from "./stream.ts";

const runtimes = 100_000;
const megabyte = 1024 * 1024;

interface Written {
  readonly rows: number;
  readonly milliseconds: number;
  /** Most memory over what the process had before the export, bytes. */
  readonly memory: number;
}

/** What the simulated API is asked for at most by `npm start`, rows a second: files are not to be slower than that. */
const pace = 5_000;

/** Files of 100,000 runtimes, without a pace, from a process that has made a smaller one before. */
export async function measureExports(): Promise<readonly Figure[]> {
  const simulated = await startSimulated(runtimes);
  await write(simulated.endpoint, "csv", { status: ["Stopped"] });
  const csv = await write(simulated.endpoint, "csv", {});
  const xlsx = await write(simulated.endpoint, "xlsx", {});
  await simulated.stop();
  const figures = ({ rows, memory, milliseconds }: Written, format: ExportFormat) => [
    figure(`memory over idle during an export of ${rows} runtimes as ${format}`, memory / megabyte, 64, " MB"),
    atLeast("rows a second of that export, reading included", rows / (milliseconds / 1_000), pace, ""),
  ];
  return [...figures(csv, "csv"), ...figures(xlsx, "xlsx")];
}

/** As the bot does when it is started by `npm start`. */
const relieve = async () => globalThis.gc?.({ type: "major", flavor: "last-resort", execution: "async" });

const log = { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error };

async function write(endpoint: string, format: ExportFormat, filters: Filters): Promise<Written> {
  const stream = createStream(endpoint);
  await stream.start();
  const reader = createReader({ fleet: stream, providers: ["OpenClaw", "HermesAgent"] });
  const exporter = createExporter({ reader, clock: systemClock, log, relieve });
  const call = { urgency: "scan", signal: AbortSignal.timeout(600_000), onProgress: () => undefined } as const;
  globalThis.gc?.();
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let most = idle;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  const outcome = await exporter.write(
    {
      ...{ asker: "bench", filters, scope: {}, format, locale: "en", showsUsers: true },
      see: (runtime) => runtime,
      files: { types: [format], bytes: Number.POSITIVE_INFINITY },
    },
    call,
  );
  const milliseconds = performance.now() - started;
  clearInterval(timer);
  await exporter.stop();
  await stream.stop();
  if (!outcome.ok || outcome.value.kind !== "file") {
    throw new Error("The export failed.");
  }
  return { rows: outcome.value.rows, milliseconds, memory: most - idle };
}
