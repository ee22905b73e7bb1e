import { type Alerts, type AlertsSetup, createAlerts } from "../alerts/index.ts";
import type { Access, Channel } from "../bot/index.ts";
import { parseFilters, printFilters } from "../commands/index.ts";
import type { Config } from "../config/index.ts";
import type { Fleet, Reader } from "../fleet/index.ts";
import type { Store } from "../store/index.ts";
import { type Meter, noTracer } from "../telemetry/index.ts";
import { systemClock } from "./clock.ts";
import type { AppOptions } from "./options.ts";

/** What alerts are built on for as long as the process lives. */
export interface AlertGround {
  readonly store: Store;
  readonly fleet: Fleet;
  readonly channels: readonly Channel[];
  readonly meter: Meter;
}

/** Alerts, digests and what else is kept for chats. */
export function openAlerts(
  { log, clock = systemClock, tracer = noTracer }: AppOptions,
  { store, ...ground }: AlertGround,
  setup: AlertsSetup,
): Alerts {
  const { alerts: memory, chats, tallies, audit } = store;
  return createAlerts({ ...ground, memory, chats, tallies, audit, clock, log, tracer, random: Math.random, ...setup });
}

/** How alerts are set up by a configuration. */
export function alertsSetup(
  { alerts, fleet, digests, people, ...config }: Config,
  follows: { readonly reader: Reader; readonly access: Access },
): AlertsSetup {
  const { watches, budget, ...rules } = alerts;
  const locale = config.locale === "auto" ? undefined : config.locale;
  return {
    ...follows,
    rules,
    budget,
    providers: fleet.providers,
    configured: watches.map(({ channel, chat, filter, locale: own }) => {
      const parsed = parseFilters(filter);
      const canonical = parsed.ok ? printFilters(parsed.filters) : filter;
      return { channel, chat, filter: canonical, locale: own === "auto" ? (locale ?? "en") : own };
    }),
    lateDigests: digests.late,
    people: people.map(({ user, ...ids }) => ({ user, ids })),
    zone: config.timeZone === "auto" ? Intl.DateTimeFormat().resolvedOptions().timeZone : config.timeZone,
    locale: locale ?? "en",
  };
}
