// Loaded before the bot: something fails when it is told to end, while it answers what was accepted.

import process from "node:process";

process.on("SIGTERM", () => {
  setImmediate(() => {
    void Promise.reject(new Error("It failed while the bot was ending."));
  });
});
