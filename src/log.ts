import { type DestinationStream, destination, type Logger, pino } from "pino";
import { type Config, secretTexts } from "./config/index.ts";

/**
 * The log of the process. Whatever a line holds, the secrets of the configuration are not in it.
 *
 * @param stream where lines go: a program whose output is an answer keeps it clean by logging to the other stream
 */
export async function createLog(config: Config, stream: "stdout" | "stderr" = "stdout"): Promise<Logger> {
  const { level, format } = config.log;
  const descriptor = stream === "stdout" ? 1 : 2;
  const secrets = secretTexts(config);
  const scrub = (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), line);
  return pino({ level, base: null, hooks: { streamWrite: scrub } }, await open(format, descriptor));
}

async function open(format: Config["log"]["format"], descriptor: number): Promise<DestinationStream> {
  if (format === "json") {
    return destination({ dest: descriptor, sync: true });
  }
  const { default: pretty } = await import("pino-pretty");
  return pretty({ destination: descriptor, sync: true, singleLine: true, translateTime: "SYS:HH:MM:ss" });
}
