import type { Config } from "./schema.ts";
import { isSecret } from "./secret.ts";

/**
 * What of a configuration a running bot can take into use; of a section all that is below it. The rest is what processes are
 * built on, such as connections, and waits for a restart, which answers first what was accepted.
 */
export const liveKeys = [
  "timeZone",
  "fleet.providers",
  "access",
  "alerts",
  "digests",
  "audit",
  "people",
  "log.level",
] as const;

/** A configuration beside the one in force. */
export interface Changes {
  /** What to use from now on: as before, with the live keys of the new one. */
  readonly config: Config;
  /** Keys that changed and take effect at once. */
  readonly live: readonly string[];
  /** Keys that changed and need a restart. */
  readonly waiting: readonly string[];
}

/** What changes from one configuration to another, and which part of it a running bot can use. */
export function changesBetween(before: Config, after: Config): Changes {
  const changed = differences(before, after, "");
  const isLive = (key: string) => liveKeys.some((live) => key === live || key.startsWith(`${live}.`));
  return {
    config: {
      ...before,
      timeZone: after.timeZone,
      access: after.access,
      alerts: after.alerts,
      digests: after.digests,
      audit: after.audit,
      people: after.people,
      fleet: { ...before.fleet, providers: after.fleet.providers },
      log: { ...before.log, level: after.log.level },
    },
    live: changed.filter(isLive),
    waiting: changed.filter((key) => !isLive(key)),
  };
}

/** Paths of what differs, in the order of the schema; lists are compared whole. */
function differences(one: unknown, other: unknown, path: string): readonly string[] {
  if (isSection(one) && isSection(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differences(one[key], other[key], path === "" ? key : `${path}.${key}`));
  }
  return isSame(one, other) ? [] : [path];
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSecret(value);
}

function isSame(one: unknown, other: unknown): boolean {
  if (isSecret(one) && isSecret(other)) {
    return one.reveal() === other.reveal();
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (isSection(one) && isSection(other)) {
    return differences(one, other, "").length === 0;
  }
  return Object.is(one, other);
}
