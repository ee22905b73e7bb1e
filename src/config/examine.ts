import { readFile, stat } from "node:fs/promises";
import type { Check, Found } from "../doctor/index.ts";
import { noProxies, type Proxies, shownProxy } from "../network/index.ts";
import type { Loaded } from "./load.ts";
import { formatFault, printable } from "./problem.ts";
import { risksOf } from "./risks.ts";
import { secretTexts } from "./secret.ts";

/**
 * What there is to say of a configuration: everything that is wrong with the file, in the words of the start; or, where
 * nothing is, which of its settings somebody should know about.
 */
export function configChecks(loaded: Loaded, proxies: Proxies = noProxies): readonly Check[] {
  if (!loaded.ok) {
    return loaded.problems.map((problem) =>
      finding(problem.key === "" ? "file" : problem.key, {
        state: "failed",
        says: formatFault(problem),
        todo: problem.hint === undefined ? "docs/configuration.md says what can stand there." : printable(problem.hint),
      }),
    );
  }
  const { config, path } = loaded;
  return [
    finding("file", { state: "ok", says: `${path} can be used.` }),
    ...proxyCheck(proxies),
    { part: "configuration", name: "secrets", look: () => whoCanRead(path, secretTexts(config)) },
    ...risksOf(config).map(({ key, says, todo }) => finding(key, { state: "note", says, todo })),
  ];
}

/** Which proxy is taken, without its password; nothing where none is named. */
function proxyCheck({ https, http, except }: Proxies): readonly Check[] {
  if (https === undefined) {
    return http === undefined
      ? []
      : [
          finding("proxy", {
            state: "note",
            says: "HTTP_PROXY is set and HTTPS_PROXY is not: connections to the platforms and the API take no proxy.",
            todo: "Set HTTPS_PROXY as well if they should.",
          }),
        ];
  }
  const but = except.length === 0 ? "" : ", but for what NO_PROXY names";
  return [
    finding("proxy", {
      state: "ok",
      says: `Connections to the outside take the proxy ${shownProxy(https())}, as HTTPS_PROXY says${but}.`,
    }),
  ];
}

function finding(name: string, found: Found): Check {
  return { part: "configuration", name, look: async () => found };
}

/** A shorter text may stand in the file by chance. */
const shortestSecret = 8;

/** Whether secrets are written in a file that others on this machine can read. */
async function whoCanRead(path: string, secrets: readonly string[]): Promise<Found> {
  const text = await readFile(path, "utf8");
  if (!secrets.some((secret) => secret.length >= shortestSecret && text.includes(secret))) {
    return { state: "ok", says: `There are no secrets in ${path} itself.` };
  }
  const { mode } = await stat(path);
  return (mode & 0o077) === 0
    ? { state: "ok", says: `There are secrets in ${path}, which only its owner can read.` }
    : {
        state: "note",
        says: `There are secrets in ${path}, which other users of this machine can read.`,
        todo: `Take them from environment variables, or make the file yours alone: chmod 600 ${path}`,
      };
}
