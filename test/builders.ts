import { type Agent, countRuntimes, type FleetFailure, type Listing, type Runtime } from "../src/fleet/index.ts";

/** An agent with what a test gives. */
export function agentOf(about: Partial<Agent> = {}): Agent {
  return {
    platform: "ENTERPRISE",
    provider: "OpenClaw",
    version: "2026.4.15",
    status: "Running",
    modelConfigured: true,
    channelConfigured: true,
    channels: ["feishu"],
    source: "Admin",
    modelTemplateId: "mt-1",
    other: {},
    ...about,
  };
}

/** A runtime with what a test gives; running, with one agent and one user, and nothing at risk. */
export function runtimeOf(about: Partial<Runtime> = {}): Runtime {
  return {
    id: "ecd-1",
    resourceId: "ecd-r1",
    name: "agent-1",
    status: "Running",
    os: "Linux",
    region: "cn-shanghai",
    regionLocation: "Mainland",
    users: ["li.na"],
    hasUser: true,
    agents: [agentOf()],
    modelConfigured: true,
    modelTemplateId: "mt-1",
    modelTemplateName: "finance models",
    channelConfigured: true,
    channels: ["feishu"],
    qrCodeChannels: [],
    messaging: { status: "Enabled", cloudSpace: "Enabled", online: "Online" },
    risks: [],
    groupId: "rg-finance",
    groupName: "Finance",
    management: [],
    other: {},
    ...about,
  };
}

/** As many runtimes as a test wants, each with a name and an id of its own. */
export function runtimesOf(count: number, about: Partial<Runtime> = {}): readonly Runtime[] {
  return Array.from({ length: count }, (_, index) =>
    runtimeOf({ id: `ecd-${index + 1}`, name: `agent-${index + 1}`, ...about }),
  );
}

/** A page of runtimes with what a test gives; without more than that, the whole of a short list. */
export function listingOf(runtimes: readonly Runtime[], about: Partial<Listing> = {}): Listing {
  const { total = runtimes.length, size = 10 } = about;
  const pages = Math.max(1, Math.ceil(total / size));
  return {
    kind: "listing",
    runtimes,
    total,
    page: 1,
    size,
    pages,
    counts: countRuntimes(runtimes),
    counted: total === runtimes.length ? "all" : "page",
    doubles: 0,
    unreadable: 0,
    complete: true,
    ...about,
  };
}

/** Why a call brought no answer, with what a test gives. */
export function failureOf(about: Partial<FleetFailure> = {}): FleetFailure {
  return {
    kind: "service",
    code: undefined,
    detail: undefined,
    requestId: undefined,
    action: undefined,
    principal: undefined,
    attempts: 1,
    ...about,
  };
}
