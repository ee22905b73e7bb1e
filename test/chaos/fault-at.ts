// Loaded before the bot: it prints, warns and fails when it is told to, with words that nobody may read.

import process from "node:process";

const secret = process.env.PLANTED ?? "";

process.on("SIGUSR2", () => {
  // biome-ignore lint/suspicious/noConsole: it plays a library that prints
  console.log("connecting to", `wss://host.example/?ticket=${secret}`, { token: secret });
  process.emitWarning(`token=${secret} is old`, "OldWarning");
  setImmediate(() => {
    void Promise.reject(new Error(`Cannot reach https://host.example/?key=${secret}`));
  });
});
