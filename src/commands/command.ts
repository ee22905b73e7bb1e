import { z } from "zod";
import { facetKeys, filterKeyNames, type SortKey, sortKeys } from "../fleet/index.ts";

/** Bounds of what can be typed; the API takes at most a hundred ids, and a card shows at most fifty rows. */
export const limits = {
  /** Characters of a command, whoever gives it: every canonical text can be copied and typed again. */
  text: 20_000,
  /** Characters of its filters in canonical text, so that there is room for a subcommand, a view and every option. */
  filters: 19_700,
  valuesOfKey: 100,
  valueLength: 200,
  pageSize: 50,
  page: 1_000_000,
  /** Characters of the name of a saved view. */
  viewName: 60,
  /** Days that a trend can look back. */
  trendDays: 90,
  /** Days that an audit can look back; nothing is kept for longer. */
  auditDays: 400,
} as const;

export const defaultSize = 10;
export const defaultTrendDays = 7;
export const defaultAuditDays = 1;

const value = z.string().min(1).max(limits.valueLength);

const filtersSchema = z.partialRecord(z.enum(filterKeyNames), z.array(value).min(1).max(limits.valuesOfKey).readonly());

/** What a list can be sorted by. */
export const sortKeyNames: readonly SortKey[] = Object.keys(sortKeys).filter((key): key is SortKey => key in sortKeys);

/** What `/help` can be asked about. */
export const topics = [
  "runtimes",
  "show",
  "summary",
  "risks",
  "export",
  "trend",
  "why",
  "alerts",
  "digest",
  "view",
  "lang",
  "filters",
  "audit",
] as const;

export type Topic = (typeof topics)[number];

/** What a file of the whole result can be. */
export const exportFormats = ["csv", "xlsx"] as const;

export type ExportFormat = (typeof exportFormats)[number];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a mute lasts: whole minutes, in milliseconds. */
export const muteTimes = { least: minute, usual: 2 * hour, most: 30 * day } as const;

/** What stands for every runtime of a chat's watches where one is named. */
export const everything = "all";

/** The days of the week from Monday, as `days=` takes them. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Weekday = (typeof weekdays)[number];

const filters = filtersSchema.readonly();
const view = z.string().min(1).max(limits.viewName);
/** Filters, and a saved view that they are added to. A key that both name is taken from the filters. */
const narrowed = { filters, view: view.optional() };
const page = z.int().min(1).max(limits.page);
const size = z.int().min(1).max(limits.pageSize);

/** A place in the audit of a chat: where a page of it begins. Texts of this form stand in the order of the places. */
export const auditPlace = /^\d{21}$/;

const alertCommands = [
  z.strictObject({ kind: z.literal("alerts-on"), ...narrowed, preview: z.boolean() }),
  z.strictObject({ kind: z.literal("alerts-off") }),
  z.strictObject({ kind: z.literal("alerts-status") }),
  z.strictObject({ kind: z.literal("alerts-test") }),
  /** One alert card by its id, a page of its runtimes. */
  z.strictObject({ kind: z.literal("alerts-show"), alert: value, page }),
  /** By the id of an alert card or of an alert, or by a runtime's id or name; or `everything`. */
  z.strictObject({ kind: z.literal("alerts-ack"), target: value }),
  z.strictObject({
    kind: z.literal("alerts-mute"),
    target: value,
    /** Milliseconds, whole minutes. */
    for: z.int().min(muteTimes.least).max(muteTimes.most).multipleOf(minute),
  }),
  z.strictObject({ kind: z.literal("alerts-unmute"), target: value }),
] as const;

const digestCommands = [
  z.strictObject({
    kind: z.literal("digest-on"),
    ...narrowed,
    /** Minutes after midnight. */
    at: z
      .int()
      .min(0)
      .max(24 * 60 - 1),
    /** In their order; every day when it is left out. */
    days: z.array(z.enum(weekdays)).min(1).max(6).readonly().optional(),
    /** A name of the time zone database; that of the configuration when it is left out. */
    zone: z.string().min(1).max(64).optional(),
  }),
  z.strictObject({ kind: z.literal("digest-off") }),
  z.strictObject({ kind: z.literal("digest-status") }),
] as const;

const chatCommands = [
  z.strictObject({ kind: z.literal("view-save"), name: view, filters }),
  z.strictObject({ kind: z.literal("view-list") }),
  z.strictObject({ kind: z.literal("view-drop"), name: view }),
  /** Without a language: which one it is. */
  z.strictObject({ kind: z.literal("lang"), locale: z.enum(["en", "zh", "auto"]).optional() }),
  z.strictObject({
    kind: z.literal("audit"),
    /** Whose doing, by their ids or names; everybody's when it is left out. */
    users: z.array(value).min(1).max(limits.valuesOfKey).readonly().optional(),
    days: z.int().min(1).max(limits.auditDays),
    page,
    size,
    /** Where the page begins; at the newest when it is left out, and then the pages before it are passed over. */
    until: z.string().regex(auditPlace).optional(),
  }),
] as const;

/** A command, whoever typed it, clicked it or stored it. It has exactly one canonical text. */
export const commandSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("list"),
      ...narrowed,
      page,
      size,
      sort: z
        .strictObject({ key: z.enum(sortKeyNames), descending: z.boolean() })
        .readonly()
        .optional(),
    }),
    z.strictObject({ kind: z.literal("show"), target: value }),
    z.strictObject({
      kind: z.literal("summary"),
      ...narrowed,
      by: z.enum(facetKeys).optional(),
    }),
    z.strictObject({
      kind: z.literal("export"),
      ...narrowed,
      format: z.enum(exportFormats).optional(),
    }),
    z.strictObject({
      kind: z.literal("trend"),
      ...narrowed,
      days: z.int().min(1).max(limits.trendDays),
      by: z.enum(facetKeys).optional(),
    }),
    /** What was observed, decided and sent about a runtime, by its id or name, or about an alert, by its id. */
    z.strictObject({ kind: z.literal("why"), target: value }),
    ...alertCommands,
    ...digestCommands,
    ...chatCommands,
    z.strictObject({ kind: z.literal("help"), topic: z.enum(topics).optional() }),
  ])
  .readonly();

export type Command = z.infer<typeof commandSchema>;

export type ListCommand = Extract<Command, { kind: "list" }>;
export type SummaryCommand = Extract<Command, { kind: "summary" }>;
export type ExportCommand = Extract<Command, { kind: "export" }>;
export type TrendCommand = Extract<Command, { kind: "trend" }>;
export type WhyCommand = Extract<Command, { kind: "why" }>;
export type AlertsOnCommand = Extract<Command, { kind: "alerts-on" }>;
export type AuditCommand = Extract<Command, { kind: "audit" }>;
export type DigestOnCommand = Extract<Command, { kind: "digest-on" }>;

/** The commands that ask for what is kept for a chat, and not of the fleet alone. */
export const deskKinds = [
  "trend",
  "why",
  "alerts-on",
  "alerts-off",
  "alerts-status",
  "alerts-test",
  "alerts-show",
  "alerts-ack",
  "alerts-mute",
  "alerts-unmute",
  "digest-on",
  "digest-off",
  "digest-status",
  "view-save",
  "view-list",
  "view-drop",
  "lang",
  "audit",
] as const satisfies readonly Command["kind"][];

export type DeskCommand = Extract<Command, { kind: (typeof deskKinds)[number] }>;
export type FleetCommand = Exclude<Command, DeskCommand>;

export function isForDesk(command: Command): command is DeskCommand {
  return deskKinds.some((kind) => kind === command.kind);
}
