/** What a span is for those who look at traces: `consumer` takes something in, `client` asks another program. */
export type SpanKind = "consumer" | "client" | "internal";

/** A kind of span. */
export interface SpanAbout {
  readonly kind: SpanKind;
  /** A sentence that says what is timed. */
  readonly help: string;
  /** Begins a trace of its own, whatever is under way. */
  readonly root?: true;
  /** What may be known of it, by name: few values each, short, never text of people or of the API. */
  readonly attributes: Readonly<Record<string, string>>;
}

const channel = { "deskhand.channel": "lark, dingtalk or playground" };
const arrival = { "deskhand.arrival": "message, click, joined or left" };
const outcome = { "deskhand.outcome": "what became of it, in a word, as in the metrics" };
const server = { "server.address": "the host that is asked" };
const http = {
  "http.request.method": "always POST",
  "http.response.status_code": "of the answer, where there is one",
};

/** All spans that there are, in the order in which docs/tracing.md tells of them. */
export const spans = {
  receive: {
    kind: "consumer",
    root: true,
    help: "A message, a press or news of a chat has arrived: until it is on disk, and until a press is answered.",
    attributes: { ...channel, ...arrival, ...outcome },
  },
  "store.take": {
    kind: "internal",
    help: "What has arrived is written to the store, in one transaction with what arrives beside it.",
    attributes: outcome,
  },
  answer: {
    kind: "internal",
    help: "What has arrived is answered, from when its turn has come. Begins a trace where an earlier process took it in.",
    attributes: { ...channel, ...arrival, "deskhand.resumed": "whether it was taken in some time ago" },
  },
  command: {
    kind: "internal",
    help: "A command is run.",
    attributes: { "deskhand.command": "its kind, such as list; none where it could not be read", ...outcome },
  },
  ask: {
    kind: "internal",
    root: true,
    help: "One command of `npm run ask`.",
    attributes: { "deskhand.command": "its kind; none where it could not be read", ...outcome },
  },
  "api.page": {
    kind: "internal",
    help: "A page of the fleet is asked for, until it is there or given up. The first who asks has the attempts; who joins is linked to it. A page that is still kept has no span.",
    attributes: {
      "deskhand.answer": "asked, or shared: by a request that was under way for somebody else",
      "deskhand.urgency": "person or scan",
      ...outcome,
    },
  },
  ListDesktopAgentRuntime: {
    kind: "client",
    help: "One attempt at the fleet's API, from when it may go out.",
    attributes: {
      ...http,
      "http.request.resend_count": "how many attempts were made before this one",
      ...server,
      ...outcome,
      "deskhand.request_id": "the API's id of the request",
      "deskhand.throttled": "true where the API said that there were too many requests",
    },
  },
  send: {
    kind: "internal",
    help: "A card or a file is handed to a channel, until the platform has it or it is given up.",
    attributes: { ...channel, "deskhand.act": "send, update or file", ...outcome },
  },
  "lark.call": {
    kind: "client",
    help: "One call to Lark's API.",
    attributes: { "deskhand.call": "token, create, reply, patch, upload or bot", ...server, ...outcome },
  },
  "dingtalk.call": {
    kind: "client",
    help: "One call to DingTalk's API, or to a session webhook.",
    attributes: {
      "deskhand.call": "token, create, update, group, user, upload or webhook",
      ...server,
      ...outcome,
    },
  },
  scan: {
    kind: "internal",
    root: true,
    help: "The fleet is scanned for watches, and what it shows is judged and written down.",
    attributes: {
      "deskhand.watches": "how many watches",
      "deskhand.calls": "how many pages were asked for",
      "deskhand.incomplete": "for how many of the watches the scan was not complete",
    },
  },
  sample: {
    kind: "internal",
    root: true,
    help: "The fleet is counted for trends.",
    attributes: {},
  },
  digest: {
    kind: "internal",
    root: true,
    help: "A digest is made.",
    attributes: channel,
  },
  notice: {
    kind: "internal",
    root: true,
    help: "A message that nobody asked for is sent to a chat, or held back: an alert, a reminder, a digest.",
    attributes: { ...channel, "deskhand.notice": "its kind, such as firing", ...outcome },
  },
} as const satisfies Readonly<Record<string, SpanAbout>>;

export type SpanName = keyof typeof spans;

/** What may be set on a span of some kind. */
export type AttributesOf<Name extends SpanName> = {
  readonly [Attribute in keyof (typeof spans)[Name]["attributes"]]?: string | number | boolean | undefined;
};
