import { type DestinationStream, destination, type Logger, pino } from "pino";
import { type Config, createScrub } from "./config/index.ts";
import type { Tracer } from "./telemetry/index.ts";

export interface LogOptions {
  readonly config: Pick<Config, "log">;
  /** What else holds secrets. */
  readonly secrets?: unknown;
  /** Where lines go: a program whose output is an answer keeps it clean by logging to the other stream. */
  readonly stream?: "stdout" | "stderr" | undefined;
  /** Knows the trace under way. */
  readonly tracer?: Pick<Tracer, "traceId"> | undefined;
}

/**
 * The log of the process. Each line names the trace that it belongs to, where there is one. Whatever a line holds, the secrets
 * of the configuration and of the other settings are not in it.
 */
export async function createLog(options: LogOptions): Promise<Logger> {
  const { config, secrets, stream = "stdout", tracer } = options;
  const { level, format } = config.log;
  const scrub = createScrub(config, secrets);
  const mixin = () => {
    const traceId = tracer?.traceId();
    return traceId === undefined ? {} : { traceId };
  };
  return pino({ level, base: null, mixin, hooks: { streamWrite: scrub } }, await open(format, stream));
}

async function open(format: Config["log"]["format"], stream: "stdout" | "stderr"): Promise<DestinationStream> {
  const descriptor = stream === "stdout" ? 1 : 2;
  if (format === "json") {
    return destination({ dest: descriptor, sync: true });
  }
  const { default: pretty } = await import("pino-pretty");
  return pretty({ destination: descriptor, sync: true, singleLine: true, translateTime: "SYS:HH:MM:ss" });
}
