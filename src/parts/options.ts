import type { Logger } from "pino";
import type { Config } from "../config/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Proxies } from "../network/index.ts";
import type { Tracer } from "../telemetry/index.ts";

export interface AppOptions {
  readonly config: Config;
  /** The file that the configuration is from; its changes are taken into use while the bot runs. */
  readonly path?: string | undefined;
  /** What `stampOf` gave for it before it was read, so that a change while the bot starts is taken as well. */
  readonly stamp?: string | undefined;
  /** What else holds secrets, beside the configuration. */
  readonly secrets?: unknown;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  /** What connections to the outside take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  /** Follows what is done; the same that `log` asks for the trace under way. */
  readonly tracer?: Tracer | undefined;
  /** Hands memory back to the system that is used no more. */
  readonly relieve?: (() => Promise<void>) | undefined;
}
