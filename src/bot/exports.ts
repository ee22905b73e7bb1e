import { z } from "zod";
import type { Answer, Card, Locale } from "../cards/index.ts";
import { toCard } from "../cards/index.ts";
import type { ExportCommand } from "../commands/index.ts";
import type { CallOptions, Clock } from "../fleet/index.ts";
import type { Grant } from "./access.ts";
import type { Channel, SendOptions, Sent } from "./channel.ts";
import type { Delivery } from "./deliver.ts";
import type { Exported, Exporter } from "./exporter.ts";
import { insist } from "./insist.ts";
import { faultOf, type Log } from "./log.ts";
import type { Notes } from "./memory.ts";
import { type Run, refuses, visible } from "./run.ts";
import { unfiledAnswer } from "./unfiled.ts";

/** Where a file goes, and where it is shown how far it is. */
export interface Destination {
  readonly channel: Channel;
  readonly chat: string;
  readonly user: string;
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
  /** Which files were sent, so that one whose answer is still owed is not made and sent again. */
  readonly notes: Notes;
  readonly clock: Clock;
  readonly log: Log;
}

type ExportedFile = Extract<Exported, { kind: "file" }>;

/**
 * After how long an export is given up, milliseconds: 100,000 runtimes at one call a second take 17 minutes, and three times
 * as long where the list moves meanwhile.
 */
export const exportDeadline = 55 * 60_000;

const noteKind = "export";

/** A file that is in the chat. */
const sentFileSchema = z.object({
  name: z.string(),
  bytes: z.number(),
  rows: z.number(),
  complete: z.boolean(),
  unreadable: z.number(),
});

type SentFile = z.infer<typeof sentFileSchema>;

/** Milliseconds between two words on how far it is: at first, and then a part of the time that it has taken so far. */
const soonest = 4_000;
const share = 0.5;

export function createExports({ exporter, delivery, notes, clock, log }: ExportsOptions): Exports {
  return (to) => async (command, grant, call) => {
    if (command.kind !== "export" || refuses(command, grant)) {
      return { kind: "refused" };
    }
    const before = await sentBefore(to);
    if (before !== undefined) {
      return { kind: "exported", command, file: before, sent: "chat" };
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
    if (exported.kind !== "file") {
      return unfiledAnswer(command, exported);
    }
    try {
      return await sendFile(command, exported, to);
    } finally {
      await exported.remove();
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
    if (last?.ok !== true) {
      return { kind: "export-not-sent", command, reason: reasonOf(last) };
    }
    const sent: SentFile = { name: file.name, bytes: file.bytes, rows, complete, unreadable };
    notes.put({ channel: channel.name, kind: noteKind, key: options.key, text: JSON.stringify(sent) });
    return { kind: "exported", command, file: sent, sent: "chat" };
  }

  async function sentBefore({ channel, options }: Destination): Promise<SentFile | undefined> {
    try {
      const text = await notes.get(channel.name, noteKind, options.key);
      return text === undefined ? undefined : sentFileSchema.safeParse(JSON.parse(text)).data;
    } catch (error) {
      log.error({ fault: faultOf(error) }, "It could not be looked up whether a file was sent.");
      return undefined;
    }
  }
}

function requestOf(command: ExportCommand, grant: Grant, { channel, user, locale }: Destination) {
  return {
    asker: JSON.stringify([channel.name, user]),
    filters: command.filters,
    scope: grant.scope,
    format: command.format,
    locale,
    see: visible(grant),
    showsUsers: grant.show !== "hidden",
    files: channel.files,
  };
}

function reasonOf(sent: Exclude<Sent, { ok: true }> | undefined): "failed" | "maybe" | "refused" {
  return sent?.maybe === true ? "maybe" : sent === undefined || sent.recoverable ? "failed" : "refused";
}

/** People who wait for a page go before who waits for a file. */
function callOf({ signal, onWait, onAsked }: CallOptions): CallOptions {
  return { urgency: "scan", signal, onWait, onAsked };
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
