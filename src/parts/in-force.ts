import { type Access, createRun, type Delivery, type Desk, type Run } from "../bot/index.ts";
import type { Config } from "../config/index.ts";
import type { Reader } from "../fleet/index.ts";
import { accessOf } from "./access.ts";
import { type AlertGround, alertsSetup, openAlerts } from "./alerts.ts";
import { openReader } from "./fleet-source.ts";
import type { AppOptions } from "./options.ts";

/** What follows the configuration in force while the bot runs, behind faces that stay the same. */
export interface InForce {
  readonly access: Access;
  readonly run: Run;
  readonly reader: Pick<Reader, "stream">;
  readonly desk: Desk;
  /** Begins to take part in scanning and sending. */
  start(delivery: Delivery): void;
  /**
   * Takes another configuration into use: commands from now on follow it, and what is under way ends by the one before.
   * Scans and sends go on as after a restart, which tells nothing by itself.
   */
  take(config: Config): void;
  /** Ends what is under way, and lets another process take over. Never rejects. */
  stop(): Promise<void>;
}

/** What the log says of a fleet without a single runtime. */
export const emptyFleet = "The fleet holds no runtime at all.";
const checkFleet = "If there should be some, check fleet.alibabaCloud.region and fleet.providers in app.yaml.";

export function openInForce(options: AppOptions, ground: AlertGround): InForce {
  function followersOf(config: Config) {
    const reader = openReader(config, ground.fleet, options.clock);
    const access = accessOf(config);
    const { providers, alibabaCloud } = config.fleet;
    const onNothing = (): void =>
      options.log.warn({ region: alibabaCloud.region, providers }, `${emptyFleet} ${checkFleet}`);
    const run = createRun({ reader, providers, onNothing });
    return { reader, access, run, setup: alertsSetup(config, { reader, access }) };
  }

  let current = followersOf(options.config);
  const { desk, start, take, stop } = openAlerts(options, ground, current.setup);

  return {
    access: {
      get default() {
        return current.access.default;
      },
      get rules() {
        return current.access.rules;
      },
    },
    run: (...call) => current.run(...call),
    reader: { stream: (...call) => current.reader.stream(...call) },
    desk,
    start,
    take(config) {
      current = followersOf(config);
      take(current.setup);
    },
    stop,
  };
}
