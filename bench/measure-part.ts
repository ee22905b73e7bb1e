// One part of the benchmark, in a process of its own: what one part leaves in memory is not measured in the next.
// Started by run-part.ts as the first of a group of processes, and told which part, and how much of it.
import { isPartName, parts } from "./parts.ts";
import { isSize, plans } from "./plan.ts";

const [name = "", size = ""] = process.argv.slice(2);
if (!isPartName(name) || !isSize(size)) throw new Error(`There is no part ${name} of the size ${size}.`);

// Whoever waits for the result is gone: so go this process and all that it started.
process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"));

const result = await parts[name].measure(plans[size]);
process.send?.(result);
