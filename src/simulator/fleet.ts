import { createColumns, risk } from "./columns.ts";
import { initialCells, moveFleet } from "./movement.ts";
import { createTraits } from "./traits.ts";
import {
  agentStatuses,
  channels,
  customTemplate,
  deploymentSources,
  desktopStatuses,
  type groups,
  modelTemplates,
  platforms,
  providers,
  type regions,
  unknownAgentStatus,
  unknownDesktopStatus,
  versions,
} from "./vocabulary.ts";

/** Numbers of the draws below, apart from those of the rows. */
const subjects = { model: 0, template: 1, source: 2, spelling: 3, platform: 4, versionSpelling: 5, im: 6, managed: 7 };

/** An agent as a row shows it; filters look at these same values. */
export interface FleetAgent {
  /** Index in `providers`. */
  readonly provider: number;
  /** As the row spells the provider. */
  readonly providerText: string;
  readonly platform: string;
  /** As the row spells the platform: `JVS` at times. */
  readonly platformText: string;
  readonly version: string;
  readonly status: string;
  readonly source: string;
  /** Present when the administrator deployed it. */
  readonly templateId: string | undefined;
}

export interface MessagingState {
  readonly status: "Enabled" | "Disabled";
  readonly cloudSpace: "Enabled" | "Disabled";
  /** Older rows do not have it. */
  readonly online: "Online" | "Offline" | undefined;
}

/** The simulated runtimes by position, in the order of creation. Nothing of a runtime is kept that can be drawn again. */
export interface SimulatedFleet {
  readonly size: number;
  /** Rises whenever the fleet has moved. */
  readonly epoch: number;
  /** Moves by so many ticks; the same fleet always moves the same way. */
  advance(ticks: number): void;
  /** Position by DesktopId, or -1. */
  findId(id: string): number;
  /** Position by ResourceId, or -1. */
  findResource(id: string): number;
  serial(index: number): number;
  id(index: number): string;
  resourceId(index: number): string;
  name(index: number): string | undefined;
  status(index: number): string;
  users(index: number): readonly string[];
  region(index: number): (typeof regions)[number];
  group(index: number): (typeof groups)[number] | undefined;
  officeSiteId(index: number): string;
  /** Bits of `risk`. */
  risks(index: number): number;
  /** Whether the runtime is listed under the provider at this index of `providers`, also by an agent that is gone. */
  listedUnder(index: number, provider: number): boolean;
  /** The agents that are on it: none after an uninstallation. */
  agents(index: number): readonly FleetAgent[];
  /** The model templates in effect, or undefined when no model is configured. */
  model(index: number): { readonly id: string; readonly name: string } | undefined;
  channels(index: number): readonly string[];
  messaging(index: number): MessagingState | undefined;
  management(index: number): readonly string[];
  /** A draw of its own for presentation, 0 to 1, by a number from 50 that names it. */
  draw(index: number, subject: number): number;
}

