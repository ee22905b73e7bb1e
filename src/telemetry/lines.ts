import { outcomes } from "./labels.ts";

/** A line of the log that people and programs look for. */
export interface LineAbout {
  /** Its level: pino's number for it is in the line. */
  readonly level: "debug" | "info" | "warn" | "error" | "fatal";
  /** When it is written. */
  readonly when: string;
  /** What it holds beside `level`, `time`, `msg` and `traceId`, by name; `?` at the end of a name: not always. */
  readonly fields: Readonly<Record<string, string>>;
}

const where = { channel: "lark, dingtalk or playground", chat: "the platform's id of the chat" };

/** The lines whose names and fields stay as they are, by their `msg`. */
export const lines = {
  command: {
    level: "info",
    when: "A command was answered, whatever came of it, or came too late to be run.",
    fields: {
      ...where,
      "user?": "who asked: in full, its first letter, or not at all, as `show.users` of the access rule says",
      "press?": "true: it was pressed, not typed",
      "command?": "the canonical text, names of users hidden where `user` is; left out where it could not be read",
      "typed?":
        "the first 200 characters of what could not be read; left out where the access rule does not show users in full",
      outcome: `${outcomes.join(", ")}, as in the metrics, or late`,
      "answer?":
        "the kind of the answer, such as list, summary, unknown-view; this and what follows is left out where it is late",
      "failure?": "why the API gave no answer, such as throttled",
      "milliseconds?": "from when its turn had come until its answer was there",
      "pages?": "how many pages were asked for that were not at hand; this and what follows is left out where none was",
      "api?": "milliseconds that requests were on their way, added up; they may be side by side",
      "waited?":
        "milliseconds that pages waited for their turn, for another attempt or for somebody else's request, added up",
      "requestId?": "the API's id of the last request",
    },
  },
  scan: {
    level: "debug",
    when: "The fleet was scanned for watches.",
    fields: {
      watches: "how many",
      pages: "how many pages were asked for",
      runtimes: "how many runtimes at risk were seen, for all watches",
      incomplete: "for how many watches the scan was not complete",
      milliseconds: "how long it took",
    },
  },
  "notice sent": {
    level: "info",
    when: "A message that nobody asked for was sent: an alert, a reminder, a digest.",
    fields: {
      ...where,
      notice: "its id, as /why has it",
      kind: "such as firing, resolved, digest",
      attempt: "which try it was",
    },
  },
  "This process scans and sends from now on.": {
    level: "info",
    when: "This process was elected.",
    fields: { term: "a number that grows with each election" },
  },
  "This process does not scan and send any more.": {
    level: "info",
    when: "Another process may be elected.",
    fields: { term: "as it was told at its begin" },
  },
  "Traces could not be sent.": {
    level: "warn",
    when: "The collector did not take spans; once a minute at most.",
    fields: { reason: "in words", spans: "how many were lost since the last such line" },
  },
  "Node warns of something.": {
    level: "warn",
    when: "Node or a library gave a warning of the process.",
    fields: { warning: "its name", words: "what it says, scrubbed" },
  },
  "A library printed something.": {
    level: "debug",
    when: "A library wrote to the console; nothing but the log writes to the streams of the process.",
    fields: { method: "of the console: log, warn, error …", words: "what it wrote, scrubbed and cut" },
  },
  "A fault that nothing has caught: the bot stops.": {
    level: "fatal",
    when: "A mistake in the program: what was accepted is answered, as far as ten seconds allow; exit code 1.",
    fields: {
      fault: "its type, its message without addresses, and where it came from",
      origin: "uncaughtException or unhandledRejection",
    },
  },
} as const satisfies Readonly<Record<string, LineAbout>>;
