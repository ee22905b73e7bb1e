import type { Logger } from "pino";
import type { Config } from "../config/index.ts";
import type { Clock } from "../fleet/index.ts";

export interface AppOptions {
  readonly config: Config;
  /** The file that the configuration is from; its changes are taken into use while the bot runs. */
  readonly path?: string | undefined;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  /** Hands memory back to the system that is used no more. */
  readonly relieve?: (() => Promise<void>) | undefined;
}
