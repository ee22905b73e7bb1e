// The stand-in as a process of its own: node test/platforms/lark/main.ts [--port N] [--control N]
// It prints one line of JSON with its addresses and its secret, and ends on SIGINT and SIGTERM.
import { parseArgs } from "node:util";
import { createControl } from "./control.ts";
import { createFakeLark } from "./fake-lark.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, control: { type: "string", default: "0" } },
});

const fake = createFakeLark({ port: Number(values.port) });
const control = createControl(fake);
await fake.start();
const address = await control.start(Number(values.control));
const { url, appId, appSecret, botOpenId } = fake;
process.stdout.write(`${JSON.stringify({ url, control: address, appId, appSecret, botOpenId })}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all([fake.stop(), control.stop()]));
}
