import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Config, formatProblem, readProxies, type TracingSettings, tracingOf } from "./config/index.ts";
import { createLog } from "./log.ts";
import { type Proxies, shownProxy } from "./network/index.ts";
import { ownVersion } from "./own-files.ts";
import type { Tracer } from "./telemetry/index.ts";
import { createLightTracer, createTelling } from "./tracing/index.ts";

/** What a process tells of itself. */
export interface Observed {
  readonly log: Logger;
  readonly tracer: Tracer;
  /** What connections to the outside take on their way, as the environment names it. */
  readonly proxies: Proxies;
  /** What the environment holds of secrets, beside those of the configuration. */
  readonly secrets: unknown;
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

/**
 * The log and the tracer of a process, which know of each other. Traces are sent where the environment asks for them, through
 * the proxy that it names.
 */
export async function observe(config: Config, { stream, patience }: ObserveOptions = {}): Promise<Observed> {
  const { settings, problems } = tracingOf();
  const { proxies, secrets: ofProxies, problems: wrongProxies } = readProxies();
  const secrets = [settings, ofProxies];
  const { tracer, stop } =
    settings === undefined
      ? { tracer: createLightTracer(), stop: async () => {} }
      : await openTracer(settings, {
          patience,
          proxies,
          tell: (fields) => log.warn(fields, "Traces could not be sent."),
        });
  const log = await createLog({ config, secrets, stream, tracer });
  if (proxies.https !== undefined) {
    log.info({ proxy: shownProxy(proxies.https()) }, "Connections to the outside take a proxy.");
  }
  for (const problem of [...problems, ...wrongProxies.map(formatProblem)]) {
    log.warn({}, problem);
  }
  let stopping: Promise<void> | undefined;
  return {
    log,
    tracer,
    proxies,
    secrets,
    stop() {
      stopping ??= Promise.race([stop(), setTimeout(farewell, undefined, { ref: false })]);
      return stopping;
    },
  };
}

interface Opening {
  readonly patience: number | undefined;
  readonly proxies: Proxies;
  readonly tell: (fields: object) => void;
}

/** Records traces. What OpenTelemetry is made of is loaded for it alone. */
async function openTracer({ url, headers, resource, ratio }: TracingSettings, opening: Opening) {
  const { openOtelTracer } = await import("./tracing/index.ts");
  const about = { "service.version": await ownVersion(), "service.instance.id": randomUUID() };
  const tracer = await openOtelTracer({
    collector: {
      url: url.reveal(),
      headers: Object.fromEntries(Object.entries(headers).map(([name, secret]) => [name, secret.reveal()])),
      resource: { ...about, ...resource },
      ratio,
      proxies: opening.proxies,
    },
    onTrouble: createTelling({ elapsed: () => performance.now(), tell: opening.tell }),
    patience: opening.patience,
  });
  return { tracer, stop: tracer.stop };
}
