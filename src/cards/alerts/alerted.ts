import type { RiskKind } from "../../fleet/index.ts";
import type { Colour } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { Alerted, AlertedSetup } from "../desk-views.ts";
import { wordFor } from "../parts.ts";
import type { Texts } from "../texts/index.ts";
import type { Times } from "../times.ts";
import { personText } from "./words.ts";

/** UTF-16 units of a name, a template or a list of channels that stands among other words. */
export const among = 60;

/** How a runtime is called: by its name, or else by its id. */
export function alertedName({ name, runtime }: Pick<Alerted, "name" | "runtime">, texts: Texts): string {
  return clip(name || runtime || texts.words.unknown, lengths.label);
}

/** Red for an agent that is gone, orange for one that was changed. */
export function kindColour(kind: RiskKind): Colour {
  return kind === "agent-uninstalled" ? "red" : "orange";
}

export function isOpen({ state, end }: Alerted): boolean {
  return state !== "ended" && end === undefined;
}

/** Green says that it was seen to be over; of what is no longer listed, or watched, nobody knows. */
export function endedColour(alerted: readonly Alerted[]): Colour {
  const resolved = alerted.some(({ end }) => end?.how === "resolved");
  const silent = alerted.some(({ end }) => end?.how === "silent");
  return resolved && !silent ? "green" : "blue";
}

/** Since when it lasts, or how and when it ended. */
export function whenText({ since, end }: Alerted, { alerts: { card, duration } }: Texts, { time }: Times): string {
  switch (end?.how) {
    case undefined:
      return card.since(time(since));
    case "resolved":
      return card.over(duration(end.lasted), time(since));
    case "gone":
      return card.gone(time(end.at));
    case "silent":
      return card.unwatched(time(end.at));
  }
}

/** What was changed, as far as that is known; undefined for an agent that is gone. */
export function changeText({ kind, now, before }: Alerted, texts: Texts): string | undefined {
  const { card } = texts.alerts;
  if (kind === "agent-uninstalled") {
    return undefined;
  }
  const shown = (setup: AlertedSetup) => setupText(setup, kind, texts);
  const [is, was] = [shown(now), before && shown(before)];
  if (was === undefined || was === is) {
    return is === "" ? undefined : card.now(is);
  }
  return card.change(was || "–", is || "–");
}

function setupText({ template, channels }: AlertedSetup, kind: RiskKind, texts: Texts): string {
  if (kind === "model-modified") {
    return clip(template ?? "", among);
  }
  return clip(texts.together(channels.map((name) => wordFor(name, texts.channel) ?? name)), among);
}

/** What else is to be known of an open one, what matters most first: whether it was told, is muted, was acknowledged, or came again. */
export function stateTexts(alerted: Alerted, { alerts: { card } }: Texts, { time }: Times): readonly string[] {
  const { state, times, acked, mutedUntil } = alerted;
  const open = isOpen(alerted);
  return [
    ...(state === "pending" ? [card.pending] : []),
    ...(open && mutedUntil !== undefined ? [card.muted(time(mutedUntil))] : []),
    ...(acked === undefined ? [] : [card.acked(personText(acked.by))]),
    ...(open && state === "gone" ? [card.unlisted] : []),
    ...(times > 1 ? [card.again(times)] : []),
  ];
}
