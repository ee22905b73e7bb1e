import fc from "fast-check";
import type { Answer } from "../../src/cards/index.ts";
import {
  type Command,
  type ExportCommand,
  exportFormats,
  type ListCommand,
  parse,
  print,
  type SummaryCommand,
  topics,
} from "../../src/commands/index.ts";
import {
  type Agent,
  countRuntimes,
  type FailureKind,
  type Filters,
  facetKeys,
  filterDefinition,
  filterKeyNames,
  type Runtime,
  riskKinds,
  type Sort,
} from "../../src/fleet/index.ts";
import { failureOf, listingOf, runtimeOf } from "../builders.ts";
import { anyAlertAnswer } from "./any-alert-answer.ts";
import { anyChatAnswer } from "./any-chat-answer.ts";
import { anyNames, anyText, maybe } from "./any-text.ts";

const anyOther = fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });

const anyAgent: fc.Arbitrary<Agent> = fc.record({
  platform: maybe(anyText),
  provider: maybe(anyText),
  version: maybe(anyText),
  status: maybe(anyText),
  modelConfigured: maybe(fc.boolean()),
  channelConfigured: maybe(fc.boolean()),
  channels: anyNames,
  source: maybe(anyText),
  modelTemplateId: maybe(anyText),
  other: anyOther,
});

/** A runtime of whatever texts. */
const anyRuntime: fc.Arbitrary<Runtime> = fc
  .record({
    id: anyText,
    resourceId: maybe(anyText),
    name: maybe(anyText),
    status: maybe(anyText),
    os: maybe(anyText),
    region: maybe(anyText),
    users: anyNames,
    agents: fc.array(anyAgent, { maxLength: 3 }),
    channels: anyNames,
    risks: maybe(fc.uniqueArray(fc.constantFrom(...riskKinds), { maxLength: 3 })),
    groupId: maybe(anyText),
    groupName: maybe(anyText),
    management: anyNames,
    other: anyOther,
  })
  .map((about) => runtimeOf(about));

const anyFilters: fc.Arbitrary<Filters> = fc
  .uniqueArray(fc.constantFrom(...filterKeyNames), { maxLength: 3 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map((key) => {
        const { values, open } = filterDefinition(key);
        const value = open ? anyText : fc.constantFrom(...(values.length > 0 ? values : ["1"]));
        return fc.array(value, { minLength: 1, maxLength: 3 }).map((chosen): [string, string[]] => [key, chosen]);
      }),
    ),
  )
  .map((entries) => Object.fromEntries(entries));

/** What a person could have asked for: a command that reads back. */
function readable<Kind extends Command["kind"]>(kind: Kind, otherwise: Extract<Command, { kind: Kind }>) {
  return (command: Command): Extract<Command, { kind: Kind }> => {
    const parsed = parse(print(command));
    const is = (one: Command): one is Extract<Command, { kind: Kind }> => one.kind === kind;
    return parsed.ok && is(parsed.command) ? parsed.command : otherwise;
  };
}

const anySort: fc.Arbitrary<Sort> = fc.record({
  key: fc.constantFrom("name", "status", "region", "version", "risk", "user"),
  descending: fc.boolean(),
});

export const anyListCommand: fc.Arbitrary<ListCommand> = fc
  .record({
    kind: fc.constant("list" as const),
    filters: anyFilters,
    page: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(1_000_000)),
    size: fc.integer({ min: 1, max: 50 }),
    sort: maybe(anySort),
  })
  .map(readable("list", { kind: "list", filters: {}, page: 1, size: 10 }));

const anySummaryCommand: fc.Arbitrary<SummaryCommand> = fc
  .record({ kind: fc.constant("summary" as const), filters: anyFilters, by: maybe(fc.constantFrom(...facetKeys)) })
  .map(readable("summary", { kind: "summary", filters: {} }));

const anyExportCommand: fc.Arbitrary<ExportCommand> = fc
  .record({
    kind: fc.constant("export" as const),
    filters: anyFilters,
    format: maybe(fc.constantFrom(...exportFormats)),
  })
  .map(readable("export", { kind: "export", filters: {} }));

const anyShowCommand = anyText
  .map((target): Command => ({ kind: "show", target }))
  .map(readable("show", { kind: "show", target: "agent-1" }));

const anyHelpCommand = maybe(fc.constantFrom(...topics)).map((topic) => ({ kind: "help", topic }) as const);

const anyListAnswer: fc.Arbitrary<Answer> = fc
  .tuple(
    anyListCommand,
    fc.array(anyRuntime, { maxLength: 4 }),
    fc.nat(300),
    fc.constantFrom("all" as const, "page" as const),
    fc.boolean(),
  )
  .map(([command, runtimes, more, counted, flag]) => ({
    kind: "list",
    command,
    listing: listingOf(runtimes, {
      total: runtimes.length + more,
      page: command.page,
      size: command.size,
      counted,
      complete: flag,
      doubles: more % 3,
      unreadable: more % 2,
    }),
    providers: ["OpenClaw", "hermes agent", "Some,Thing"],
    showsUsers: flag,
    canExport: !flag,
  }));

