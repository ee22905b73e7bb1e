// The stand-in as a process of its own: node test/platforms/fleet/main.ts [--port N] [--control N] [--runtimes N]
// It prints what to put into app.yaml, then the address of its control as a comment, and ends on SIGINT and SIGTERM.
import { parseArgs } from "node:util";
import { createControl } from "./control.ts";
import { createMovableFleet } from "./movable-fleet.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    control: { type: "string", default: "0" },
    runtimes: { type: "string", default: "20" },
  },
});

const fleet = createMovableFleet({ port: Number(values.port), runtimes: Number(values.runtimes) });
const control = createControl(fleet);
await fleet.start();
const address = await control.start(Number(values.control));
process.stdout.write(`fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: "${fleet.endpoint}"
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: simulator, accessKeySecret: simulator }
# control: ${address}
`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all([fleet.stop(), control.stop()]));
}
