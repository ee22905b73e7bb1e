import type { Log } from "../../src/bot/index.ts";
import { type Advice, type AppRefusals, createAppRefusals } from "../../src/platform/index.ts";

/** Why DingTalk does not want this app to connect; asking again soon changes nothing. */
export type LinkRefusal = "credentials" | "forbidden";

/**
 * What the gateway calls a client id or a secret that it does not know: `authFailed` is what it answers today, with 401; the
 * others are what its documents and its calls for tokens say.
 */
const credentials = /^(?:auth(?:entication)?Failed|invalid(?:Client|App)|(?:client|app)\w*NotFound)/i;

/** Codes that come with 403 and pass by themselves: too many calls (document "Global error codes"). */
const passing = /QpsLimit|Throttl/i;

/**
 * What an answer of the gateway that grants nothing means; undefined when it may be another one in a moment.
 *
 * @param status of HTTP
 * @param code the platform's word for it
 */
export function refusalOf(status: number, code = ""): LinkRefusal | undefined {
  if (passing.test(code)) return undefined;
  if (status === 401 || credentials.test(code)) return "credentials";
  return status === 403 ? "forbidden" : undefined;
}

/** What the operator reads: what happened, and what to do. */
export const refusalWords: Readonly<Record<LinkRefusal, Required<Advice>>> = {
  credentials: {
    what: "DingTalk refuses the client id or the client secret",
    todo: "Compare channels.dingtalk.clientId and clientSecret with the developer console, under Credentials and basic information, look for blanks around them, and see that the app is in use.",
  },
  forbidden: {
    what: "DingTalk does not let this app connect",
    todo: "In the developer console give the app the robot capability, choose the Stream mode for its messages, publish a version, and see that the app is enabled.",
  },
};

/** The same in one line, for the log. */
const refusalAdvice: Readonly<Record<LinkRefusal, string>> = {
  credentials: inOneLine(refusalWords.credentials),
  forbidden: inOneLine(refusalWords.forbidden),
};

function inOneLine({ what, todo }: Required<Advice>): string {
  return `${what}. ${todo}`;
}

/** Tells of refusals once, whichever part of the channel finds them out. */
export function createDingTalkRefusals(log: Log): AppRefusals<LinkRefusal> {
  return createAppRefusals(refusalAdvice, log);
}
