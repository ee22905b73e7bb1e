// Writes app.schema.json, which editors use to check app.yaml: node scripts/schema.ts

import { writeFile } from "node:fs/promises";
import { formatJsonSchema } from "../src/config/index.ts";

await writeFile(new URL("../app.schema.json", import.meta.url), formatJsonSchema());
