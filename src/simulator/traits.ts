import { mix, pick, share, weighted } from "./random.ts";
import {
  agentTemplates,
  channels,
  chineseRoles,
  commonName,
  groups,
  hostileNames,
  hostileUser,
  people,
  providers,
  regions,
} from "./vocabulary.ts";

/** Numbers that tell the draws of one runtime apart. */
const salts = {
  kind: 1,
  idHead: 2,
  idTail: 3,
  resource: 4,
  region: 5,
  group: 6,
  nameKind: 7,
  role: 8,
  userCount: 9,
  users: 10,
  hostile: 20,
  agents: 21,
  channels: 22,
  office: 24,
  agentTemplate: 25,
  open: 100,
} as const;

/** One in how many runtimes has a hostile name, and how many first ones never have. */
const hostileEvery = 120;
const plainStart = 20;

/** What never changes about a runtime, drawn from the seed and the runtime's serial number. */
export interface Traits {
  /** DesktopId: `ecd-…`, or `jvs-…` for JVS computers and Hermes agents. */
  id(serial: number): string;
  /** ResourceId: the cloud computer below, which is the runtime itself for `ecd-…`. */
  resourceId(serial: number): string;
  /** The serial that would have this DesktopId, if any could. */
  serialOfId(id: string): number | undefined;
  /** The serial that would have this ResourceId, if any could. */
  serialOfResource(id: string): number | undefined;
  /** Whether it belongs to the platform ENTERPRISE_JVS. */
  jvs(serial: number): boolean;
  /** Index in `providers` of each agent that was deployed on it, one to two. */
  agentProviders(serial: number): readonly [number, ...number[]];
  name(serial: number): string | undefined;
  users(serial: number): readonly string[];
  region(serial: number): (typeof regions)[number];
  group(serial: number): (typeof groups)[number] | undefined;
  /** Bits in the order of `channels`, as the administrator delivered them. */
  deliveredChannels(serial: number): number;
  officeSiteId(serial: number): string;
  agentTemplateId(serial: number): string;
  /** A draw of its own for presentation, 0 to 1, by a number that names it. */
  draw(serial: number, subject: number): number;
}

/** Multiplier that spreads serials over the 32-bit numbers, and the one that brings them back. */
const spread = 0x9e3779b1;
const gather = inverse(spread);

function inverse(odd: number): number {
  let result = odd;
  for (let round = 0; round < 5; round += 1) result = Math.imul(result, 2 - Math.imul(odd, result));
  return result;
}

function letters(value: number, length: number): string {
  return value.toString(36).padStart(length, "0").slice(-length);
}

/** Ids that look random but can be turned back into their serial, so that a look-up by id reads no list. */
function createIds(seed: number) {
  const head = (serial: number, salt: number) => letters(mix(seed, serial, salt), 5);
  const text = (prefix: string, serial: number, salt: number) => {
    const middle = (Math.imul(serial, spread) + mix(seed, salt, salts.idHead)) >>> 0;
    return `${prefix}-${head(serial, salt)}${letters(middle, 7)}${head(serial, salt + 1000)}`;
  };
  const serial = (id: string, salt: number): number | undefined => {
    const middle = Number.parseInt(id.slice(9, 16), 36);
    return Number.isNaN(middle) ? undefined : Math.imul(middle - mix(seed, salt, salts.idHead), gather) >>> 0;
  };
  return { text, serial };
}

