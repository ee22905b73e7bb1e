import { facetKeys, type Shape } from "../fleet/index.ts";
import { defaultTrendDays, exportFormats, limits, sortKeyNames } from "./command.ts";

export const optionNames = [
  "page",
  "size",
  "sort",
  "by",
  "format",
  "view",
  "days",
  "for",
  "at",
  "tz",
  "until",
] as const;

/** The keys that are not filters. */
export type OptionKey = (typeof optionNames)[number];

export interface OptionDefinition {
  readonly chinese: string;
  /** Further names. */
  readonly also: readonly string[];
  readonly shape: Shape;
  readonly values: readonly string[];
  /** The greatest whole number. */
  readonly greatest: number;
  /** The parameter of ListDesktopAgentRuntime; empty where there is none. */
  readonly parameter: string;
  readonly example: string;
}

const sortValues = sortKeyNames.flatMap((key) => [key, `-${key}`]);

const text = { also: [], shape: "one", values: [], greatest: 0, parameter: "" } as const;
const whole = { ...text, shape: "whole" } as const;

const options: Readonly<Record<OptionKey, OptionDefinition>> = {
  page: { ...whole, chinese: "页", greatest: limits.page, parameter: "PageNumber", example: "2" },
  size: { ...whole, chinese: "每页", greatest: limits.pageSize, parameter: "PageSize", example: "20" },
  sort: { ...text, chinese: "排序", values: sortValues, example: "-risk" },
  by: { ...text, chinese: "分组", values: facetKeys, example: "version" },
  format: { ...text, chinese: "格式", values: exportFormats, example: "xlsx" },
  view: { ...text, chinese: "视图", example: "finance" },
  // Of a trend, and more of an audit. A digest has days of the week under the same key.
  days: {
    ...whole,
    chinese: "天数",
    also: ["星期"],
    greatest: limits.trendDays,
    example: String(2 * defaultTrendDays),
  },
  for: { ...text, chinese: "时长", example: "8h" },
  at: { ...text, chinese: "时间", example: "09:00" },
  tz: { ...text, chinese: "时区", also: ["timezone"], example: "Asia/Shanghai" },
  until: { ...text, chinese: "截至", example: "176455974912300000000" },
};

export function optionDefinition(key: OptionKey): OptionDefinition {
  return options[key];
}

/** What takes keys: commands by their kind, and filters that stand alone. */
export type Taker =
  | "list"
  | "summary"
  | "export"
  | "trend"
  | "alerts-on"
  | "alerts-show"
  | "alerts-mute"
  | "digest-on"
  | "audit"
  | "filters";

/** Which options a command takes, besides filters or a target. */
export const optionsOf: Readonly<Record<Taker, readonly OptionKey[]>> = {
  list: ["page", "size", "sort", "view"],
  summary: ["by", "view"],
  export: ["format", "view"],
  trend: ["days", "by", "view"],
  "alerts-on": ["view"],
  "alerts-show": ["page"],
  "alerts-mute": ["for"],
  "digest-on": ["at", "days", "tz", "view"],
  audit: ["days", "size", "page", "until"],
  filters: [],
};
