import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { createAgents, noProxies, type Proxies } from "../network/index.ts";
import type { Check, Fault, Found } from "./check.ts";

/** A server that tells the time in its answers, and by whose name people know it. */
export interface TimeServer {
  readonly name: string;
  /** Asked without a signature; what it answers is not looked at. */
  readonly url: string;
}

export interface ClockOptions {
  readonly servers: readonly TimeServer[];
  /** What connections to them take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  /** Wall time of this machine, epoch milliseconds. */
  readonly now: () => number;
  /** What is said when the clock is so far off that requests are refused. */
  readonly refused: Fault;
}

/** From how far off it is said, and from how far off it is a failure, milliseconds: the API refuses from 15 minutes on. */
const limits = { note: 60_000, failed: 10 * 60_000 } as const;

/** Compares this machine's clock with what servers say that are asked anyway; one check for each. */
export function clockChecks({ servers, proxies = noProxies, now, refused }: ClockOptions): readonly Check[] {
  return servers.map(({ name, url }) => ({
    part: "clock",
    name,
    async look(signal): Promise<Found> {
      const offset = await offsetBetween(now, () => dateOf(new URL(url), proxies, signal));
      if (offset === undefined) {
        return { state: "note", says: `${name} did not tell the time.` };
      }
      const off = Math.abs(offset);
      const by = `This clock is ${inWords(off)} ${offset < 0 ? "behind" : "ahead of"} that of ${name}.`;
      if (off >= limits.failed) {
        return { state: "failed", says: `${by} ${refused.says}`, todo: refused.todo };
      }
      return off >= limits.note
        ? { state: "note", says: by, todo: "Let the machine set its clock by itself, such as by NTP." }
        : { state: "ok", says: `This clock agrees with that of ${name}.` };
    },
  }));
}

/** How far this clock is ahead, milliseconds; undefined when no answer with a date comes. */
async function offsetBetween(now: () => number, ask: () => Promise<string>): Promise<number | undefined> {
  try {
    const before = now();
    const date = Date.parse(await ask());
    const middle = (before + now()) / 2;
    // The header has whole seconds: what it says is half a second ago, by and large.
    return Number.isNaN(date) ? undefined : middle - date - 500;
  } catch {
    return undefined;
  }
}

/** What an answer says of its time; empty where it says nothing. Rejects when none comes. */
async function dateOf(url: URL, proxies: Proxies, signal: AbortSignal): Promise<string> {
  const agents = createAgents({ proxies });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const request = url.protocol === "https:" ? secureRequest : plainRequest;
  const sent = request(url, { method: "HEAD", agent: agents.for(url), signal });
  sent.on("error", reject);
  sent.on("response", ({ headers }) => resolve(headers.date ?? ""));
  sent.end();
  try {
    return await promise;
  } finally {
    sent.destroy();
    agents.destroy();
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) {
    return `${seconds} seconds`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
