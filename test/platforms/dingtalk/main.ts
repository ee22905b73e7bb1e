// The stand-in as a process of its own: node test/platforms/dingtalk/main.ts [--port N] [--control N] [--keep N]
// It prints what to put into app.yaml, then the address of its control as a comment, and ends on SIGINT and SIGTERM.
import { parseArgs } from "node:util";
import { createControl } from "./control.ts";
import { createFakeDingTalk } from "./fake-dingtalk.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    control: { type: "string", default: "0" },
    keep: { type: "string", default: "10000" },
  },
});

const fake = createFakeDingTalk({ port: Number(values.port), keep: Number(values.keep) });
const control = createControl(fake);
await fake.start();
const address = await control.start(Number(values.control));
const { url, clientId, clientSecret } = fake;
process.stdout.write(`channels:
  dingtalk:
    enabled: true
    clientId: ${clientId}
    clientSecret: ${clientSecret}
    apiBase: ${url}
    oapiBase: ${url}
# control: ${address}
`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all([fake.stop(), control.stop()]));
}
