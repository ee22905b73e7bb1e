import { type Cells, type Columns, risk } from "./columns.ts";
import { createRandom, mix, type Random, share, weighted } from "./random.ts";
import { agentStatuses, desktopStatuses, versions } from "./vocabulary.ts";

const desktopAt = (name: (typeof desktopStatuses)[number]) => desktopStatuses.indexOf(name);
const agentStatusAt = (name: (typeof agentStatuses)[number]) => agentStatuses.indexOf(name);
const desktop = {
  Stopped: desktopAt("Stopped"),
  Starting: desktopAt("Starting"),
  Rebuilding: desktopAt("Rebuilding"),
  Running: desktopAt("Running"),
  Stopping: desktopAt("Stopping"),
  Expired: desktopAt("Expired"),
  Deleted: desktopAt("Deleted"),
  Pending: desktopAt("Pending"),
} as const;
const agent = {
  Undeployed: agentStatusAt("Undeployed"),
  Stopped: agentStatusAt("Stopped"),
  Running: agentStatusAt("Running"),
  Deployed: agentStatusAt("Deployed"),
  Unavailable: agentStatusAt("Unavailable"),
} as const;
/** Beside the known ones there is one status of each kind that no list names. */
const unknownDesktop = desktopStatuses.length;
const unknownAgent = agentStatuses.length;

const salts = { status: 200, agent: 201, version: 202, risk: 203, kind: 204, tick: 205 } as const;

/** In the order of `desktopStatuses`, the unknown one last. */
const statusWeights = [170, 12, 6, 770, 9, 14, 3, 8, 3];
const statusAt = weighted(statusWeights);
const plainStatusAt = weighted(statusWeights.slice(0, -1));
/** One, two or all three kinds of risk at once; the first alone most often. */
const riskKinds = [
  risk.modelModified,
  risk.channelModified,
  risk.agentUninstalled,
  risk.modelModified | risk.channelModified,
  risk.modelModified | risk.channelModified | risk.agentUninstalled,
];
const riskKindAt = weighted([42, 30, 18, 8, 2]);

/** Which share of the fleet a tick looks at. */
const touched = 0.01;

/** The agent's status that goes with a desktop's; agents of running desktops may also differ. */
const agentAt: readonly number[] = desktopStatuses.map((name) => {
  switch (name) {
    case "Pending":
      return agentStatusAt("Undeployed");
    case "Rebuilding":
      return agentStatusAt("Deploying");
    case "Expired":
      return agentStatusAt("Stopped");
    default:
      return agentStatusAt(name);
  }
});

/** The state in which the runtime with this serial is found when the fleet starts. */
export function initialCells(serial: number, seed: number, riskRate: number): Cells {
  const drawn = (salt: number) => share(seed, serial, salt);
  // The oddities stay out of the first page: it is the one that everybody sees.
  const odd = serial >= 20;
  const status = (odd ? statusAt : plainStatusAt)(drawn(salts.status));
  const running = status === desktop.Running;
  const turn = drawn(salts.agent);
  let agentStatus = agentAt[status] ?? agent.Running;
  if (running && turn < 0.03) agentStatus = agent.Unavailable;
  else if (running && turn < 0.05) agentStatus = agent.Stopped;
  else if (running && turn < 0.065) agentStatus = agent.Deployed;
  else if (odd && turn > 0.997) agentStatus = unknownAgent;
  // Squared: most runtimes are on the later versions.
  const age = drawn(salts.version) ** 2;
  const version = versions.length - 2 - Math.floor(age * (versions.length - 2));
  const risks = drawn(salts.risk) < riskRate ? (riskKinds[riskKindAt(drawn(salts.kind))] ?? 0) : 0;
  return { serial, status, agentStatus, version, risks };
}

/** What a tick needs to know of the fleet. */
export interface Movement {
  readonly columns: Columns;
  readonly seed: number;
  readonly riskRate: number;
  /** How many runtimes the fleet is meant to have. */
  readonly target: number;
}

