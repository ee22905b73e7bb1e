import { parseFilters, printFilters } from "../commands/index.ts";
import type { Filters } from "../fleet/index.ts";
import { longestFilter } from "./alerts-schema.ts";
import { type Context, found, valueAt } from "./describe.ts";
import { describeFilter } from "./filter-text.ts";
import { type Found, formatPath, type Path } from "./problem.ts";

/** The watches of the configuration: each on a channel that is on, with a filter that can be watched, and none of them twice. */
export function checkWatches(context: Context): readonly Found[] {
  const watches = valueAt(context.tree.data, ["alerts", "watches"]);
  const paths = Array.isArray(watches) ? watches.map((_, index): Path => ["alerts", "watches", index]) : [];
  return [
    ...paths.flatMap((path) => [...checkChannel(context, path), ...checkFilter(context, [...path, "filter"])]),
    ...checkDoubles(context, paths),
  ];
}

/** The channels that watches can name, and whether each is on where the file does not say. */
const channels = new Map([
  ["playground", true],
  ["lark", false],
  ["dingtalk", false],
]);

function checkChannel(context: Context, watch: Path): readonly Found[] {
  const path = [...watch, "channel"];
  const channel = valueAt(context.tree.data, path);
  const preset = typeof channel === "string" ? channels.get(channel) : undefined;
  if (typeof channel !== "string" || preset === undefined) {
    return [];
  }
  const switchPath = ["channels", channel, "enabled"];
  // A switch that is wrong itself is told of as such.
  const isOff = (valueAt(context.tree.data, switchPath) ?? preset) === false && !context.tree.unreadable(switchPath);
  const hint = `set ${formatPath(switchPath)} to true, or leave the watch out`;
  return isOff ? [found(context, path, `nobody is told by this watch: channels.${channel} is not enabled`, hint)] : [];
}

function checkFilter(context: Context, path: Path): readonly Found[] {
  const text = valueAt(context.tree.data, path);
  const result = typeof text === "string" && text.length <= longestFilter ? parseFilters(text) : undefined;
  if (typeof text !== "string" || result === undefined) {
    return [];
  }
  if (!result.ok) {
    return [describeFilter(context, path, text, result.problem)];
  }
  const blind = blindKeys.find((key) => result.filters[key]?.[0] === "no");
  const hint = `leave ${blind}=no out: a watch is of runtimes at risk`;
  return blind === undefined
    ? []
    : [found(context, path, `${blind}=no cannot be watched: it leaves out all risks`, hint)];
}

/** The keys with which a filter shows no risk, when they say no. */
const blindKeys = ["risk", "risk-info"] as const;

/** Two watches of one chat over the same would tell it everything twice. */
function checkDoubles(context: Context, paths: readonly Path[]): readonly Found[] {
  const seen = new Set<string>();
  return paths.flatMap((path) => {
    const what = readWatch(context, path);
    const isDouble = what !== undefined && seen.has(what);
    if (what !== undefined) {
      seen.add(what);
    }
    return isDouble ? [found(context, path, "this chat watches the same already, by a watch above")] : [];
  });
}

/** A text that is the same for watches of the same; undefined for one that cannot be read. */
function readWatch({ tree }: Context, path: Path): string | undefined {
  const [channel, chat, filter = ""] = ["channel", "chat", "filter"].map((key) => valueAt(tree.data, [...path, key]));
  const readable =
    typeof filter === "string" && filter.length <= longestFilter && !tree.unreadable([...path, "filter"]);
  const result = readable ? parseFilters(filter) : undefined;
  return result?.ok && typeof channel === "string" && typeof chat === "string"
    ? JSON.stringify([channel, chat, printFilters(plain(result.filters))])
    : undefined;
}

/** Filters without what every watch asks for, values in one order. */
function plain(filters: Filters): Filters {
  const entries = Object.entries(filters).filter(([key, [value]]) => !(isBlindKey(key) && value === "yes"));
  return Object.fromEntries(entries.map(([key, values]) => [key, values.toSorted()]));
}

function isBlindKey(key: string): boolean {
  return blindKeys.some((one) => one === key);
}
