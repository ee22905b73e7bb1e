import { createServer } from "node:net";
import { z } from "zod";
import type { Check, Found } from "../doctor/index.ts";
import { listenFault } from "./listen-fault.ts";

export interface PortOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Whether the port can be listened on; when something else does, whether that is a Deskhand, and how it is. */
export function portCheck({ host, port }: PortOptions): Check {
  return {
    part: "port",
    name: "listening",
    async look(signal): Promise<Found> {
      const error = await tryToListen(host, port);
      if (error === undefined) {
        return {
          state: "ok",
          says: port === 0 ? `Any free port of ${host} will be taken.` : `Port ${port} on ${host} is free.`,
        };
      }
      const running = error.code === "EADDRINUSE" ? await askDeskhand(host, port, signal) : undefined;
      return running ?? { state: "failed", ...listenFault(error, { host, port }) };
    },
  };
}

/** Listens, for a moment. */
function tryToListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

const readySchema = z.object({ ready: z.boolean(), parts: z.record(z.string(), z.string()) });

/** How long an answer of this machine may take, milliseconds. */
const patience = 3_000;

/** How the Deskhand is that listens there; undefined when it is something else. */
async function askDeskhand(host: string, port: number, signal: AbortSignal): Promise<Found | undefined> {
  const url = `http://${reachable(host)}:${port}/readyz`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    const { ready, parts } = readySchema.parse(await answer.json());
    if (ready) {
      return { state: "ok", says: `Deskhand is running on port ${port} of ${host}, and ready.` };
    }
    const behind = Object.keys(parts).filter((part) => parts[part] !== "ready");
    return {
      state: "note",
      says: `Deskhand is running on port ${port} of ${host}, but not ready: ${behind.join(", ")}.`,
      todo: "Its log says why.",
    };
  } catch {
    return undefined;
  }
}

/** An address under which one that is listened on is reached from this machine. */
function reachable(host: string): string {
  switch (host) {
    case "0.0.0.0":
      return "127.0.0.1";
    case "::":
      return "[::1]";
    default:
      return host.includes(":") ? `[${host}]` : host;
  }
}
