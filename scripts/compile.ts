// Reads every source once, so that scripts/keep-compiled.js has it at the first start already. `npm run` does this after an
// installation, by scripts/install.js.
import { glob } from "node:fs/promises";

const root = new URL("../", import.meta.url);
// The playground's page is for browsers.
const sources = glob(["src/**/*.ts", "adapters/**/*.ts"], { cwd: root, exclude: ["adapters/playground/page/**"] });
for await (const path of sources) {
  await import(new URL(path, root).href);
}
// What was imported may have opened something that would keep the process.
process.exit(0);
