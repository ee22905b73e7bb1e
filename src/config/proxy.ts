import type { Proxies } from "../network/index.ts";
import type { Environment } from "./environment.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Config } from "./schema.ts";
import { createSecret, type Secret } from "./secret.ts";

/** The proxies that the environment names, as other programs read it, and what of that cannot be taken. */
export interface ProxyReading {
  readonly proxies: Proxies;
  /** The addresses of the proxies, which may hold passwords: what a log scrubber has to look for. */
  readonly secrets: readonly Secret[];
  /** They name the variable, and repeat nothing of it. */
  readonly problems: readonly ConfigProblem[];
}

type Scheme = "https" | "http";
type Fault = Pick<ConfigProblem, "message" | "hint">;

/** Before it, Node's agents do not know of proxies. */
const firstNode = [24, 5] as const;

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; where one is set in lower case, that is taken. A variable that is empty is not
 * set. Never throws.
 */
export function readProxies(environment: Environment = process.env, node = process.versions.node): ProxyReading {
  const problems: ConfigProblem[] = [];
  const secrets: Secret[] = [];

  function read(scheme: Scheme): Secret | undefined {
    const [name, text] = variableOf(environment, `${scheme}_proxy`);
    if (text === undefined) {
      return undefined;
    }
    const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
    const secret = createSecret(address);
    secrets.push(secret);
    const fault = faultOf(address, node);
    if (fault !== undefined) {
      problems.push({ file: "environment", line: 0, column: 0, key: name, ...fault });
      return undefined;
    }
    return secret;
  }

  const [https, http] = [read("https"), read("http")];
  const [, except = ""] = variableOf(environment, "no_proxy");
  return {
    proxies: {
      https: https && (() => https.reveal()),
      http: http && (() => http.reveal()),
      except: except
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((entry) => entry !== ""),
    },
    secrets,
    problems,
  };
}

/** Whether anything that is configured has to leave this machine's network: else a wrong proxy harms nobody. */
export function leavesHome({ fleet, channels }: Config): boolean {
  return fleet.source === "alibaba-cloud" || channels.lark.enabled || channels.dingtalk.enabled;
}

/** The variable that is set, and its value. */
function variableOf(environment: Environment, lower: string): readonly [name: string, value: string | undefined] {
  const names = [lower, lower.toUpperCase()];
  const name = names.find((one) => (environment[one]?.trim() ?? "") !== "") ?? lower;
  return [name, environment[name]?.trim() || undefined];
}

function faultOf(address: string, node: string): Fault | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && url.protocol !== "http:") {
    return {
      message: "only a proxy that is spoken to by http can be taken",
      hint: "write it as http://host:port; what goes through it is encrypted all the same",
    };
  }
  if (url === undefined || url.hostname === "" || url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return {
      message: "is no address of a proxy",
      hint: "write it as http://host:port or http://user:password@host:port, with signs such as @ : / percent-encoded",
    };
  }
  if (!isDecodable(url.username) || !isDecodable(url.password)) {
    return { message: "holds a % in user or password that begins no code", hint: "write a % itself as %25" };
  }
  return isTooOld(node)
    ? { message: `proxies need Node ${firstNode.join(".")}, this is ${node}`, hint: "update Node" }
    : undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isTooOld(node: string): boolean {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major < firstNode[0] || (major === firstNode[0] && minor < firstNode[1]);
}
