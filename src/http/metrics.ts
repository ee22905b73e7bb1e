import { Hono } from "hono";
import { Counter, Gauge, Registry } from "prom-client";
import type { Readiness } from "./server.ts";

/** What is counted: the name without `deskhand_` and `_total`, and what it tells. */
const counters: Readonly<Record<string, string>> = {
  arrivals: "Messages, presses and invitations that channels delivered, doubles included.",
  sends: "Cards handed to a channel, by what became of it.",
  scans: "Scans of watches, by whether they were complete.",
  notices: "Notices that were tried, by what became of them.",
  lark_calls: "Calls to the Lark API, by what became of them.",
  lark_connections: "Attempts to connect to Lark, and connections lost.",
  lark_ignored: "Events of Lark that are none of the bot's business.",
  lark_frames_refused: "Frames of Lark's long connection that could not be read.",
  lark_refused: "Events of Lark that could not be read.",
  lark_webhook_refused: "Requests to POST /lark/events that were refused, by the reason.",
  dingtalk_calls: "Calls to the DingTalk API and to session webhooks, by what became of them.",
  dingtalk_connections: "Attempts to connect to DingTalk, and connections lost.",
  dingtalk_frames_refused: "Frames of DingTalk's connection that could not be read.",
  dingtalk_refused: "Messages and presses of DingTalk that could not be read.",
  dingtalk_fallbacks: "Answers that went to DingTalk as text and not as a card, by the reason.",
};

/** What Prometheus asks for at GET /metrics. */
export interface Metrics {
  /** Counts that something happened. The same event always comes with the same labels. */
  count(event: string, labels?: Readonly<Record<string, string>>): void;
  /** Shows a number as `deskhand_` and its name, read at each reading. A later one of the same name takes its place. */
  gauge(name: string, help: string, read: () => number): void;
  /** Serves GET /metrics. */
  readonly routes: Hono;
}

export interface MetricsOptions {
  /** Which parts are ready, asked at each reading. */
  readonly readiness: () => readonly Readiness[];
}

/** Creates the metrics of one bot, in a registry of its own. */
export function createMetrics({ readiness }: MetricsOptions): Metrics {
  const registry = new Registry();
  const known = new Map<string, Counter>();
  new Gauge({
    name: "deskhand_part_ready",
    help: "Whether a part works: a channel is connected, the store answers.",
    labelNames: ["part"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { part, ready } of readiness()) {
        this.set({ part }, Number(ready));
      }
    },
  });
  new Gauge({
    name: "deskhand_resident_memory_bytes",
    help: "Memory of the process.",
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });

  function counterOf(event: string, labelNames: string[]): Counter {
    const present = known.get(event);
    if (present !== undefined) {
      return present;
    }
    const help = counters[event] ?? event;
    const made = new Counter({ name: `deskhand_${event}_total`, help, labelNames, registers: [registry] });
    known.set(event, made);
    return made;
  }

  const routes = new Hono();
  routes.get("/metrics", async (context) =>
    context.text(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
  return {
    count: (event, labels = {}) => counterOf(event, Object.keys(labels)).inc({ ...labels }),
    gauge(name, help, read) {
      const full = `deskhand_${name}`;
      registry.removeSingleMetric(full);
      new Gauge({
        name: full,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    routes,
  };
}
