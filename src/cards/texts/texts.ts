import type { CommandProblem, CommandWord, Key, Topic } from "../../commands/index.ts";
import type { FacetKey, FleetFailure, RiskKind, Wait } from "../../fleet/index.ts";
import type { Unwritten } from "../answer.ts";
import type { Advice } from "./advice.ts";
import type { AlertTexts } from "./alert-texts.ts";
import type { AuditTexts } from "./audit-texts.ts";
import type { ChatTexts } from "./chat-texts.ts";
import type { WatchTexts } from "./watch-texts.ts";
import type { WhyTexts } from "./why-texts.ts";

/** Every text that people read, in one language. A text that is missing in one of them does not compile. */
export interface Texts {
  readonly words: {
    readonly runtimes: string;
    readonly runtime: string;
    /** The label of the count of all of them. */
    readonly total: (count: number) => string;
    readonly summary: string;
    readonly help: string;
    readonly running: string;
    readonly stopped: string;
    readonly other: string;
    /** What is left of a chart that has more parts than it can show. */
    readonly others: string;
    readonly atRisk: string;
    readonly noRisk: string;
    readonly onThisPage: (label: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly none: string;
    readonly unknown: string;
    readonly all: string;
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
    readonly export: string;
    readonly lastPage: string;
    readonly withoutFilters: string;
    readonly withoutSorting: string;
    readonly tryAgain: string;
    readonly list: string;
    readonly summary: string;
    readonly help: string;
    /** Runs the mended command that stands above it. */
    readonly run: string;
    readonly inGroup: (group: string) => string;
    readonly ofUser: (user: string) => string;
  };
  readonly columns: {
    readonly name: string;
    readonly status: string;
    readonly agent: string;
    readonly users: string;
    readonly risk: string;
  };
  readonly page: (page: number, pages: number, total: number) => string;
  /** A count with its word in one piece, of the whole list or of the page that is shown. */
  readonly counted: (count: number, word: string, of: "list" | "page") => string;
  /** Several words or names as one text; empty for none. */
  readonly together: (words: readonly string[]) => string;
  readonly risks: Readonly<
    Record<RiskKind, { readonly short: string; readonly meaning: string; readonly todo: string }>
  >;
  readonly desktopStatus: Readonly<Record<string, string>>;
  readonly agentStatus: Readonly<Record<string, string>>;
  readonly channel: Readonly<Record<string, string>>;
  readonly facets: Readonly<Record<FacetKey, string>>;
  readonly keys: Readonly<Record<Key, string>>;
  readonly commandWords: Readonly<Record<CommandWord, string>>;
  readonly pickers: {
    readonly status: string;
    readonly risk: string;
    readonly provider: string;
    readonly size: string;
  };
  readonly perPage: (size: number) => string;
  readonly notes: {
    readonly empty: string;
    /** Where no runtime was found though nothing narrowed the list. */
    readonly nothingAtAll: string;
    readonly beyond: (page: number, pages: number) => string;
    readonly riskUnknown: (count: number) => string;
    readonly doubles: (count: number) => string;
    readonly unreadable: (count: number) => string;
    readonly moved: string;
    readonly totalsOnly: string;
    readonly countsSeveral: string;
    readonly moreAgents: (count: number) => string;
    readonly moreFields: (count: number) => string;
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
  };
  readonly noRisk: string;
  readonly riskUnknown: string;
  readonly tooLarge: (total: number, limit: number) => Advice;
  readonly missing: (target: string) => Advice;
  readonly choices: (target: string) => string;
  readonly problem: (problem: CommandProblem) => string;
  readonly suggestion: (word: string) => string;
  readonly problemTitle: string;
  readonly failureTitle: string;
  readonly failure: (failure: FleetFailure) => Advice;
  readonly requestId: (id: string) => string;
  readonly traceId: (id: string) => string;
  readonly wait: Readonly<Record<Wait | "working", string>>;
  readonly workingTitle: string;
  readonly refused: Advice & { readonly title: string };
  /** Of a command that asks for users where they are not shown. */
  readonly usersUnshown: Advice & { readonly title: string };
  readonly late: (minutes: number) => Advice & { readonly title: string };
  readonly unread: Advice & { readonly title: string };
  readonly tooFast: Advice & { readonly title: string };
  readonly hello: {
    readonly title: string;
    readonly intro: string;
    readonly example: string;
    /** Nobody may ask here yet. */
    readonly closed: string;
    /** `user` empty: not known. */
    readonly where: (chat: string, user: string) => string;
  };
  readonly busy: Advice & { readonly title: string };
  readonly internal: Advice & { readonly title: string };
  readonly alerts: AlertTexts;
  readonly watches: WatchTexts;
  readonly why: WhyTexts;
  /** What is said of a file of the whole result. */
  readonly exports: {
    readonly title: string;
    readonly reading: string;
    readonly progress: (rows: number, total: number) => string;
    readonly size: string;
    readonly file: string;
    /** A size in the units that people read. */
    readonly bytes: (bytes: number) => string;
    readonly sent: string;
    /** Written to the disk of whoever asked. */
    readonly written: (path: string) => string;
    readonly tooMany: (total: number, limit: number) => Advice;
    readonly tooLarge: (bytes: number, limit: number) => Advice;
    readonly notSent: Readonly<Record<"refused" | "failed" | "maybe" | "disk", Advice>>;
    readonly unwritten: (it: Unwritten) => Advice;
    /** The file in another format. */
    readonly as: (format: string) => string;
    /** The file of what has this value alone. */
    readonly only: (value: string) => string;
  };
  /** A press that asks for a file was taken in. */
  readonly exportBegun: string;
  /** A press came while the bot was being stopped. */
  readonly stopping: string;
  /** A press was delivered again, long after it was answered. */
  readonly answered: string;
  /** What is said of trends, digests, saved views and languages. */
  readonly chat: ChatTexts;
  readonly audit: AuditTexts;
  readonly help: {
    readonly intro: string;
    readonly title: (topic: string) => string;
    readonly topics: Readonly<Record<Topic, string>>;
    readonly commands: Readonly<Record<Topic, string>>;
    /** The heading of commands on what is kept for a chat. */
    readonly ofChat: string;
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
  | "groupId"
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
  | "online"
  | "agents"
  | "office";
