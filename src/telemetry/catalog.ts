import {
  apiOutcomes,
  arrivals,
  channels,
  commands,
  dingtalkCalls,
  dingtalkOutcomes,
  larkCalls,
  larkOutcomes,
  notices,
  outcomes,
  parts,
  risks,
  webhookRefusals,
} from "./labels.ts";
import type { LabelValues, Metric } from "./metric.ts";

/** Upper bounds, seconds: of what answers people, of what asks a platform, and of what writes to a disk. */
const answering = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const asking = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const writing = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
const scanning = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** Every metric of Deskhand; `metricName` gives the name under which one stands at /metrics. */
export const catalog = {
  // What people ask
  arrivals: {
    kind: "counter",
    help: "Messages, presses and invitations that channels delivered, doubles included.",
    labels: { channel: channels, kind: arrivals },
  },
  duplicates: {
    kind: "counter",
    help: "Of the arrivals, those that had been delivered before and were not answered again.",
    labels: { channel: channels, kind: arrivals },
  },
  commands: {
    kind: "counter",
    help: "Commands that were typed or pressed, by what became of them: ok, nothing (there was nothing to show), problem (a bad command), refused (no right to it), failed (the API or the store failed), fault (of the bot).",
    labels: { channel: channels, command: commands, outcome: outcomes },
  },
  command_duration_seconds: {
    kind: "histogram",
    help: "From the start of a command to its answer, the API's time included, that of the chat platform not.",
    labels: { command: commands },
    buckets: answering,
  },
  turned_away: {
    kind: "counter",
    help: "Messages and presses that were answered without being run: late (written more than ten minutes ago), too-fast (one user or chat asks too much), unread (no text), full (too much is under way).",
    labels: { channel: channels, reason: ["late", "too-fast", "unread", "full"] },
  },
  audit_unwritten: {
    kind: "counter",
    help: "Entries of audits that the store did not take in time; most of them are written later.",
    labels: {},
  },
  clicks: {
    kind: "counter",
    help: "Presses, by what the platform was answered: card (the new card), later (an update follows), toast (a word to who pressed).",
    labels: { channel: channels, outcome: ["card", "later", "toast"] },
  },
  click_duration_seconds: {
    kind: "histogram",
    help: "From a press to the answer of its callback.",
    labels: { channel: channels },
    buckets: answering,
  },
  work_under_way: { kind: "gauge", help: "Messages and presses that are being answered.", labels: {} },
  work_waiting: { kind: "gauge", help: "Messages and presses that wait for their turn.", labels: {} },
  sends: {
    kind: "counter",
    help: "Cards and files handed to a channel: ok, recoverable (tried again), final (given up), spared (left out to save calls).",
    labels: {
      channel: channels,
      act: ["send", "update", "file"],
      outcome: ["ok", "recoverable", "final", "spared"],
    },
  },
  send_duration_seconds: {
    kind: "histogram",
    help: "How long a channel took for a card or a file, its own tries included.",
    labels: { channel: channels },
    buckets: asking,
  },

  // The configuration
  config_readings: {
    kind: "counter",
    help: "Readings of a changed configuration: taken, or refused whole as something in it is wrong.",
    labels: { outcome: ["taken", "refused"] },
  },
  config_refused: {
    kind: "gauge",
    help: "1 where the configuration as it stands in the file was refused, so that the one before is in use.",
    labels: {},
  },

  // The fleet's API
  api_calls: {
    kind: "counter",
    help: "Requests to the App Streaming API, each try for itself, by what became of them.",
    labels: { outcome: apiOutcomes },
  },
  api_call_duration_seconds: {
    kind: "histogram",
    help: "How long one request to the API took, its wait for a turn not included.",
    labels: {},
    buckets: asking,
  },
  api_retries: { kind: "counter", help: "Of the requests to the API, those that repeated a failed one.", labels: {} },
  api_questions: {
    kind: "counter",
    help: "Pages that were asked for: asked (of the API), shared (with one under way for somebody else), reused (of a few seconds ago).",
    labels: { answer: ["asked", "shared", "reused"] },
  },
  api_queue: {
    kind: "gauge",
    help: "Requests that wait for their turn, by who waits for them.",
    labels: { urgency: ["person", "scan"] },
  },
  api_under_way: { kind: "gauge", help: "Requests to the API that are on the wire.", labels: {} },
  api_rate: {
    kind: "gauge",
    help: "Requests a second that may be made now; less than the limit after throttling.",
    labels: {},
  },
  api_rate_limit: { kind: "gauge", help: "Requests a second that are configured.", labels: {} },

  // Scans and alerts
  leading: { kind: "gauge", help: "1 where this process scans and sends, 0 where another one does.", labels: {} },
  scans: {
    kind: "counter",
    help: "What scans brought for a watch: one for each watch of each scan, by whether it was complete.",
    labels: { complete: ["true", "false"] },
  },
  scan_duration_seconds: {
    kind: "histogram",
    help: "How long a scan for all watches took.",
    labels: {},
    buckets: scanning,
  },
  last_complete_scan_age_seconds: {
    kind: "gauge",
    help: "Since when a watch has had no complete scan, of the watch for which that is longest; only where this process scans.",
    labels: {},
  },
  watches: { kind: "gauge", help: "Watches of all chats; only where this process scans.", labels: {} },
  open_episodes: {
    kind: "gauge",
    help: "Risks that last, counted once for each watch that they match; only where this process scans.",
    labels: { kind: risks },
  },
  notices: {
    kind: "counter",
    help: "Tries to send messages of alerts and digests: sent, failed (tried again), maybe (it may have arrived), gone (the bot is not in the chat), nothing (there was nothing left to say).",
    labels: { channel: channels, kind: notices, outcome: ["sent", "failed", "maybe", "gone", "nothing"] },
  },
  notices_owed: { kind: "gauge", help: "Notices that are owed to chats; 0 where another process sends.", labels: {} },
  notices_owed_seconds: { kind: "gauge", help: "For how long the oldest notice has been owed.", labels: {} },
  budget_used: {
    kind: "gauge",
    help: "What alerts have used of a month's budget, all processes together; only where this process scans.",
    labels: { budget: ["calls", "pushes"] },
  },
  budget_limit: {
    kind: "gauge",
    help: "A month's budget as configured (alerts.budget); 0: no limit.",
    labels: { budget: ["calls", "pushes"] },
  },

  // Platforms
  lark_calls: {
    kind: "counter",
    of: "lark",
    help: "Calls to the Lark API, by what became of them.",
    labels: { call: larkCalls, outcome: larkOutcomes },
  },
  lark_call_duration_seconds: {
    kind: "histogram",
    of: "lark",
    help: "How long one call to the Lark API took.",
    labels: { call: larkCalls },
    buckets: asking,
  },
  lark_connections: {
    kind: "counter",
    of: "lark",
    help: "Connections made to Lark (connected), lost, and attempts that failed or were refused.",
    labels: { outcome: ["connected", "lost", "failed", "refused", "moved"] },
  },
  lark_ignored: {
    kind: "counter",
    of: "lark",
    help: "Events of Lark that are none of the bot's business, such as talk among people.",
    labels: { reason: ["type", "sender", "system", "talk"] },
  },
  lark_refused: {
    kind: "counter",
    of: "lark",
    help: "Events of Lark that could not be read.",
    labels: {
      reason: ["envelope", "app", "message", "content", "callback", "button", "added", "deleted", "fault"],
    },
  },
  lark_frames_refused: {
    kind: "counter",
    of: "lark",
    help: "Frames of Lark's long connection that could not be read.",
    labels: { reason: ["undecodable", "shape", "fragment", "json"] },
  },
  lark_webhook_refused: {
    kind: "counter",
    of: "lark",
    help: "Requests to POST /lark/events that were refused, by the reason.",
    labels: { reason: webhookRefusals },
  },
  dingtalk_calls: {
    kind: "counter",
    of: "dingtalk",
    help: "Calls to the DingTalk API, and to session webhooks (call webhook), which are free, by what became of them.",
    labels: { call: dingtalkCalls, outcome: dingtalkOutcomes },
  },
  dingtalk_call_duration_seconds: {
    kind: "histogram",
    of: "dingtalk",
    help: "How long one call to the DingTalk API took.",
    labels: { call: dingtalkCalls },
    buckets: asking,
  },
  dingtalk_connections: {
    kind: "counter",
    of: "dingtalk",
    help: "Connections made to DingTalk (connected), moved at its wish, lost, and attempts that failed or were refused.",
    labels: { outcome: ["connected", "lost", "failed", "refused", "moved"] },
  },
  dingtalk_refused: {
    kind: "counter",
    of: "dingtalk",
    help: "Messages and presses of DingTalk that could not be read, presses on unknown cards, foreign session webhooks, and ids of chats and people that cannot be asked for.",
    labels: { reason: ["message", "callback", "button", "fault", "webhook", "chatId", "personId"] },
  },
  dingtalk_frames_refused: {
    kind: "counter",
    of: "dingtalk",
    help: "Frames of DingTalk's stream that could not be read, or were not handled in time.",
    labels: { reason: ["size", "json", "shape", "topic", "data", "busy", "slow", "fault"] },
  },
  dingtalk_fallbacks: {
    kind: "counter",
    of: "dingtalk",
    help: "Answers that went to DingTalk as plain messages, since no card could be delivered.",
    labels: {
      reason: ["scope", "template", "quota", "denied", "user", "refused", "too-long", "parameter", "unknown"],
    },
  },
  dingtalk_month_calls: {
    kind: "gauge",
    of: "dingtalk",
    help: "Calls to the DingTalk API in this month (UTC+8), of all processes together.",
    labels: {},
  },
  dingtalk_month_pushes: {
    kind: "gauge",
    of: "dingtalk",
    help: "Pushes of DingTalk's stream in this month (UTC+8), to all processes together.",
    labels: {},
  },
  dingtalk_month_quota: {
    kind: "gauge",
    of: "dingtalk",
    help: "Calls to the DingTalk API that a month has (channels.dingtalk.monthlyCalls); 0: no limit.",
    labels: {},
  },

  // The process
  part_ready: {
    kind: "gauge",
    help: "Whether a part works: a channel is connected, the store can be written.",
    labels: { part: parts },
  },
  store_commits: {
    kind: "counter",
    help: "Groups of messages, presses and notes that were written to the store, by how that went.",
    labels: { outcome: ["ok", "failed"] },
  },
  store_commit_duration_seconds: {
    kind: "histogram",
    help: "How long it took until such a group was on disk, or failed.",
    labels: {},
    buckets: writing,
  },
  store_failures: {
    kind: "counter",
    help: "Reads and transactions that the store failed to do.",
    labels: { act: ["read", "write"] },
  },
  store_disk_free_bytes: {
    kind: "gauge",
    help: "Free space where the embedded store is.",
    labels: {},
  },
  store_disk_size_bytes: {
    kind: "gauge",
    help: "All space where the embedded store is.",
    labels: {},
  },
  metrics_unread: {
    kind: "counter",
    help: "Metrics that could not be read when somebody asked for them, and were left out, by a fault of the bot; counted each time.",
    labels: {},
  },
  event_loop_lag_p99_seconds: {
    kind: "gauge",
    help: "How late timers come at worst in 99 of 100 cases, over the last ten seconds or more.",
    labels: {},
  },
  event_loop_lag_max_seconds: {
    kind: "gauge",
    help: "How late the latest timer came over the last ten seconds or more.",
    labels: {},
  },
  process_cpu_seconds: { kind: "total", help: "Processor time of the process, user and system.", labels: {} },
  process_resident_memory_bytes: { kind: "gauge", help: "Memory of the process.", labels: {} },
  process_heap_bytes: { kind: "gauge", help: "Memory that JavaScript objects take.", labels: {} },
  process_open_fds: { kind: "gauge", help: "Open files and sockets; only on Linux.", labels: {} },
  process_start_time_seconds: { kind: "gauge", help: "When the process began, Unix time.", labels: {} },
  build_info: {
    kind: "gauge",
    help: "1; its labels say which release runs on which Node.",
    labels: { version: "constant", node: "constant" },
  },
} as const satisfies Readonly<Record<string, Metric>>;

type Catalog = typeof catalog;

export type MetricKey = keyof Catalog;

type OfKind<Kind extends Metric["kind"]> = {
  [Key in MetricKey]: Catalog[Key]["kind"] extends Kind ? Key : never;
}[MetricKey];

export type CounterKey = OfKind<"counter">;
export type HistogramKey = OfKind<"histogram">;
/** What is read whenever somebody asks. */
export type ReadKey = OfKind<"gauge" | "total">;

type ValueOf<Values extends LabelValues> = Values extends readonly string[]
  ? "other" extends Values[number]
    ? string
    : Values[number]
  : string;

/** The labels of a metric with the values that they take. */
export type LabelsOf<Key extends MetricKey> = {
  readonly [Label in keyof Catalog[Key]["labels"]]: ValueOf<Extract<Catalog[Key]["labels"][Label], LabelValues>>;
};

/** The name of a metric at /metrics, such as deskhand_commands_total. */
export function metricName(key: MetricKey): string {
  const { kind } = catalog[key];
  return `deskhand_${key}${kind === "counter" || kind === "total" ? "_total" : ""}`;
}
