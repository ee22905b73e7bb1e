// Writes the pages under docs/ that are made of the program's own tables: node scripts/docs.ts

import { writeFile } from "node:fs/promises";
import { commandsPage } from "./commands-page.ts";
import { logsPage } from "./logs-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { tracingPage } from "./tracing-page.ts";

await writeFile(new URL("../docs/commands.md", import.meta.url), commandsPage());
await writeFile(new URL("../docs/logs.md", import.meta.url), logsPage());
await writeFile(new URL("../docs/metrics.md", import.meta.url), metricsPage());
await writeFile(new URL("../docs/tracing.md", import.meta.url), tracingPage());
