import type { Answer, Card, Locale } from "../cards/index.ts";
import { toCard } from "../cards/index.ts";
import type { Command } from "../commands/index.ts";
import type { CallOptions, Clock } from "../fleet/index.ts";
import type { Grant } from "./access.ts";
import type { Channel, SendOptions, Sent } from "./channel.ts";
import { concealUsers } from "./conceal.ts";
import type { Delivery } from "./deliver.ts";
import type { Exported, Exporter } from "./exporter.ts";
import { insist } from "./insist.ts";
import { faultOf, type Log } from "./log.ts";
import { type Run, refuses } from "./run.ts";

/** Where a file goes, and where it is shown how far it is. */
export interface Destination {
  readonly channel: Channel;
  readonly chat: string;
  readonly locale: Locale;
  readonly options: SendOptions;
  /** Shows something for the time being. */
  readonly show: (card: Card) => void;
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
}

/** How exports are run: what comes of one is a file in the chat, and an answer that says what it holds. */
export type Exports = (to: Destination) => Run;

export interface ExportsOptions {
  readonly exporter: Exporter;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly log: Log;
}

type ExportCommand = Extract<Command, { kind: "export" }>;
type ExportedFile = Extract<Exported, { kind: "file" }>;

/** After how long an export is given up, milliseconds: 100,000 runtimes at one call a second take 17 minutes. */
export const exportDeadline = 45 * 60_000;

/** Milliseconds between two words on how far it is: at first, and then a part of the time that it has taken so far. */
const soonest = 4_000;
const share = 0.5;

export function createExports({ exporter, delivery, clock, log }: ExportsOptions): Exports {
  return (to) => async (command, grant, call) => {
    if (command.kind !== "export" || refuses(command, grant)) {
      return { kind: "refused" };
    }
    const progress = createProgress(clock, (rows, total) =>
      to.show(toCard({ kind: "exporting", command, rows, total }, to.locale)),
    );
    try {
      const outcome = await exporter.write(requestOf(command, grant, to), {
        ...callOf(call),
        onProgress: progress,
      });
      return outcome.ok
        ? await answerOf(command, outcome.value, to)
        : { kind: "failure", command, failure: outcome.failure };
    } catch (error) {
      log.error({ fault: faultOf(error) }, "A file could not be written.");
      return { kind: "export-not-sent", command, reason: "disk" };
    }
  };

  async function answerOf(command: ExportCommand, exported: Exported, to: Destination): Promise<Answer> {
    switch (exported.kind) {
      case "too-many":
        return { kind: "export-too-many", command, total: exported.total, limit: exported.limit };
      case "too-large":
        return { kind: "export-too-large", command, bytes: exported.bytes, limit: exported.limit };
      case "file":
        try {
          return await sendFile(command, exported, to);
        } finally {
          await exported.remove();
        }
    }
  }

  async function sendFile(command: ExportCommand, exported: ExportedFile, to: Destination): Promise<Answer> {
    const { file, rows, complete, unreadable } = exported;
    const { channel, chat, options, ending } = to;
    let last: Sent | undefined;
    await insist({
      clock,
      signals: [ending],
      put: async () => {
        last = await delivery.sendFile(channel, chat, file, options);
        return last;
      },
    });
    return last?.ok === true
      ? {
          kind: "exported",
          command,
          file: { name: file.name, bytes: file.bytes, rows, complete, unreadable },
          sent: "chat",
        }
      : { kind: "export-not-sent", command, reason: last?.recoverable === true ? "failed" : "permission" };
  }
}

function requestOf(command: ExportCommand, grant: Grant, { channel, locale }: Destination) {
  return {
    filters: command.filters,
    scope: grant.scope,
    format: command.format,
    locale,
    see: (runtime: Parameters<typeof concealUsers>[0]) => concealUsers(runtime, grant.show),
    showsUsers: grant.show !== "hidden",
    files: channel.files,
  };
}

/** People who wait for a page go before who waits for a file. */
function callOf({ signal, onWait }: CallOptions): CallOptions {
  return { urgency: "scan", signal, onWait };
}

/** Tells of what happens often now and then only, and less often the longer it takes. */
function createProgress(clock: Clock, tell: (rows: number, total: number) => void) {
  const began = clock.elapsed();
  let next = began + soonest;
  return (rows: number, total: number): void => {
    const now = clock.elapsed();
    if (now >= next) {
      next = now + Math.max(soonest, (now - began) * share);
      tell(rows, total);
    }
  };
}
