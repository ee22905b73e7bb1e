import { tmpdir } from "node:os";
import {
  type ExportCall,
  type Exported,
  type Exporter,
  type ExportRequest,
  type Log,
  linkSignals,
} from "../bot/index.ts";
import { type Clock, givenUp, type Outcome, ownFailure, type Reader } from "../fleet/index.ts";
import { createFolders } from "../platform/index.ts";
import { makeFile } from "./make-file.ts";
import { createPlaces } from "./places.ts";
import type { Relieve } from "./relieve.ts";

export interface ExporterOptions {
  readonly reader: Pick<Reader, "stream">;
  /** Where files lie until they are sent; the system's folder for temporary files by default. */
  readonly directory?: string | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** See there; nothing is done for memory unless it is given. */
  readonly relieve?: Relieve | undefined;
  /** Rows of one file; default 100,000. */
  readonly limit?: number | undefined;
}

export interface RunningExporter extends Exporter {
  /** Removes what killed processes left behind more than a day ago. Never rejects. */
  start(): Promise<void>;
  /** Gives up what is under way and removes every file that is not removed yet. Never rejects. */
  stop(): Promise<void>;
}

/** Files that are written at once, and exports that may wait for their turn. */
const atOnce = 2;
const mostWaiting = 20;
/** Of these, those of one person: each may take many minutes, and others want theirs. */
const mostOfOne = 2;

/**
 * Writes files of runtimes: rows go to the disk as they are read, so that memory does not grow with them, and are packed
 * from there.
 */
export function createExporter(options: ExporterOptions): RunningExporter {
  const { reader, directory = tmpdir(), clock, log, limit = 100_000 } = options;
  const { relieve = () => Promise.resolve() } = options;
  const folders = createFolders({ prefix: "deskhand-export-", directory, clock, log });
  const places = createPlaces({ atOnce, waiting: mostWaiting, ofOne: mostOfOne });
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  async function inTurn(request: ExportRequest, call: ExportCall): Promise<Outcome<Exported>> {
    const place = await places.take(request.asker, call.signal, () => call.onWait?.("queued"));
    if (place === "full") {
      return ownFailure("overloaded", "Too many files are being written at once.");
    }
    if (place === "given-up") {
      return givenUp(call.signal);
    }
    try {
      return await attempt(request, call);
    } catch (error) {
      if (call.signal.aborted) {
        return givenUp(call.signal);
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The file of an export cannot be written: ${reason}`, { cause: error });
    } finally {
      place.leave();
    }
  }

  /** Leaves nothing behind but a file that can be sent. */
  async function attempt(request: ExportRequest, call: ExportCall): Promise<Outcome<Exported>> {
    const folder = await folders.open();
    let kept = false;
    try {
      const outcome = await makeFile(
        { reader, limit, folder, relieve, made: new Date(clock.now()) },
        request,
        ownTurn(call),
      );
      if (outcome.ok && call.signal.aborted) {
        return givenUp(call.signal);
      }
      kept = outcome.ok && outcome.value.kind === "file";
      return outcome;
    } finally {
      if (!kept) {
        await folder.remove();
      }
    }
  }

  return {
    start: () => folders.sweep(),
    async write(request, call) {
      const { ending, release } = linkSignals([call.signal, stopping.signal]);
      const writing = inTurn(request, { ...call, signal: ending.signal });
      underWay.add(writing);
      try {
        return await writing;
      } finally {
        underWay.delete(writing);
        release();
      }
    },
    async stop() {
      stopping.abort(new Error("The bot is stopping."));
      await Promise.allSettled(underWay);
      await folders.close();
    },
  };
}

/** Calls of a scan let people go first, page by page: that is no wait worth telling, beside that of the export for its turn. */
function ownTurn({ onWait, ...call }: ExportCall): ExportCall {
  return { ...call, onWait: (wait) => (wait === "queued" ? undefined : onWait?.(wait)) };
}