const anySummaryAnswer: fc.Arbitrary<Answer> = fc
  .tuple(
    anySummaryCommand,
    fc.array(anyRuntime, { maxLength: 4 }),
    fc.array(fc.record({ values: anyNames, label: maybe(anyText), count: fc.nat(9) }), { maxLength: 10 }),
    fc.boolean(),
  )
  .map(([command, runtimes, counts, complete]) => ({
    kind: "summary",
    command,
    summary: {
      kind: "summary",
      counts: countRuntimes(runtimes),
      facets: Object.fromEntries(facetKeys.map((key) => [key, counts])),
      counted: complete ? "runtimes" : "totals",
      unreadable: counts.length % 2,
      complete,
    },
    canExport: complete,
  }));

const failures: Readonly<Record<FailureKind, true>> = {
  denied: true,
  credentials: true,
  signature: true,
  clock: true,
  parameter: true,
  throttled: true,
  service: true,
  unreachable: true,
  timeout: true,
  unreadable: true,
  overloaded: true,
  stopped: true,
};

export const failureKinds = Object.keys(failures).filter((kind): kind is FailureKind => kind in failures);

const anyFailureAnswer: fc.Arbitrary<Answer> = fc
  .tuple(
    fc.oneof(anyListCommand, anySummaryCommand, anyShowCommand),
    fc.constantFrom(...failureKinds),
    fc.record({ code: maybe(anyText), detail: maybe(anyText), requestId: maybe(anyText), principal: maybe(anyText) }),
  )
  .map(([command, kind, about]) => ({ kind: "failure", command, failure: failureOf({ kind, ...about }) }));

const anyProblemAnswer: fc.Arbitrary<Answer> = fc
  .oneof(
    anyText.map((text) => `/runtimes ${text}`),
    anyText.map((text) => `/runtimes statsu=Running name=${text}`),
    fc.tuple(anyText, anyText).map(([key, value]) => `/runtimes ${key}=${value}`),
    anyText,
  )
  .map((text): Answer => {
    const parsed = parse(text);
    return parsed.ok ? { kind: "refused" } : { kind: "problem", problem: parsed.problem };
  });

const anyExportAnswer: fc.Arbitrary<Answer> = fc
  .tuple(anyExportCommand, fc.nat(200_000), fc.nat(2 ** 31), anyText, fc.boolean())
  .chain(([command, rows, bytes, path, flag]) =>
    fc.constantFrom<Answer>(
      { kind: "exporting", command, ...(flag && { rows, total: rows + bytes }) },
      {
        kind: "exported",
        command,
        file: { name: flag ? "runtimes.xlsx" : path, bytes, rows, complete: flag, unreadable: rows % 2 },
        ...(flag ? { sent: "here", path } : { sent: "chat" }),
      },
      { kind: "export-too-many", command, total: rows + 1, limit: 100_000 },
      { kind: "export-too-large", command, bytes, limit: 30_000_000 },
      { kind: "export-not-sent", command, reason: "refused" },
      { kind: "export-not-sent", command, reason: "failed" },
      { kind: "export-not-sent", command, reason: "disk" },
      {
        ...{ kind: "export-not-sent", command, reason: "disk" },
        unwritten: { folder: path, temporary: flag, reason: flag ? "denied" : "other" },
      },
    ),
  );

/** What can come of a command, of every kind. */
export const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: anyListAnswer },
  { weight: 3, arbitrary: anySummaryAnswer },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyShowCommand, anyRuntime, fc.boolean())
      .map(([command, runtime, byUser]): Answer => ({ kind: "runtime", command, runtime, byUser })),
  },
  fc.tuple(anyShowCommand, fc.array(anyRuntime, { minLength: 2, maxLength: 4 }), fc.boolean()).map(
    ([command, runtimes, showsUsers]): Answer => ({
      kind: "choices",
      command,
      target: command.target,
      runtimes,
      showsUsers,
    }),
  ),
  { weight: 2, arbitrary: anyFailureAnswer },
  { weight: 3, arbitrary: anyProblemAnswer },
  fc.tuple(fc.oneof(anyListCommand, anySummaryCommand), fc.nat(1_000_000)).map(
    ([command, total]): Answer => ({
      kind: "too-large",
      command,
      tooLarge: { kind: "too-large", total, limit: 5_000 },
    }),
  ),
  anyShowCommand.map((command): Answer => ({ kind: "missing", command, target: command.target })),
  fc
    .tuple(anyHelpCommand, fc.array(anyText, { maxLength: 2 }), fc.boolean())
    .map(([command, providers, byUser]): Answer => ({ kind: "help", command, providers, byUser })),
  fc
    .tuple(anyListCommand, fc.constantFrom("working" as const, "queued" as const, "throttled" as const))
    .map(([command, wait]): Answer => ({ kind: "working", command, wait })),
  { weight: 3, arbitrary: anyExportAnswer },
  { weight: 4, arbitrary: anyChatAnswer },
  { weight: 6, arbitrary: anyAlertAnswer },
  fc.constant<Answer>({ kind: "refused" }),
  fc.nat(10_000).map((minutes): Answer => ({ kind: "late", minutes })),
  maybe(anyListCommand).map((command): Answer => ({ kind: "busy", command })),
  maybe(anyShowCommand).map((command): Answer => ({ kind: "internal", command })),
);
