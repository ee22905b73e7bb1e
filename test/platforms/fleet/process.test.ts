import { expect, it } from "vitest";
import { order, startProcess } from "../process-rig.ts";

it("a stand-in as a process prints its address, does what it is told, and ends when it is told to", async () => {
  const process = startProcess(new URL("main.ts", import.meta.url));
  try {
    const lines: string[] = [];
    for await (const line of process.output) {
      lines.push(line);
      if (line.startsWith("# control")) break;
    }
    const [, control = ""] = /# control: (\S+)/.exec(lines.join("\n")) ?? [];
    await order(control, "POST", "/add", { name: "a", risks: ["model-modified"] });
    await order(control, "POST", "/set", { id: "ecd-0001", change: { risks: [] } });
    await order(control, "POST", "/remove", { id: "ecd-0002" });
    expect(await order(control, "GET", "/ids")).toHaveLength(20);
    expect(await order(control, "POST", "/fail", { kind: "throttle" })).toEqual({});
    expect(await order(control, "POST", "/set", { id: "nobody", change: {} })).toEqual({
      error: "there is no runtime nobody",
    });
    expect((await process.stop())[0]).toBe(0);
  } finally {
    process.kill();
  }
});
