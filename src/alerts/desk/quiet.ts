import type { DeskCall } from "../../bot/index.ts";
import type { Answer, DeskAnswer } from "../../cards/index.ts";
import { type DeskCommand, everything, printFilters } from "../../commands/index.ts";
import type { Reader } from "../../fleet/index.ts";
import type { AlertViews } from "../alert-views.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";
import { mutesInSight } from "./mutes-in-sight.ts";
import { findTarget, type Looking, sightOf, type Target } from "./targets.ts";

export interface QuietOptions {
  readonly memory: Pick<AlertMemory, "episodes" | "outbox" | "watches" | "mutes">;
  readonly views: AlertViews;
  readonly reader: Pick<Reader, "find">;
  readonly zone: string;
  readonly time: Time;
  /** Cards show something else now. */
  readonly onChanged: () => void;
}

type QuietCommand = Extract<DeskCommand, { kind: "alerts-ack" | "alerts-mute" | "alerts-unmute" }>;
type What = "acked" | "muted" | "unmuted";

/** How many alerts of one card, or of a chat, are acknowledged or muted at once. */
const most = 10_000;
/** How many runtimes of one name there are to choose from. */
const mostChoices = 50;

const did: Readonly<Record<QuietCommand["kind"], What>> = {
  "alerts-ack": "acked",
  "alerts-mute": "muted",
  "alerts-unmute": "unmuted",
};

/**
 * Acknowledges, mutes and unmutes: by a card, an alert, a runtime, or everything. A runtime that was never at risk can be muted
 * as well. Rejects when the store fails.
 */
export function createQuiet({ memory, views, reader, zone, time, onChanged }: QuietOptions) {
  return async (command: QuietCommand, call: DeskCall): Promise<Answer> => {
    const { asker, grant } = call;
    const looking = { asker, grant, watches: await memory.watches.of(asker) };
    const target = await findTarget(memory, looking, command.target);
    if (target.kind === "nothing") {
      return elsewhere(command, looking, call);
    }
    if (target.kind === "several") {
      const runtimes = target.episodes.map(({ runtime, seen, kind, state }) => ({
        ...{ runtime, name: seen.name, kinds: state === "ended" ? [] : [kind] },
      }));
      return { kind: "which-alert", command, target: command.target, runtimes };
    }
    const count = await doIt(command, target, looking);
    onChanged();
    return target.kind === "card"
      ? cardOf(command, target.notice, count, call)
      : quieted(command, target.kind === "runtime" ? target.name : everything, count);
  };

  /** What no watch of the chat has seen at risk can be quiet before it is, and stay so when its watch is gone. */
  async function elsewhere(command: QuietCommand, looking: Looking, call: DeskCall): Promise<Answer> {
    const unknown = { kind: "no-alert", command, target: command.target } as const;
    switch (command.kind) {
      case "alerts-ack":
        return unknown;
      case "alerts-mute":
        return muteUnseen(command, looking, call);
      case "alerts-unmute": {
        const { asker } = looking;
        const mutes = await mutesInSight(memory, looking, await memory.mutes.of(asker));
        const meant = mutes.filter(({ target, label }) => target === command.target || label === command.target);
        const [first] = meant;
        if (first === undefined) {
          return unknown;
        }
        const count = await memory.mutes.drop(asker, ...meant.map(({ target }) => target));
        onChanged();
        return quieted(command, first.label, count);
      }
    }
  }

  async function muteUnseen(
    command: Extract<QuietCommand, { kind: "alerts-mute" }>,
    looking: Looking,
    call: DeskCall,
  ): Promise<Answer> {
    const { target } = command;
    const found = await reader.find(target, looking.grant.scope, call);
    if (!found.ok) {
      return { kind: "failure", command, failure: found.failure };
    }
    const [only, ...others] = found.value;
    if (only === undefined) {
      return { kind: "no-alert", command, target };
    }
    if (others.length > 0) {
      const runtimes = found.value
        .slice(0, mostChoices)
        .map(({ id, name, risks }) => ({ runtime: id, name, kinds: risks ?? [] }));
      return { kind: "which-alert", command, target, runtimes };
    }
    const name = only.name ?? only.id;
    await mute(new Map([[only.id, name]]), command.for, looking);
    onChanged();
    return quieted(command, name, 0);
  }

  async function doIt(command: QuietCommand, target: Target, looking: Looking): Promise<number> {
    switch (command.kind) {
      case "alerts-ack": {
        const open = (await episodesOf(target, looking)).filter(({ state }) => state !== "ended").map(({ id }) => id);
        return (await memory.episodes.acknowledge(open, looking.asker.user, time.now().wall)).length;
      }
      case "alerts-mute": {
        const open = (await episodesOf(target, looking)).filter(({ state }) => state !== "ended");
        await mute(await labelled(target, looking), command.for, looking);
        return open.length;
      }
      case "alerts-unmute":
        return unmute(target, looking);
    }
  }

  /** Those that whoever asks may see. */
  async function episodesOf(target: Target, looking: Looking): Promise<readonly Episode[]> {
    return (await allOf(target)).filter(sightOf(looking));
  }

  async function allOf(target: Target): Promise<readonly Episode[]> {
    switch (target.kind) {
      case "card":
        return membersOf(target.notice);
      case "everything":
        return (
          await memory.episodes.open(
            target.watches.map(({ id }) => id),
            most,
          )
        ).episodes;
      case "runtime":
        return target.episodes;
      default:
        return [];
    }
  }

  async function membersOf({ id, about, target }: Notice): Promise<readonly Episode[]> {
    return about.kind === "some"
      ? memory.episodes.some(about.episodes)
      : (await memory.episodes.ofNotice(target ?? id, 0, most)).episodes;
  }

  /** The runtimes to mute, with what people call them. */
  async function labelled(target: Target, looking: Looking): Promise<ReadonlyMap<string, string>> {
    if (target.kind === "everything") {
      return new Map([[everything, everything]]);
    }
    const all = await episodesOf(target, looking);
    const open = all.filter(({ state }) => target.kind === "runtime" || state !== "ended");
    return new Map(open.map(({ runtime, seen }) => [runtime, seen.name ?? runtime]));
  }

  async function mute(targets: ReadonlyMap<string, string>, time_: number, { asker, grant }: Looking): Promise<void> {
    const { steady, wall } = time.now();
    const { channel, chat, user: by } = asker;
    const until = { until: steady + time_, untilWall: wall + time_ };
    const rest = { channel, chat, ...until, by, scope: printFilters(grant.scope), at: wall };
    await memory.mutes.put(...[...targets].map(([target, label]) => ({ ...rest, target, label })));
  }

  async function unmute(target: Target, looking: Looking): Promise<number> {
    const { asker } = looking;
    if (target.kind === "everything") {
      return memory.mutes.drop(asker, everything);
    }
    const runtimes = new Set((await episodesOf(target, looking)).map(({ runtime }) => runtime));
    return memory.mutes.drop(asker, ...runtimes);
  }

  async function cardOf(command: QuietCommand, notice: Notice, count: number, { grant }: DeskCall): Promise<Answer> {
    const what = did[command.kind];
    const card = await views.alert(notice, { grant, page: 1, did: { what, count } });
    return card ?? { kind: "no-alert", command, target: command.target };
  }

  function quieted(command: QuietCommand, target: string, count: number): Extract<DeskAnswer, { kind: "quieted" }> {
    const until = command.kind === "alerts-mute" ? time.now().wall + command.for : undefined;
    return { kind: "quieted", command, zone, what: did[command.kind], target, count, until };
  }
}
