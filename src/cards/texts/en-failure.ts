import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice } from "./advice.ts";

/** Why there is no answer, and what to do. */
export function failureInEnglish(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `Alibaba Cloud does not allow this bot to read the list of runtimes${it.principal ? ` (${it.principal})` : ""}.`,
        todo: `Allow the action ${it.action ?? "appstreaming:ListDesktopAgentRuntime"} on resource * in a RAM policy for it.`,
      };
    case "credentials":
      return {
        happened: "Alibaba Cloud does not know the access key of this bot, or its security token has expired.",
        todo: "Check the credentials under fleet.alibabaCloud in app.yaml.",
      };
    case "signature":
      return {
        happened: "Alibaba Cloud refused the signature of the request.",
        todo: "The secret does not belong to the access key: check fleet.alibabaCloud.credentials in app.yaml.",
      };
    case "clock":
      return {
        happened: "Alibaba Cloud refused the time of the request.",
        todo: "The clock of the machine that this bot runs on is more than 15 minutes off: set it right.",
      };
    case "parameter":
      return {
        happened: "Alibaba Cloud refused a value of this command.",
        todo: "Check the values, or ask with fewer filters.",
      };
    case "throttled":
      return { happened: "Alibaba Cloud is asking this bot to slow down.", todo: "Try again in a minute." };
    case "service":
      return { happened: "Alibaba Cloud App Streaming failed to answer.", todo: "Try again in a few minutes." };
    case "unreachable":
      return {
        happened: "Alibaba Cloud App Streaming cannot be reached.",
        todo: "Check the network of the machine that this bot runs on, and fleet.alibabaCloud.endpoint in app.yaml.",
      };
    case "timeout":
      return {
        happened: "Alibaba Cloud App Streaming did not answer in time.",
        todo: "Try again, or narrow the list with a filter.",
      };
    case "unreadable":
      return {
        happened: "What came back was not an answer of Alibaba Cloud App Streaming.",
        todo: "Check for a proxy between this bot and the API, and try again.",
      };
    case "overloaded":
      return { happened: "Too many requests are waiting already.", todo: "Try again in a minute." };
    case "stopped":
      return { happened: "The bot is being restarted.", todo: "Try again in a minute." };
  }
}
