import { defineConfig } from "vitest/config";
import { WaitingFirst } from "./test/run/waiting-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/run/setup.ts",
    // The tests share no state, so that a module is loaded once a worker and not once a file.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: WaitingFirst },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
