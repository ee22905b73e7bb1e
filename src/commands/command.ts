import { z } from "zod";
import { facetKeys, filterKeyNames, type SortKey, sortKeys } from "../fleet/index.ts";

/** Bounds of what can be typed; the API takes at most a hundred ids, and a card shows at most fifty rows. */
export const limits = {
  /** Characters of a command, whoever gives it: every canonical text can be copied and typed again. */
  text: 20_000,
  /** Characters of its filters in canonical text, so that there is room for a subcommand, a page and an order. */
  filters: 19_900,
  valuesOfKey: 100,
  valueLength: 200,
  pageSize: 50,
  page: 1_000_000,
} as const;

export const defaultSize = 10;

const value = z.string().min(1).max(limits.valueLength);

const filtersSchema = z.partialRecord(z.enum(filterKeyNames), z.array(value).min(1).max(limits.valuesOfKey).readonly());

/** What a list can be sorted by. */
export const sortKeyNames: readonly SortKey[] = Object.keys(sortKeys).filter((key): key is SortKey => key in sortKeys);

/** What `/help` can be asked about. */
export const topics = ["runtimes", "show", "summary", "risks", "export", "filters"] as const;

export type Topic = (typeof topics)[number];

/** What a file of the whole result can be. */
export const exportFormats = ["csv", "xlsx"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** A command, whoever typed it, clicked it or stored it. It has exactly one canonical text. */
export const commandSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("list"),
      filters: filtersSchema.readonly(),
      page: z.int().min(1).max(limits.page),
      size: z.int().min(1).max(limits.pageSize),
      sort: z
        .strictObject({ key: z.enum(sortKeyNames), descending: z.boolean() })
        .readonly()
        .optional(),
    }),
    z.strictObject({ kind: z.literal("show"), target: value }),
    z.strictObject({
      kind: z.literal("summary"),
      filters: filtersSchema.readonly(),
      by: z.enum(facetKeys).optional(),
    }),
    z.strictObject({
      kind: z.literal("export"),
      filters: filtersSchema.readonly(),
      format: z.enum(exportFormats).optional(),
    }),
    z.strictObject({ kind: z.literal("help"), topic: z.enum(topics).optional() }),
  ])
  .readonly();

export type Command = z.infer<typeof commandSchema>;

export type ListCommand = Extract<Command, { kind: "list" }>;
export type SummaryCommand = Extract<Command, { kind: "summary" }>;
export type ExportCommand = Extract<Command, { kind: "export" }>;