/** The traits of a fleet with this seed; `sharedRate` is the share of runtimes with agents of two providers. */
export function createTraits(seed: number, sharedRate: number): Traits {
  const ids = createIds(seed);
  const drawn = (serial: number, salt: number) => share(seed, serial, salt);
  // Sixty in a hundred are OpenClaw desktops, the rest JVS: Hermes mostly, some JVS computers with OpenClaw.
  const hermes = (serial: number) => {
    const kind = drawn(serial, salts.kind);
    return kind >= 0.6 && kind < 0.95;
  };
  const jvs = (serial: number) => drawn(serial, salts.kind) >= 0.6;
  const id = (serial: number) => ids.text(jvs(serial) ? "jvs" : "ecd", serial, salts.idTail);
  const resourceId = (serial: number) => (jvs(serial) ? ids.text("ecd", serial, salts.resource) : id(serial));
  const serialOf = (text: string, salt: number, name: (serial: number) => string) => {
    const serial = ids.serial(text, salt);
    return serial !== undefined && name(serial) === text ? serial : undefined;
  };
  const hostile = (serial: number) =>
    serial >= plainStart &&
    serial % hostileEvery === plainStart + (mix(seed, 0, salts.hostile) % (hostileEvery - plainStart));
  const group = (serial: number) => groupOf(drawn(serial, salts.group));
  const agentProviders = (serial: number): readonly [number, ...number[]] => {
    const first = hermes(serial) ? 1 : 0;
    const more = serial < plainStart ? 1 : drawn(serial, salts.agents);
    if (more < sharedRate) return [first, 1 - first];
    return more < sharedRate + 0.02 ? [first, first] : [first];
  };
  return {
    id,
    resourceId,
    serialOfId: (text) => serialOf(text, salts.idTail, id),
    serialOfResource: (text) => serialOf(text, salts.idTail, resourceId) ?? serialOf(text, salts.resource, resourceId),
    jvs,
    agentProviders,
    name(serial) {
      if (hostile(serial)) {
        const turn = Math.floor(serial / hostileEvery) + mix(seed, 1, salts.hostile);
        return hostileNames[turn % hostileNames.length];
      }
      // The examples in the documentation speak of this one.
      if (serial === 16) return "agent-017";
      const kind = drawn(serial, salts.nameKind);
      const provider = providers[hermes(serial) ? 1 : 0];
      return nameOf(serial, kind, provider.word, group(serial), drawn(serial, salts.role));
    },
    users: (serial) => usersOf(serial, seed, hostile(serial)),
    region: (serial) => regionOf(drawn(serial, salts.region)),
    group,
    deliveredChannels(serial) {
      const kind = drawn(serial, salts.channels);
      if (kind < 0.3) return 0;
      const first = 1 << Math.floor(drawn(serial, salts.channels + 500) * channels.length);
      return kind < 0.85 ? first : first | (1 << Math.floor(drawn(serial, salts.channels + 501) * channels.length));
    },
    officeSiteId(serial) {
      const { id: region } = regionOf(drawn(serial, salts.region));
      return `${region}+dir-${1001 + Math.floor(drawn(serial, salts.office) * 2)}`;
    },
    agentTemplateId: (serial) => pick(agentTemplates, drawn(serial, salts.agentTemplate)),
    draw: (serial, subject) => drawn(serial, salts.open + subject),
  };
}

const regionAt = weighted(regions.map(({ weight }) => weight));
const groupAt = weighted(groups.map(({ weight }) => weight));

function regionOf(drawn: number): (typeof regions)[number] {
  return regions[regionAt(drawn)] ?? regions[0];
}

function groupOf(drawn: number): (typeof groups)[number] | undefined {
  const none = 0.07;
  return drawn < none ? undefined : groups[groupAt((drawn - none) / (1 - none))];
}

function nameOf(
  serial: number,
  kind: number,
  provider: string,
  group: (typeof groups)[number] | undefined,
  role: number,
): string | undefined {
  const number = String(serial + 1).padStart(3, "0");
  if (serial >= plainStart && kind > 0.994) return undefined;
  if (serial >= plainStart && kind > 0.982) return commonName;
  if (kind < 0.45) return `agent-${number}`;
  if (kind < 0.72) return `${group?.word ?? "spare"}-${provider}-${number}`;
  if (kind < 0.86) return `${group?.chinese ?? "备用"}-${pick(chineseRoles, role)}-${serial + 1}`;
  return `${provider}-desk-${number}`;
}

function usersOf(serial: number, seed: number, hostile: boolean): readonly string[] {
  const many = share(seed, serial, salts.userCount);
  const count = many < 0.16 ? 0 : many < 0.86 ? 1 : many < 0.97 ? 2 : 5;
  const users = Array.from({ length: count }, (_, turn) => {
    const drawn = share(seed, serial, salts.users + turn);
    return drawn < 0.7
      ? pick(people, drawn / 0.7)
      : `user-${String((mix(seed, serial, turn) % 900) + 1).padStart(3, "0")}`;
  });
  return [...new Set(hostile ? [hostileUser, ...users] : users)];
}
