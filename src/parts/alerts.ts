import { type Alerts, createAlerts, type Time } from "../alerts/index.ts";
import type { Access, Channel } from "../bot/index.ts";
import { parseFilters, printFilters } from "../commands/index.ts";
import type { Fleet, Reader } from "../fleet/index.ts";
import type { Store } from "../store/index.ts";
import { type Meter, noTracer } from "../telemetry/index.ts";
import { systemClock } from "./clock.ts";
import type { AppOptions } from "./options.ts";

export interface AlertGround {
  readonly store: Store;
  readonly fleet: Fleet;
  readonly reader: Reader;
  readonly channels: readonly Channel[];
  readonly access: Access;
  readonly time: Time;
  readonly meter: Meter;
}

/** Alerts, digests and what else is kept for chats, as configured. */
export function openAlerts(
  { config, log, clock = systemClock, tracer = noTracer }: AppOptions,
  ground: AlertGround,
): Alerts {
  const { store, ...given } = ground;
  const { watches, budget, ...rules } = config.alerts;
  const locale = config.locale === "auto" ? undefined : config.locale;
  return createAlerts({
    ...given,
    ...{
      memory: store.alerts,
      chats: store.chats,
      tallies: store.tallies,
      audit: store.audit,
      rules,
      budget,
      clock,
      log,
    },
    tracer,
    providers: config.fleet.providers,
    configured: watches.map(({ channel, chat, filter, locale: own }) => {
      const parsed = parseFilters(filter);
      const canonical = parsed.ok ? printFilters(parsed.filters) : filter;
      return { channel, chat, filter: canonical, locale: own === "auto" ? (locale ?? "en") : own };
    }),
    lateDigests: config.digests.late,
    people: config.people.map(({ user, ...ids }) => ({ user, ids })),
    zone: config.timeZone === "auto" ? Intl.DateTimeFormat().resolvedOptions().timeZone : config.timeZone,
    locale: locale ?? "en",
    random: Math.random,
  });
}
