import type { Log } from "../../src/bot/index.ts";
import { type Advice, type AppRefusals, createAppRefusals } from "../../src/platform/index.ts";

/** Why Lark does not want this app to connect; asking again soon changes nothing. */
export type LinkRefusal = "app-id" | "credentials" | "forbidden" | "connections" | "other";

/** The form of an app's id; the SDK does nothing at all with another one, and does not say so (class WSClient, start). */
export const appIdPattern = /^cli_[0-9a-fA-F]{16}$/;

/** Codes of the endpoint and of the handshake (SDK, enum ErrorCode beside class WSClient). */
const codes: Readonly<Record<number, LinkRefusal>> = {
  403: "forbidden",
  514: "credentials",
  1000040350: "connections",
};

/** Codes that pass by themselves: the system is busy, or has a fault of its own (the same enum). */
const passing: ReadonlySet<number> = new Set([1, 1000040343]);

/** What a code that is not 0 means; undefined when it may be another one in a moment. */
export function refusalOf(code: number): LinkRefusal | undefined {
  return passing.has(code) ? undefined : (codes[code] ?? "other");
}

/** What is known to be a refusal among codes that may also be statuses of whatever stands between. */
export function knownRefusalOf(code: number): LinkRefusal | undefined {
  return codes[code];
}

/** What the operator reads: what happened, and what to do. */
export const refusalWords: Readonly<Record<LinkRefusal, Required<Advice>>> = {
  "app-id": {
    what: "channels.lark.appId is not the id of an app",
    todo: "Write the one that the developer console shows under Credentials: cli_ and 16 hexadecimal digits.",
  },
  credentials: {
    what: "Lark refuses the app id or the app secret",
    todo: "Compare channels.lark.appId and appSecret with the developer console, under Credentials, and see that channels.lark.domain is the cloud that the app was made in, and that the app is in use.",
  },
  forbidden: {
    what: "Lark does not let this app connect",
    todo: "In the developer console, under Events and callbacks, choose the long connection for events and for callbacks, publish a version, and see that the app is enabled; it has to be a custom app. Otherwise set channels.lark.events to webhook.",
  },
  connections: {
    what: "Lark lets no further connection of this app in: 50 are open",
    todo: "End other processes that run with the same app id.",
  },
  other: {
    what: "Lark refuses the connection for a reason that is not known here",
    todo: "Look its code up in the documents of the open platform.",
  },
};

/** The same in one line, for the log. */
const refusalAdvice: Readonly<Record<LinkRefusal, string>> = {
  "app-id": inOneLine(refusalWords["app-id"]),
  credentials: inOneLine(refusalWords.credentials),
  forbidden: inOneLine(refusalWords.forbidden),
  connections: inOneLine(refusalWords.connections),
  other: inOneLine(refusalWords.other),
};

function inOneLine({ what, todo }: Required<Advice>): string {
  return `${what}. ${todo}`;
}

/** Tells of refusals once, whichever part of the channel finds them out. */
export function createLarkRefusals(log: Log): AppRefusals<LinkRefusal> {
  return createAppRefusals(refusalAdvice, log);
}
