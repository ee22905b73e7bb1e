// `npm run audit`: asks the registry whether weaknesses are known of the packages that are shipped. Fails when there is a high one.
// A registry that cannot be asked is no failure, but is said in words that nobody overlooks.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { judgeAudit } from "./judge-audit.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const options = { cwd: root, maxBuffer: 16_777_216, timeout: 120_000 };
const printed = await new Promise<string>((resolve) => {
  // It ends with 1 for weaknesses and for a registry that fails alike: what it printed tells them apart.
  execFile("npm", ["audit", "--json", "--omit=dev"], options, (_error, stdout) => resolve(stdout));
});
const { verdict, says } = judgeAudit(printed);
console.error(verdict === "unknown" ? `\n!!! NOT AUDITED: ${says}\n` : says);
process.exitCode = verdict === "bad" ? 1 : 0;
