import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import type { Check, Found } from "../doctor/index.ts";

/** The packages without which a part cannot be switched on; the others are needed to get here at all. */
const packages = [
  "@alicloud/credentials",
  "@alicloud/openapi-client",
  "@larksuiteoapi/node-sdk",
  "@resvg/resvg-js",
  "dingtalk-stream",
  "pg",
] as const;

/** The version of Node, and whether the packages are there that are loaded only when their part is on. */
export const installationCheck: Check = {
  part: "configuration",
  name: "installation",
  async look(): Promise<Found> {
    const { resolve } = createRequire(import.meta.url);
    const missing = packages.filter((name) => !isThere(() => resolve(name)));
    const says = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
    return missing.length === 0
      ? { state: "ok", says: `${says}, with all packages.` }
      : { state: "note", says: `${says}, without ${missing.join(", ")}.`, todo: "Install again: npm ci" };
  },
};

function isThere(find: () => string): boolean {
  try {
    return existsSync(find());
  } catch {
    return false;
  }
}
