import { randomBytes } from "node:crypto";
import type { AppStreamOptions } from "../appstream/index.ts";
import { createRun, type Run } from "../bot/index.ts";
import type { Config } from "../config/index.ts";
import { type Clock, createReader, type Fleet, type Reader } from "../fleet/index.ts";
import { type Meter, noMeter, noTracer } from "../telemetry/index.ts";
import { systemClock } from "./clock.ts";
import type { AppOptions } from "./options.ts";
import { sayFailure } from "./say-failure.ts";

/** Where runtimes come from, and how to let go of it. */
export interface FleetSource {
  readonly fleet: Fleet;
  close(): Promise<void>;
}

/** How the fleet that is configured is asked. */
export interface FleetApi {
  readonly options: AppStreamOptions;
  /** Ends the simulator, where that is what is asked. */
  close(): Promise<void>;
}

/**
 * Opens the fleet that is configured. The simulator is a server on a loopback port that is asked over HTTP through the real
 * SDK, so that trying things out takes the same way as the real thing. Rejects when the simulator cannot listen.
 */
export async function openFleet(options: AppOptions, meter: Meter = noMeter): Promise<FleetSource> {
  // Each is imported when it is used: the SDK and the simulator cost start time and memory.
  const { createAppStream } = await import("../appstream/index.ts");
  const api = await openFleetApi(options, meter);
  const stream = createAppStream(api.options);
  void stream.start();
  return {
    fleet: stream,
    async close() {
      await stream.stop();
      await api.close();
    },
  };
}

/** Starts the simulator, if that is the source, and says how the fleet is asked. Rejects when it cannot listen. */
export async function openFleetApi(
  { config, log, proxies, clock = systemClock, tracer = noTracer }: AppOptions,
  meter: Meter = noMeter,
): Promise<FleetApi> {
  const common = { proxies, clock, random: Math.random, log, meter, tracer, say: sayFailure };
  if (config.fleet.source === "alibaba-cloud") {
    return { options: { ...common, ...cloudOptions(config) }, close: async () => {} };
  }
  const { createSimulator } = await import("../simulator/index.ts");
  const key = { id: "simulator", secret: randomBytes(16).toString("hex") };
  const simulator = createSimulator({ ...config.fleet.simulator, key });
  const { endpoint } = await simulator.start();
  return {
    options: { ...common, ...cloudOptions(config), ...simulated(endpoint, key) },
    close: () => simulator.stop(),
  };
}

type CloudOptions = Omit<AppStreamOptions, "clock" | "random" | "log" | "meter">;

function cloudOptions(config: Config): CloudOptions {
  const { credentials, ...options } = config.fleet.alibabaCloud;
  if (credentials.type === "default") {
    return { ...options, credentials };
  }
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const token = securityToken.reveal() === "" ? undefined : () => securityToken.reveal();
  return {
    ...options,
    credentials: {
      type: "access-key",
      accessKeyId: () => accessKeyId,
      accessKeySecret: () => accessKeySecret.reveal(),
      securityToken: token,
    },
  };
}

/** Requests a second to the simulator, which has no account whose limits would have to be kept. */
const simulatorPace = 50;

function simulated(endpoint: string, key: { readonly id: string; readonly secret: string }) {
  return {
    endpoint,
    protocol: "http",
    requestsPerSecond: simulatorPace,
    credentials: { type: "access-key", accessKeyId: () => key.id, accessKeySecret: () => key.secret },
  } as const;
}

/** Reads the fleet that is configured. */
export function openReader(config: Config, fleet: Fleet, clock: Clock = systemClock): Reader {
  const { providers } = config.fleet;
  return createReader({ fleet, providers, scanLimit: scanLimit(config), clock });
}

/** Answers commands from a fleet. */
export function createRunner(config: Config, fleet: Fleet, clock: Clock = systemClock): Run {
  return createRun({ reader: openReader(config, fleet, clock), providers: config.fleet.providers });
}

/** How long reading a whole list for one card may take at the configured pace, seconds: less than a command may take. */
const scanTime = 40;

/** What can be read in that time, and never more than 5,000 runtimes. */
function scanLimit({ fleet }: Config): number {
  const pace = fleet.source === "simulator" ? simulatorPace : fleet.alibabaCloud.requestsPerSecond;
  return Math.min(5_000, Math.max(1, Math.floor(pace * scanTime)) * fleet.alibabaCloud.pageSize);
}
