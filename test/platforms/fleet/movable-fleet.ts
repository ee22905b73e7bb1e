import { createFaults } from "../../../src/simulator/faults.ts";
import { createJournal } from "../../../src/simulator/journal.ts";
import { createNonces } from "../../../src/simulator/nonces.ts";
import { createService, type Reply } from "../../../src/simulator/service.ts";
import { append } from "../append.ts";
import { type ApiAnswer, type Call, createServer } from "../server.ts";
import { createSignals } from "../signals.ts";
import { patience } from "../stand-in.ts";
import { createTimers } from "../timers.ts";
import { createFleetFaults, type FleetFaults, type Parameters } from "./faults.ts";
import { createMovableListing, type Distortion } from "./listing.ts";
import { type MovableRuntime, plainRuntime, type RuntimeChange } from "./runtime.ts";

export interface MovableFleetOptions {
  /** So many plain runtimes, or these. */
  readonly runtimes?: number | readonly MovableRuntime[] | undefined;
  /** `simulator` with secret `simulator` unless given. */
  readonly key?: { readonly id: string; readonly secret: string } | undefined;
  /** 0: a free one. */
  readonly port?: number | undefined;
}

/** A request whose answer went out, or that was given none. */
export interface FleetRequest {
  readonly parameters: Parameters;
  /** HTTP status; 0 when no answer went out. */
  readonly status: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An App Streaming API on a loopback port whose runtimes do what a test says, and nothing else. It checks signatures. */
export interface MovableFleet {
  start(): Promise<void>;
  /** Closes every connection at once; the runtimes stay, and `start` may be called again. */
  stop(): Promise<void>;
  /** `host:port`. Known from `start` on. */
  readonly endpoint: string;
  readonly ids: readonly string[];
  get(id: string): MovableRuntime;
  /** Changes a runtime that is there. */
  set(id: string, change: RuntimeChange): void;
  /** A runtime more at the end: what is not given is as with all others. */
  add(runtime?: Partial<MovableRuntime>): string;
  /** It is gone, also when it is asked for by its id. */
  remove(id: string): void;
  /** Lists do not have it for now, as when rows move between pages; by its id it is there. */
  hide(id: string, hidden?: boolean): void;
  /** Its row says nothing of risk, whatever there is. */
  nullRisk(id: string, isNull?: boolean): void;
  readonly faults: FleetFaults;
  /** The last 10,000, oldest first. */
  readonly requests: readonly FleetRequest[];
  /** Resolves when the condition holds. It is looked at after each request; rejects after so many milliseconds (5,000). */
  until(condition: () => boolean, milliseconds?: number, what?: string): Promise<void>;
  /** Resolves after so many more answered requests (1). */
  asked(more?: number, milliseconds?: number): Promise<void>;
}

const requestsKept = 10_000;
const standardKey = { id: "simulator", secret: "simulator" };

export function createMovableFleet(options: MovableFleetOptions = {}): MovableFleet {
  const runtimes = new Map<string, MovableRuntime>();
  const faults = createFleetFaults();
  const requests: FleetRequest[] = [];
  let distortion: Distortion | undefined;
  /** Bots whose clocks a test moves are asked for no date: theirs is taken for now. */
  let dated = 0;
  let added = 0;
  let answered = 0;
  let port = 0;
  let running = open();

  for (const runtime of typeof options.runtimes === "object" ? options.runtimes : []) add(runtime);
  for (let more = typeof options.runtimes === "number" ? options.runtimes : 0; more > 0; more -= 1) add();

  function add(given: Partial<MovableRuntime> = {}): string {
    added += 1;
    const runtime = { ...plainRuntime(added), ...given };
    if (runtimes.has(runtime.id)) throw new Error(`${runtime.id} is there already`);
    runtimes.set(runtime.id, runtime);
    return runtime.id;
  }

  function get(id: string): MovableRuntime {
    const runtime = runtimes.get(id);
    if (runtime === undefined) throw new Error(`there is no runtime ${id}`);
    return runtime;
  }

  function set(id: string, change: RuntimeChange): void {
    runtimes.set(id, { ...get(id), ...change });
  }

  function takeDistortion(): Distortion | undefined {
    const taken = distortion;
    distortion = undefined;
    return taken;
  }

  /** What lasts from a start to a stop. */
  function open() {
    const timers = createTimers();
    const signals = createSignals(timers);
    const service = createService({
      listing: createMovableListing({ runtimes: () => runtimes.values(), distort: takeDistortion }),
      faults: createFaults({}, 1, 100),
      journal: createJournal(1),
      verifier: { key: options.key ?? standardKey, securityToken: undefined, spend: createNonces(50_000).spend },
      now: () => dated,
      seed: 1,
    });
    const server = createServer({
      timers,
      fault(call) {
        const taken = faults.take(parametersOf(call));
        distortion = taken.distortion;
        return taken.wire;
      },
      work(call) {
        dated = Date.parse(String(call.headers["x-acs-date"]));
        return answerOf(service.handle(incoming(call)));
      },
      note(call, answer) {
        const status = answer?.status ?? 0;
        append(requests, { parameters: parametersOf(call), status, at: Date.now() }, requestsKept);
        if (answer !== undefined) answered += 1;
        signals.changed();
      },
      upgrade: (_request, socket) => socket.destroy(),
    });
    return { timers, signals, server };
  }

  const fleet: MovableFleet = {
    async start() {
      port = await running.server.start(port === 0 ? (options.port ?? 0) : port);
    },
    async stop() {
      const { timers, signals, server } = running;
      timers.stop();
      signals.stop();
      await server.stop();
      running = open();
    },
    get endpoint() {
      return `127.0.0.1:${port}`;
    },
    get ids() {
      return [...runtimes.keys()];
    },
    get,
    set,
    add,
    remove(id) {
      if (!runtimes.delete(id)) throw new Error(`there is no runtime ${id}`);
    },
    hide: (id, hidden = true) => set(id, { listed: !hidden }),
    nullRisk: (id, isNull = true) => set(id, { riskShown: !isNull }),
    faults: faults.knobs,
    requests,
    until: (condition, milliseconds = patience, what = String(condition)) =>
      running.signals.until(condition, milliseconds, what),
    asked(more = 1, milliseconds) {
      const enough = answered + more;
      return fleet.until(() => answered >= enough, milliseconds, `the fleet is asked ${more} more times`);
    },
  };
  return fleet;
}

const parametersOf = ({ query }: Call): Parameters => Object.fromEntries(query);

function incoming({ method, path, query, headers, body }: Call) {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { method, target: `${path}?${query.toString()}`, headers: new Map(pairs), body };
}

function answerOf(reply: Reply): ApiAnswer {
  // The service has no faults of its own here.
  if (reply.kind !== "response") throw new Error(`the service has answered with a ${reply.kind}`);
  return { status: reply.status, body: reply.body, headers: reply.headers };
}
