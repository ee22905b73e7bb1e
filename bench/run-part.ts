import { spawn } from "node:child_process";
import { once } from "node:events";
import { type PartName, parts } from "./parts.ts";
import type { Size } from "./plan.ts";
import { type Result, resultSchema } from "./result.ts";

/** A part under way. */
export interface Run {
  /** Undefined when the part failed, which it has said itself, or was not over in time. Nothing it started is left then. */
  readonly result: Promise<Result | undefined>;
  /** Ends it and everything that it started, at once. */
  end(): void;
}

/** A long run writes a million messages. */
const longer = 6;

/** Runs a part in a group of processes of its own. `folder` is where it has what is temporary. */
export function runPart(name: PartName, size: Size, folder: string): Run {
  // Of the flags of Node that it was started with, as memory depends on them.
  const child = spawn(process.execPath, [...process.execArgv, "bench/measure-part.ts", name, size], {
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // As JSON, a figure that is missing would arrive as null.
    serialization: "advanced",
    env: { ...process.env, TMPDIR: folder },
  });
  let result: Result | undefined;
  child.on("message", (message) => {
    result = resultSchema.parse(message);
    end();
  });
  function end(): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of them are gone already.
    }
  }
  const limit = parts[name].seconds * (size === "long" ? longer : 1);
  const timer = setTimeout(() => {
    console.error(`${name} was not over within ${limit} seconds.`);
    end();
  }, limit * 1_000);
  const over = once(child, "close").then(() => {
    clearTimeout(timer);
    end();
    return result;
  });
  return { result: over, end };
}
