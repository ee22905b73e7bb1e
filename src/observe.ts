import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Config, type TracingSettings, tracingOf } from "./config/index.ts";
import { createLog } from "./log.ts";
import { ownVersion } from "./own-files.ts";
import type { Tracer } from "./telemetry/index.ts";
import { createLightTracer, createTelling } from "./tracing/index.ts";

/** What a process tells of itself. */
export interface Observed {
  readonly log: Logger;
  readonly tracer: Tracer;
  /** Sends the traces that are still here, for seconds at most. Never rejects. */
  stop(): Promise<void>;
}

export interface ObserveOptions {
  readonly stream?: "stdout" | "stderr" | undefined;
  /** How long sending traces may take, milliseconds; as the environment has it unless given. */
  readonly patience?: number | undefined;
}

/** How long the last traces may take at the end, milliseconds. */
const farewell = 3_000;

/** The log and the tracer of a process, which know of each other. Traces are sent where the environment asks for them. */
export async function observe(config: Config, { stream, patience }: ObserveOptions = {}): Promise<Observed> {
  const { settings, problems } = tracingOf();
  const { tracer, stop } =
    settings === undefined
      ? { tracer: createLightTracer(), stop: async () => {} }
      : await openTracer(settings, {
          patience,
          tell: (fields) => log.warn(fields, "Traces could not be sent."),
        });
  const log = await createLog({ config, secrets: settings, stream, tracer });
  for (const problem of problems) {
    log.warn({}, problem);
  }
  return {
    log,
    tracer,
    stop: () => Promise.race([stop(), setTimeout(farewell, undefined, { ref: false })]),
  };
}

interface Opening {
  readonly patience: number | undefined;
  readonly tell: (fields: object) => void;
}

/** Records traces. What OpenTelemetry is made of is loaded for it alone. */
async function openTracer({ url, headers, resource, ratio }: TracingSettings, { patience, tell }: Opening) {
  const { openOtelTracer } = await import("./tracing/index.ts");
  const about = { "service.version": await ownVersion(), "service.instance.id": randomUUID() };
  const tracer = await openOtelTracer({
    collector: {
      url: url.reveal(),
      headers: Object.fromEntries(Object.entries(headers).map(([name, secret]) => [name, secret.reveal()])),
      resource: { ...about, ...resource },
      ratio,
    },
    onTrouble: createTelling({ elapsed: () => performance.now(), tell }),
    patience,
  });
  return { tracer, stop: tracer.stop };
}