/** A fleet of so many runtimes; the same seed gives the same fleet. Rates are shares of runtimes, 0 to 1. */
export function createFleet(options: {
  readonly runtimes: number;
  readonly seed: number;
  readonly riskRate: number;
  readonly sharedRate: number;
}): SimulatedFleet {
  const { runtimes, seed, riskRate, sharedRate } = options;
  const traits = createTraits(seed, sharedRate);
  const columns = createColumns(runtimes);
  for (let serial = 0; serial < runtimes; serial += 1) columns.append(initialCells(serial, seed, riskRate));
  let nextSerial = runtimes;
  let tick = 0;

  const serial = (index: number) => columns.serials[index] ?? 0;
  const draw = (index: number, subject: number) => traits.draw(serial(index), subject);
  const status = (index: number) => desktopStatuses[columns.statuses[index] ?? 0] ?? unknownDesktopStatus;
  const has = (index: number, bit: number) => ((columns.risks[index] ?? 0) & bit) !== 0;

  const agent = (index: number, provider: number, turn: number): FleetAgent => {
    const jvs = traits.jvs(serial(index));
    const of = (subject: number) => traits.draw(serial(index), subject + turn * 10);
    const { name, spellings } = providers[provider] ?? providers[0];
    const spelling = of(subjects.spelling);
    const age = Math.max(0, (columns.versions[index] ?? 0) - turn);
    const version = versions[age] ?? versions[0];
    const source = deploymentSources[of(subjects.source) < 0.3 ? 0 : 1];
    const platform = platforms[jvs ? 1 : 0];
    return {
      provider,
      providerText: spellings[spelling < 0.94 ? 0 : spelling < 0.98 ? 1 : 2],
      platform,
      platformText: jvs && of(subjects.platform) < 0.15 ? "JVS" : platform,
      version: of(subjects.versionSpelling) < 0.25 ? `${name === "OpenClaw" ? name : "Hermes"} ${version}` : version,
      status: agentStatuses[columns.agentStatuses[index] ?? 0] ?? unknownAgentStatus,
      source,
      templateId: source === "Admin" ? traits.agentTemplateId(serial(index)) : undefined,
    };
  };

  return {
    get size() {
      return columns.size;
    },
    get epoch() {
      return tick;
    },
    advance(ticks) {
      for (let turn = 0; turn < ticks; turn += 1) {
        tick += 1;
        nextSerial = moveFleet({ columns, seed, riskRate, target: runtimes }, tick, nextSerial);
      }
    },
    findId(id) {
      const found = traits.serialOfId(id);
      return found === undefined ? -1 : columns.indexOf(found);
    },
    findResource(id) {
      const found = traits.serialOfResource(id);
      return found === undefined ? -1 : columns.indexOf(found);
    },
    serial,
    id: (index) => traits.id(serial(index)),
    resourceId: (index) => traits.resourceId(serial(index)),
    name: (index) => traits.name(serial(index)),
    status,
    users: (index) => traits.users(serial(index)),
    region: (index) => traits.region(serial(index)),
    group: (index) => traits.group(serial(index)),
    officeSiteId: (index) => traits.officeSiteId(serial(index)),
    risks: (index) => columns.risks[index] ?? 0,
    listedUnder: (index, provider) => traits.agentProviders(serial(index)).includes(provider),
    agents: (index) =>
      has(index, risk.agentUninstalled)
        ? []
        : traits.agentProviders(serial(index)).map((provider, turn) => agent(index, provider, turn)),
    model(index) {
      const modified = has(index, risk.modelModified);
      if (!modified && draw(index, subjects.model) < 0.2) return undefined;
      const delivered = Math.floor(draw(index, subjects.template) * modelTemplates.length);
      if (!modified) return modelTemplates[delivered];
      // What somebody set instead is another template of the company's, or their own.
      const other = modelTemplates[(delivered + 1) % modelTemplates.length] ?? customTemplate;
      return draw(index, subjects.model) < 0.6 ? other : customTemplate;
    },
    channels(index) {
      const delivered = traits.deliveredChannels(serial(index));
      const changed = 1 << Math.floor(draw(index, subjects.im + 1) * channels.length);
      const bits = has(index, risk.channelModified) ? delivered ^ changed : delivered;
      return channels.filter((_, bit) => (bits & (1 << bit)) !== 0);
    },
    messaging(index) {
      const drawn = draw(index, subjects.im);
      if (drawn < 0.1) return undefined;
      const enabled = drawn >= 0.3;
      const online = enabled && status(index) === "Running" ? "Online" : "Offline";
      return {
        status: enabled ? "Enabled" : "Disabled",
        cloudSpace: drawn < 0.6 ? "Enabled" : "Disabled",
        online: drawn > 0.85 ? undefined : online,
      };
    },
    management(index) {
      const drawn = draw(index, subjects.managed);
      if (status(index) === "Stopped" && drawn < 0.35) return ["Hibernated"];
      return drawn > 0.85 ? [""] : [];
    },
    draw,
  };
}
