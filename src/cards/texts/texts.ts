import type { CommandProblem, Key, Topic } from "../../commands/index.ts";
import type { FacetKey, FleetFailure, RiskKind, Wait } from "../../fleet/index.ts";

/** A failure in words: what happened, and what can be done about it. */
export interface Advice {
  readonly happened: string;
  readonly todo: string;
}

/** Every text that people read, in one language. A text that is missing in one of them does not compile. */
export interface Texts {
  readonly words: {
    readonly runtimes: string;
    readonly runtime: string;
    /** The label of the count of all of them. */
    readonly total: string;
    readonly summary: string;
    readonly help: string;
    readonly running: string;
    readonly stopped: string;
    readonly other: string;
    readonly atRisk: string;
    readonly onThisPage: (label: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly none: string;
    readonly unknown: string;
    readonly all: string;
    readonly example: string;
    readonly key: string;
    readonly meaning: string;
    readonly values: string;
    readonly anyText: string;
    readonly wholeNumber: string;
  };
  readonly labels: {
    readonly previous: string;
    readonly next: string;
    readonly refresh: string;
    readonly details: string;
    readonly lastPage: string;
    readonly withoutFilters: string;
    readonly tryAgain: string;
    readonly list: string;
    readonly summary: string;
    readonly help: string;
    readonly run: (command: string) => string;
  };
  readonly columns: {
    readonly name: string;
    readonly status: string;
    readonly agent: string;
    readonly users: string;
    readonly risk: string;
  };
  readonly page: (page: number, pages: number, total: number) => string;
  readonly count: (total: number) => string;
  readonly risks: Readonly<
    Record<RiskKind, { readonly short: string; readonly meaning: string; readonly todo: string }>
  >;
  readonly desktopStatus: Readonly<Record<string, string>>;
  readonly agentStatus: Readonly<Record<string, string>>;
  readonly channel: Readonly<Record<string, string>>;
  readonly facets: Readonly<Record<FacetKey, string>>;
  readonly keys: Readonly<Record<Key, string>>;
  readonly pickers: {
    readonly status: string;
    readonly risk: string;
    readonly provider: string;
    readonly size: string;
  };
  readonly perPage: (size: number) => string;
  readonly notes: {
    readonly empty: string;
    readonly beyond: (page: number, pages: number) => string;
    readonly doubles: (count: number) => string;
    readonly unreadable: (count: number) => string;
    readonly moved: string;
    readonly totalsOnly: string;
    readonly countsSeveral: string;
    readonly shrunk: string;
  };
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly sections: {
    readonly risk: string;
    readonly desktop: string;
    readonly agent: (provider: string) => string;
    readonly model: string;
    readonly channels: string;
    readonly people: string;
    readonly messaging: string;
    readonly further: string;
    readonly commands: string;
    readonly filters: string;
    readonly examples: string;
  };
  readonly noRisk: string;
  readonly riskUnknown: string;
  readonly tooLarge: (total: number, limit: number) => Advice;
  readonly missing: (target: string) => Advice;
  readonly choices: (target: string, count: number) => string;
  readonly problem: (problem: CommandProblem) => string;
  readonly suggestion: (word: string) => string;
  readonly problemTitle: string;
  readonly failureTitle: string;
  readonly failure: (failure: FleetFailure) => Advice;
  readonly requestId: (id: string) => string;
  readonly wait: Readonly<Record<Wait | "working", string>>;
  readonly workingTitle: string;
  readonly refused: Advice & { readonly title: string };
  readonly late: (minutes: number) => Advice & { readonly title: string };
  readonly busy: Advice & { readonly title: string };
  readonly internal: Advice & { readonly title: string };
  readonly help: {
    readonly intro: string;
    readonly commands: Readonly<Record<Topic, string>>;
    readonly syntax: string;
  };
}

export type FieldName =
  | "id"
  | "resource"
  | "name"
  | "status"
  | "os"
  | "region"
  | "location"
  | "group"
  | "management"
  | "users"
  | "assigned"
  | "platform"
  | "provider"
  | "version"
  | "agentStatus"
  | "source"
  | "modelConfigured"
  | "template"
  | "templateName"
  | "channelConfigured"
  | "channels"
  | "qrCode"
  | "imStatus"
  | "cloudSpace"
  | "online";