/**
 * Moves the fleet by one tick: the same fleet at the same tick always moves the same way.
 * Gives the serial that the next new runtime will have.
 */
export function moveFleet(movement: Movement, tick: number, nextSerial: number): number {
  const { columns, seed } = movement;
  const random = createRandom(mix(seed, tick, salts.tick));
  settle(columns, random);
  const looks = columns.size * touched;
  const count = Math.floor(looks) + (random() < looks % 1 ? 1 : 0);
  for (let turn = 0; turn < Math.max(count, 1) && columns.size > 0; turn += 1) {
    disturb(columns, Math.floor(random() * columns.size), random);
    redrawRisk(movement, Math.floor(random() * columns.size), random);
  }
  columns.remove((index) => columns.statuses[index] === desktop.Deleted && random() < 0.05);
  return refill(movement, random, nextSerial);
}

/** Statuses on the way to another one arrive there, each within a few ticks. */
function settle(columns: Columns, random: Random): void {
  for (let index = 0; index < columns.size; index += 1) {
    const status = columns.statuses[index];
    if (status === desktop.Running || status === desktop.Stopped) continue;
    const next = settled(status ?? 0);
    if (next !== undefined && random() < 0.5) setStatus(columns, index, next);
  }
}

function settled(status: number): number | undefined {
  switch (status) {
    case desktop.Stopping:
      return desktop.Stopped;
    case desktop.Starting:
    case desktop.Rebuilding:
      return desktop.Running;
    case desktop.Pending:
      return desktop.Starting;
    default:
      return undefined;
  }
}

/** One runtime does something. The shares keep the mix of statuses about as it is at the start. */
function disturb(columns: Columns, index: number, random: Random): void {
  const turn = random();
  switch (columns.statuses[index]) {
    case desktop.Running:
      if (turn < 0.2) setStatus(columns, index, desktop.Stopping);
      else if (turn < 0.22) setStatus(columns, index, desktop.Rebuilding);
      else if (turn < 0.222) setStatus(columns, index, desktop.Expired);
      else if (turn < 0.27) columns.agentStatuses[index] = agent.Unavailable;
      else if (turn < 0.4) upgrade(columns, index);
      else columns.agentStatuses[index] = agent.Running;
      return;
    case desktop.Stopped:
      setStatus(columns, index, turn < 0.92 ? desktop.Starting : desktop.Deleted);
      return;
    case desktop.Expired:
      if (turn < 0.1) setStatus(columns, index, desktop.Starting);
      return;
    case unknownDesktop:
      setStatus(columns, index, desktop.Running);
      return;
    default:
  }
}

function upgrade(columns: Columns, index: number): void {
  const version = columns.versions[index] ?? 0;
  if (version < versions.length - 1) columns.versions[index] = version + 1;
}

function setStatus(columns: Columns, index: number, status: number): void {
  columns.statuses[index] = status;
  columns.agentStatuses[index] = agentAt[status] ?? agent.Running;
}

/** Drawing a runtime's risk anew at the same rate lets risks come and go while their share stays. */
function redrawRisk({ columns, riskRate }: Movement, index: number, random: Random): void {
  const risky = random() < riskRate;
  const kind = riskKinds[riskKindAt(random())] ?? 0;
  const before = columns.risks[index] ?? 0;
  columns.risks[index] = risky ? before || kind : 0;
}

/** A few new runtimes take the place of those that are gone. */
function refill({ columns, seed, target }: Movement, random: Random, nextSerial: number): number {
  const missing = target - columns.size;
  let serial = nextSerial;
  const added = missing > 0 && random() < 0.5 ? Math.ceil(missing / 5) : 0;
  for (let turn = 0; turn < added; turn += 1) {
    const cells = initialCells(serial, seed, 0);
    columns.append({ ...cells, status: desktop.Pending, agentStatus: agent.Undeployed, version: versions.length - 1 });
    serial += 1;
  }
  return serial;
}
