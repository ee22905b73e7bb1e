import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { AppRefusals } from "./app-refusals.ts";
import type { Connection, Ended } from "./connection.ts";
import { createLinkWait } from "./link-wait.ts";

/** A platform's connection over which events come, kept up. */
export interface Link {
  /** Begins to connect, and connects again whenever that is lost, until `quiesce` or `stop`. */
  start(): void;
  /** Whether events can arrive now. */
  connected(): boolean;
  /** Whether the end has come: nothing that arrives is accepted any more. */
  leaving(): boolean;
  /**
   * Accepts no further event: what still arrives is left for the platform to deliver again. Events under way are
   * acknowledged. A connection that is lost from now on is not made again.
   */
  quiesce(): void;
  /** Waits a bounded time for events under way, and closes for good: no socket and no timer is left. */
  stop(): Promise<void>;
}

export interface LinkOptions<Refusal extends string> {
  /** The platform's name, for the log. */
  readonly name: string;
  /** Begins one attempt; `onOpen` is to be called when it is open. May throw. */
  readonly connect: (onOpen: () => void) => Connection<Refusal>;
  /** Is told of refusals, and that something else happened. */
  readonly refusals: AppRefusals<Refusal>;
  /** What is told of an error that `connect` throws. */
  readonly onFault: (error: unknown) => Ended<Refusal>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** Counts connections that were made, and how they ended. */
  readonly count: (outcome: "connected" | Ended<Refusal>["kind"]) => void;
}

/**
 * Keeps one connection up. There is never a second attempt at once, and between attempts it waits as `createLinkWait` says. One
 * that the platform wants to end stays until what is under way on it is acknowledged, while the next one is made.
 */
export function createLink<Refusal extends string>(options: LinkOptions<Refusal>): Link {
  const { name, refusals, clock, log, count } = options;
  const leaving = new AbortController();
  const open = new Set<Connection<Refusal>>();
  let running: Promise<void> | undefined;
  let current: Connection<Refusal> | undefined;
  let openSince: number | undefined;

  function onOpen(): void {
    openSince = clock.elapsed();
    refusals.forget();
    count("connected");
    log.info({}, `connected to ${name}`);
  }

  async function attempt(): Promise<Ended<Refusal>> {
    try {
      const connection = options.connect(onOpen);
      current = connection;
      open.add(connection);
      const ended = await connection.ended;
      const over = ended.kind === "moved" ? connection.close() : Promise.resolve();
      void over.then(() => open.delete(connection));
      return ended;
    } catch (error) {
      return options.onFault(error);
    } finally {
      current = undefined;
    }
  }

  async function run(): Promise<void> {
    const wait = createLinkWait(options.random);
    const report = createReport(options);
    while (!leaving.signal.aborted) {
      const ended = await attempt();
      const lived = openSince === undefined ? 0 : clock.elapsed() - openSince;
      openSince = undefined;
      if (leaving.signal.aborted) return;
      const pause = wait.after(ended, lived);
      report(ended, lived, pause);
      await clock.sleep(pause, leaving.signal).catch(() => undefined);
    }
  }

  function quiesce(): void {
    leaving.abort(new Error("The bot is stopping."));
    if (openSince === undefined) void current?.close();
  }

  return {
    start() {
      running ??= run();
    },
    connected: () => openSince !== undefined,
    leaving: () => leaving.signal.aborted,
    quiesce,
    async stop() {
      quiesce();
      await Promise.all([...open].map((connection) => connection.close()));
      await running;
    },
  };
}

/** Tells the operator what became of attempts; a refusal only once, until something else happens. */
function createReport<Refusal extends string>({ name, refusals, log, count }: LinkOptions<Refusal>) {
  return (ended: Ended<Refusal>, lived: number, pause: number): void => {
    count(ended.kind);
    const nextInSeconds = seconds(pause);
    if (ended.kind === "refused") {
      const { refusal, code } = ended;
      refusals.tell(refusal, { code, nextInSeconds });
      return;
    }
    refusals.forget();
    switch (ended.kind) {
      case "moved":
        log.info({ livedSeconds: seconds(lived) }, `${name} asks for a new connection`);
        return;
      case "lost":
        log.warn(
          { reason: ended.reason, livedSeconds: seconds(lived), nextInSeconds },
          `the connection to ${name} was lost`,
        );
        return;
      case "failed":
        log.warn({ reason: ended.reason, todo: ended.todo, nextInSeconds }, `could not connect to ${name}`);
    }
  };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
