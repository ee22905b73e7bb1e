import type { Block, Fact, SectionBlock } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { ScanView, WatchStatus } from "../desk-views.ts";
import { type Setting, text } from "../parts.ts";
import type { Times } from "../times.ts";
import { personText, troubleText } from "./words.ts";

/**
 * A watch: what is wrong with it, who set it up, and what its scans have seen.
 *
 * @param more what else is said of it
 */
export function watchSection(
  status: WatchStatus,
  times: Times,
  setting: Setting,
  more: readonly (Block | undefined)[] = [],
): SectionBlock {
  const { alerts, watches } = setting.texts;
  const { paused, blindSince, watch } = status;
  const blocks: readonly (Block | undefined)[] = [
    paused === undefined ? undefined : text(watches.stands[paused], "warning"),
    blindSince === undefined ? undefined : text(watches.status.blind(times.time(blindSince)), "warning"),
    { kind: "facts", style: "list", facts: watchFacts(status, times, setting) },
    ...more,
  ];
  return {
    kind: "section",
    title: alerts.card.watch(clip(watch.filter, lengths.label)),
    collapsed: false,
    blocks: blocks.filter((block) => block !== undefined),
  };
}

function watchFacts(status: WatchStatus, { time }: Times, { texts }: Setting): readonly Fact[] {
  const { status: words } = texts.watches;
  const { watch, last, lastComplete } = status;
  const configured = watch.origin === "configuration";
  const scanText = ({ at, atRisk }: ScanView) => (atRisk === undefined ? time(at) : words.atRisk(time(at), atRisk));
  return [
    { label: words.author, value: configured ? words.configuration : personText(watch.author) },
    { label: words.lastComplete, value: lastComplete === undefined ? words.notYet : scanText(lastComplete) },
    ...(last === undefined || last.complete
      ? []
      : [{ label: words.last, value: words.incomplete(time(last.at), troubleText(last.reason ?? "", texts)) }]),
  ];
}
