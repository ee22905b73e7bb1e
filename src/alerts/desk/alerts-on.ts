import type { DeskCall } from "../../bot/index.ts";
import type { Answer, DeskAnswer } from "../../cards/index.ts";
import { type AlertsOnCommand, printFilters } from "../../commands/index.ts";
import type { Clock, Filters, Reader, RiskKind } from "../../fleet/index.ts";
import { isInScope } from "../alerted.ts";
import { endingWithin } from "../ending.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory } from "../memory.ts";
import { watchId } from "../rounds/configured.ts";
import { withoutRisk } from "../rounds/samples.ts";
import type { Rules } from "../rules.ts";
import { watchedKinds } from "../scan/want.ts";
import type { Time } from "../time.ts";

export interface AlertsOnOptions {
  readonly memory: Pick<AlertMemory, "watches">;
  readonly reader: Reader;
  readonly rules: Rules;
  readonly time: Time;
  readonly clock: Clock;
  /** A watch was set up. */
  readonly onSaved: () => void;
}

/** A fleet that does not say what matches now does not keep a watch from being saved, milliseconds. */
const countFor = 15_000;

type Now = Extract<DeskAnswer, { kind: "watching" }>["now"];

/** Sets up this chat's watch, or says what it would do. Rejects when the store fails. */
export function createAlertsOn({ memory, reader, rules, time, clock, onSaved }: AlertsOnOptions) {
  return async (command: AlertsOnCommand, call: DeskCall): Promise<Answer> => {
    const kinds = watchedKinds(command.filters, call.grant.scope);
    if (kinds.length === 0) {
      return { kind: "unwatchable", command };
    }
    // Counted first: what the first scan finds is told soon after it is saved, and the answer stands above that.
    const now = await endingWithin(clock, countFor, call.signal, (signal) =>
      matches(command.filters, kinds, { ...call, signal }),
    );
    const saved = command.preview ? undefined : await save(command, call);
    const { interval, hold, repeat, resolved, groupLimit } = rules;
    return {
      ...{ kind: "watching", command, now, kinds, interval, hold, repeat, resolved, groupLimit },
      saved: saved === undefined ? "preview" : saved.edited ? "edited" : "new",
      ended: saved?.ended ?? 0,
    };
  };

  async function save({ filters }: AlertsOnCommand, { asker, grant, locale }: DeskCall) {
    const { channel, chat, user } = asker;
    const at = time.now();
    const id = watchId(asker);
    const texts = { filter: printFilters(filters), scope: printFilters(grant.scope) };
    const before = (await memory.watches.of(asker)).find((watch) => watch.id === id);
    const isSame = before?.filter === texts.filter && before.scope === texts.scope;
    const keep = isSame ? () => true : keepsUnder(filters, grant.scope);
    const about = { origin: "command", author: user, locale, madeAt: isSame ? before.madeAt : at.wall } as const;
    const saved = await memory.watches.save({ id, channel, chat, ...about, ...texts }, keep, at);
    onSaved();
    return saved;
  }

  /** Two questions with one row each, however long the list is; where it has to be read, it is read once. */
  async function matches(filters: Filters, kinds: readonly RiskKind[], call: DeskCall): Promise<Now> {
    const all = await count(withoutRisk(filters), call);
    if (!all.ok) {
      return all;
    }
    const risky = await count({ ...withoutRisk(filters), risk: kinds.length === 3 ? ["yes"] : kinds }, call);
    return risky.ok ? { ok: true, total: all.total, atRisk: risky.total } : risky;
  }

  async function count(filters: Filters, call: DeskCall) {
    const outcome = await reader.list({ filters, page: 1, size: 1, sort: undefined }, call.grant.scope, call);
    if (!outcome.ok) {
      return { ok: false, failure: outcome.failure } as const;
    }
    return { ok: true, total: outcome.value.total } as const;
  }
}

/** Whether an alert goes on under another filter, as far as rows show it; the next scan decides on the rest. */
function keepsUnder(filters: Filters, scope: Filters): (episode: Episode) => boolean {
  const kinds = watchedKinds(filters, scope);
  const { edition: _, office: __, ...shown } = withoutRisk(filters);
  const { provider: ___, ...ofNoAgent } = shown;
  return (episode) => {
    // A runtime whose agent is gone does not show any more whose it was.
    const wanted = episode.seen.agents.length === 0 ? ofNoAgent : shown;
    return (
      kinds.includes(episode.kind) && isInScope(episode, scope, undefined) && isInScope(episode, wanted, undefined)
    );
  };
}
