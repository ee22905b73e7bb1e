import { createFaults, type FaultSettings, type Faults } from "./faults.ts";
import { createFleet } from "./fleet.ts";
import { createJournal, type SeenRequest, type Stats } from "./journal.ts";
import { createListing } from "./listing.ts";
import { createNonces } from "./nonces.ts";
import { readParameters } from "./parameters.ts";
import type { Row } from "./row.ts";
import { createServer, type Server } from "./server.ts";
import { createService } from "./service.ts";
import type { AccessKey } from "./signature.ts";

/** How a simulator is set up; everything has a default. */
export interface SimulatorOptions {
  /** Runtimes in the fleet, 0 to 1,000,000; 240 unless given. */
  readonly runtimes?: number | undefined;
  /** The same seed gives the same fleet, the same movement and the same errors; 7 unless given. */
  readonly seed?: number | undefined;
  /** Share of runtimes at risk, 0 to 1; 0.05 unless given. */
  readonly riskRate?: number | undefined;
  /**
   * Share of runtimes with agents of two providers, which are listed under both, 0 to 1; 0, the default, is none.
   * None of the first twenty has them.
   */
  readonly sharedRate?: number | undefined;
  /** Milliseconds between two movements of the fleet; 0, the default, leaves it still. */
  readonly tick?: number | undefined;
  /** The one access key that is known; `simulator` with secret `simulator` unless given. */
  readonly key?: AccessKey | undefined;
  /** When given, requests must carry it, as with a temporary key. */
  readonly securityToken?: string | undefined;
  /** Wall time in epoch milliseconds, for the dates of requests. */
  readonly clock?: { now(): number } | undefined;
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** Rows that a page has at most; 100 unless given. */
  readonly maxPageSize?: number | undefined;
  readonly faults?: FaultSettings | undefined;
}

/** Where a simulator listens; `endpoint` is what a client is configured with. */
export interface SimulatorAddress {
  readonly host: string;
  readonly port: number;
  /** `host:port`, without a scheme. */
  readonly endpoint: string;
}

/** An App Streaming API on this machine. */
export interface Simulator {
  /** Listens; rejects with the operating system's error. A second call gives the same address. */
  start(): Promise<SimulatorAddress>;
  /** Closes the sockets at once. The fleet stays, and `start` may be called again. */
  stop(): Promise<void>;
  /** Moves the fleet by hand. */
  advance(ticks: number): void;
  readonly faults: Faults;
  stats(): Stats;
  /** The last 1,000 requests, oldest first. */
  requests(): readonly SeenRequest[];
  /**
   * What is true: all rows that match the parameters (as in a request, flattened), without pages, faults or a signature.
   * Throws a TypeError when the API would refuse them.
   */
  rows(parameters: Readonly<Record<string, string>>): readonly Row[];
}

const requestsKept = 1000;
const noncesKept = 50_000;
const mostRuntimes = 1_000_000;

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/u.test(host);
}

/** Builds a simulator that does not listen yet. Throws a RangeError for options that make no sense. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { runtimes = 240, seed = 7, riskRate = 0.05, sharedRate = 0, tick = 0, host = "127.0.0.1", port = 0 } = options;
  const { maxPageSize = 100, clock = { now: Date.now }, key = { id: "simulator", secret: "simulator" } } = options;
  demand(Number.isInteger(runtimes) && runtimes >= 0 && runtimes <= mostRuntimes, "runtimes must be 0 to 1,000,000");
  demand(riskRate >= 0 && riskRate <= 1, "riskRate must be 0 to 1");
  demand(sharedRate >= 0 && sharedRate <= 1, "sharedRate must be 0 to 1");
  demand(tick >= 0 && Number.isFinite(tick), "tick must be 0 or more milliseconds");
  demand(isLoopback(host), "host must be a loopback address");
  const fleet = createFleet({ runtimes, seed, riskRate, sharedRate });
  const listing = createListing(fleet, runtimes);
  const plan = createFaults(options.faults ?? {}, seed, maxPageSize);
  const journal = createJournal(requestsKept);
  const nonces = createNonces(noncesKept);
  const verifier = { key, securityToken: options.securityToken, spend: nonces.spend };
  const service = createService({ listing, faults: plan, journal, verifier, now: () => clock.now(), seed });
  let running: { readonly server: Server; readonly address: Promise<SimulatorAddress> } | undefined;
  let movement: NodeJS.Timeout | undefined;

  return {
    faults: plan.knobs,
    advance: (ticks) => fleet.advance(ticks),
    stats: () => journal.stats(),
    requests: () => journal.requests(),
    start() {
      if (running !== undefined) return running.address;
      const server = createServer({ service, host, port, latency: () => plan.knobs.latency });
      const address = server.start().then(
        ({ port: found }) => ({ host, port: found, endpoint: `${host.includes(":") ? `[${host}]` : host}:${found}` }),
        (problem: unknown) => {
          running = undefined;
          clearInterval(movement);
          throw problem;
        },
      );
      running = { server, address };
      if (tick > 0) movement = setInterval(() => fleet.advance(1), tick).unref();
      return address;
    },
    async stop() {
      clearInterval(movement);
      const stopping = running;
      running = undefined;
      if (stopping === undefined) return;
      await stopping.address.catch(() => undefined);
      await stopping.server.stop();
    },
    rows(parameters) {
      const request = readParameters(new Map(Object.entries(parameters)));
      if ("code" in request) throw new TypeError(`${request.code}: ${request.message}`);
      return [...listing.rows(request)];
    },
  };
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new RangeError(what);
}
