import { createTime } from "../alerts/index.ts";
import { type Access, createRun, type Delivery, type Desk, type Run } from "../bot/index.ts";
import type { Config } from "../config/index.ts";
import type { Reader } from "../fleet/index.ts";
import { accessOf } from "./access.ts";
import { type AlertGround, openAlerts } from "./alerts.ts";
import { systemClock } from "./clock.ts";
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
   * Scans and sends go on as after a restart, which tells nothing by itself. Resolves when that is so.
   */
  take(config: Config): Promise<void>;
  /** Ends what is under way, and lets another process take over. Never rejects. */
  stop(): Promise<void>;
}

export type InForceGround = Omit<AlertGround, "reader" | "access" | "time">;

export function openInForce(options: AppOptions, ground: InForceGround): InForce {
  const { clock = systemClock } = options;
  const time = createTime(clock);

  function open(config: Config) {
    const reader = openReader(config, ground.fleet, clock);
    const access = accessOf(config);
    const alerts = openAlerts({ ...options, config }, { ...ground, reader, access, time });
    return { reader, access, alerts, run: createRun({ reader, providers: config.fleet.providers }) };
  }

  let current = open(options.config);
  let delivery: Delivery | undefined;
  let stopped = false;
  /** One change after the other. */
  let turn: Promise<void> = Promise.resolve();

  async function exchange(config: Config): Promise<void> {
    if (stopped) {
      return;
    }
    const before = current;
    current = open(config);
    await before.alerts.stop();
    if (delivery !== undefined && !stopped) {
      current.alerts.start(delivery);
    }
  }

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
    desk: {
      run: (...call) => current.alerts.desk.run(...call),
      widen: (...call) => current.alerts.desk.widen(...call),
      language: (...call) => current.alerts.desk.language(...call),
    },
    start(given) {
      delivery = given;
      current.alerts.start(given);
    },
    take(config) {
      turn = turn.then(() => exchange(config));
      return turn;
    },
    async stop() {
      stopped = true;
      await turn;
      await current.alerts.stop();
    },
  };
}
