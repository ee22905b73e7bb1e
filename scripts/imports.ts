// `npm run imports`: whether every module imports only what its place in the house allows.
import { fileURLToPath } from "node:url";
import { checkImports } from "./check-imports.ts";

const { problems, modules } = await checkImports(fileURLToPath(new URL("..", import.meta.url)));
for (const problem of problems) {
  console.error(problem);
}
console.log(`Imports: ${modules} modules, ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`);
process.exitCode = problems.length === 0 ? 0 : 1;
