import type { FleetFailure } from "../../fleet/index.ts";
import type { Advice } from "./advice.ts";
import { causeOf, type FailureCause } from "./failure-cause.ts";

/** Why there is no answer, and what to do. */
export function failureInEnglish(it: FleetFailure): Advice {
  const cause = causeOf(it);
  return cause === undefined ? ofKind(it) : ofCause[cause];
}

const ofCause: Readonly<Record<FailureCause, Advice>> = {
  "no-credentials": {
    happened: "This bot has no credentials for Alibaba Cloud.",
    todo: "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or fleet.alibabaCloud.credentials in app.yaml.",
  },
  "token-expired": {
    happened: "The security token of this bot has expired.",
    todo: "Renew it where it comes from: a token in app.yaml or in the environment does not renew itself.",
  },
  "token-refused": {
    happened: "Alibaba Cloud refused the security token of this bot.",
    todo: "Check that token, access key and secret were issued together, in fleet.alibabaCloud.credentials or the environment.",
  },
  "name-unknown": {
    happened: "Alibaba Cloud App Streaming cannot be reached: nobody knows the name of its host.",
    todo: "Check DNS on the machine that this bot runs on, and fleet.alibabaCloud.region and endpoint in app.yaml.",
  },
  certificate: {
    happened: "Alibaba Cloud App Streaming cannot be reached: the certificate that came is not trusted.",
    todo: "Check for a proxy that opens TLS; NODE_EXTRA_CA_CERTS names a file with its certificate.",
  },
  "no-tls": {
    happened: "Alibaba Cloud App Streaming cannot be reached: what answers at its address does not speak HTTPS.",
    todo: "Check fleet.alibabaCloud.protocol and endpoint in app.yaml, its port included.",
  },
  "proxy-credentials": {
    happened:
      "Alibaba Cloud App Streaming cannot be reached: the proxy asks for a user and a password, or does not know those it got.",
    todo: "Write them in HTTPS_PROXY as http://user:password@host:port, with signs such as @ and : percent-encoded.",
  },
  "proxy-refused": {
    happened: "Alibaba Cloud App Streaming cannot be reached: the proxy does not let the connection through.",
    todo: "Let the proxy pass connections to this host and port, or name the host in NO_PROXY.",
  },
  "proxy-failed": {
    happened: "Alibaba Cloud App Streaming cannot be reached: the proxy made no connection.",
    todo: "See that HTTPS_PROXY names a proxy for HTTP, and that this proxy can reach the host.",
  },
  "proxy-unreachable": {
    happened: "Alibaba Cloud App Streaming cannot be reached: the proxy could not be reached.",
    todo: "Check the host and the port in HTTPS_PROXY, and that the proxy runs.",
  },
};

function ofKind(it: FleetFailure): Advice {
  switch (it.kind) {
    case "denied":
      return {
        happened: `Alibaba Cloud does not allow this bot to read the list of runtimes${it.principal ? ` (${it.principal})` : ""}.`,
        todo: `Allow the action ${it.action ?? "appstreaming:ListDesktopAgentRuntime"} on resource * in a RAM policy for it.`,
      };
    case "credentials":
      return {
        happened: "Alibaba Cloud does not know the access key of this bot.",
        todo: "Check fleet.alibabaCloud.credentials in app.yaml, and that the key was not disabled.",
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
