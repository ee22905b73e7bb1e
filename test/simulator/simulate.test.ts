import { describe, expect, it } from "vitest";
import { runSimulate } from "../../src/simulator/index.ts";
import { createCaller, still } from "./calls.ts";

/** Runs the program until `ready` has been served; gives its exit code and all it wrote. */
async function run(argv: readonly string[], whileRunning?: (endpoint: string) => Promise<void>) {
  let text = "";
  let stop = () => {};
  const finished = runSimulate(argv, {
    write: (piece) => {
      text += piece;
    },
    onStop: (callback) => {
      stop = callback;
    },
  });
  if (whileRunning !== undefined) {
    await expect.poll(() => text).toMatch(/http:\/\/\S+/);
    await whileRunning(/http:\/\/(\S+)/.exec(text)?.[1] ?? "");
    stop();
  }
  return { ...(await finished), text };
}

const date = () => ({ "x-acs-date": `${new Date().toISOString().slice(0, 19)}Z` });

describe("npm run simulate", () => {
  it("serves until it is told to stop, and says how to point at it", async () => {
    let status = 0;
    const { exitCode, text } = await run(["--port", "0", "--runtimes", "30"], async (endpoint) => {
      ({ status } = await createCaller(endpoint)({ headers: date() }));
    });
    expect([status, exitCode]).toEqual([200, 0]);
    expect(text).toContain("30 runtimes, seed 7, moving every 10 s");
    expect(text).toMatch(
      /source: alibaba-cloud\n {2}alibabaCloud:\n {4}endpoint: "127\.0\.0\.1:\d+"\n {4}protocol: http\n/,
    );
    expect(text).toContain('accessKeyId: "simulator", accessKeySecret: "simulator"');
  });

  it("takes another key and never prints its secret", async () => {
    let status = 0;
    const { text } = await run(["--port=0", "--key", "me:a:secret", "--tick=0"], async (endpoint) => {
      ({ status } = await createCaller(endpoint)({ key: { id: "me", secret: "a:secret" }, headers: date() }));
    });
    expect(status).toBe(200);
    expect(text).toContain("still");
    expect(text).toContain('accessKeyId: "me"');
    expect(text).not.toContain("a:secret");
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [["--port", "70000"], /--port must be a whole number from 0 to 65535, not "70000"/],
    [["--runtimes=-5"], /--runtimes must be/],
    [["--runtimes", "1e9"], /--runtimes must be/],
    [["--risk-rate", "1.5"], /--risk-rate must be a number from 0 to 1/],
    [["--shared-rate", "x"], /--shared-rate must be a number from 0 to 1/],
    [["--tick", "soon"], /--tick must be a time/],
    [["--latency", "9h"], /--latency must be a time/],
    [["--host", "0.0.0.0"], /--host must be a loopback address/],
    [["--key", "nocolon"], /--key must be ID:SECRET/],
    [["--sede", "7"], /Unknown option '--sede'/],
    [["--seed"], /--seed/],
    [["extra"], /extra/],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses ${argv.join(" ")} in one line`, async () => {
      const { exitCode, text } = await run(argv);
      expect([exitCode, text.split("\n").length]).toEqual([2, 2]);
      expect(text).toMatch(message);
    });
  }

  it("does not repeat a secret that it could not read", async () => {
    const { text } = await run(["--key", "bad id:hunter2"]);
    expect(text).not.toContain("hunter2");
  });

  it("fails with 1 when the port is taken", async () => {
    const holder = still();
    const { port } = await holder.start();
    const { exitCode, text } = await run(["--port", String(port)]);
    await holder.stop();
    expect(exitCode).toBe(1);
    expect(text).toMatch(/cannot listen: .*EADDRINUSE/);
  });

  it("explains its options", async () => {
    const { exitCode, text } = await run(["--help"]);
    expect(exitCode).toBe(0);
    expect(text).toContain("--error-rate");
  });
});
