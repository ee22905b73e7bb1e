import type {
  ApiFilters,
  CallOptions,
  Fleet,
  FleetFailure,
  Fold,
  Outcome,
  Page,
  PageRequest,
  Runtime,
  Scan,
} from "../../src/fleet/index.ts";

/** A row of the model: a runtime, the providers whose lists have it, and what rows do not show. */
export interface Row {
  readonly runtime: Runtime;
  readonly listed: readonly string[];
  readonly edition: string;
  readonly office: string;
  /** It takes a place in the list, but comes as no object. */
  readonly unreadable?: boolean;
}

export interface MemoryFleetOptions {
  readonly rows: readonly Row[];
  /** The greatest page that is answered. */
  readonly cap?: number;
  /** The smallest page that is answered. */
  readonly least?: number;
  /** What the API says of its page size instead of the truth. */
  readonly sizeSaid?: (asked: number) => number;
  /** Names match in part, as the API may do. */
  readonly fuzzyNames?: boolean;
  /** Scans say that the list moved. */
  readonly moving?: boolean;
  /** Scans read so many passes in vain, each a bit further, before the one that counts. */
  readonly passesInVain?: number;
  /** The call of this number (from 1) and later ones fail. */
  readonly failsFrom?: number;
}

export interface MemoryFleet extends Fleet {
  /** Every page that was asked for, scans not included. */
  readonly pages: readonly PageRequest[];
  /** The options that came with each page. */
  readonly options: readonly CallOptions[];
  /** The provider of every scan, and the limit it was given. */
  readonly scans: readonly {
    readonly provider: string;
    readonly limit: number | undefined;
    readonly call: CallOptions;
  }[];
  /** Lets no answer out until the function that it gives back is called. */
  hold(): () => void;
  /** Exchanges all rows. */
  become(rows: readonly Row[]): void;
}

export const broken: FleetFailure = {
  kind: "service",
  code: "InternalError",
  detail: "it broke",
  requestId: "request-1",
  action: undefined,
  principal: undefined,
  attempts: 4,
};

const plain = (text: string | undefined) => (text ?? "").toLowerCase().replaceAll(/[\s_-]/gu, "");

type Test = (row: Row) => boolean;
type Given = string | readonly string[];

const listOf = (given: Given) => (typeof given === "string" ? [given] : given);
const oneOf = (given: Given) => (value: string | undefined) => value !== undefined && listOf(given).includes(value);
/** Words of an enumeration are the same however they are spelled. */
const wordOf = (given: Given) => {
  const words = listOf(given).map(plain);
  return (value: string | undefined) => value !== undefined && words.includes(plain(value));
};
const flag = (given: Given) => given === "true";

/** What each parameter of the API means, written down once more and from its documentation alone. */
const parameters = (fuzzyNames: boolean): Readonly<Record<string, (given: Given) => Test>> => ({
  DesktopStatuses: (given) => (row) => wordOf(given)(row.runtime.status),
  AgentInstanceStatuses: (given) => (row) => row.runtime.agents.some(({ status }) => wordOf(given)(status)),
  AgentInstanceVersions: (given) => (row) => row.runtime.agents.some(({ version }) => oneOf(given)(version)),
  DesktopIds: (given) => {
    if (listOf(given).length > 100) throw new Error("more than 100 ids were sent");
    return (row) => oneOf(given)(row.runtime.id);
  },
  ResourceIds: (given) => (row) => oneOf(given)(row.runtime.resourceId),
  DesktopNames: (given) => (row) =>
    listOf(given).some((name) => {
      const own = row.runtime.name?.toLowerCase();
      return fuzzyNames ? own?.includes(name.toLowerCase()) : own === name.toLowerCase();
    }),
  AuthUsers: (given) => (row) => row.runtime.users.some(oneOf(given)),
  HasAuthUser: (given) => (row) => (row.runtime.hasUser === true) === flag(given),
  ModelConfigure: (given) => (row) => (row.runtime.modelConfigured === true) === flag(given),
  ModelTemplateId: (given) => (row) =>
    [row.runtime.modelTemplateId, ...row.runtime.agents.map((agent) => agent.modelTemplateId)].some(oneOf(given)),
  ChannelConfigure: (given) => (row) => (row.runtime.channelConfigured === true) === flag(given),
  DeploymentSource: (given) => (row) => row.runtime.agents.some(({ source }) => wordOf(given)(source)),
  ResourceGroupId: (given) => (row) => oneOf(given)(row.runtime.groupId),
  AgentPlatform: (given) => (row) => row.runtime.agents.some(({ platform }) => wordOf(given)(platform)),
  BizType: (given) => (row) => row.edition === given,
  IncludeRiskInfo: () => () => true,
  HasRisk: (given) => (row) => (row.runtime.risks ?? []).length > 0 === flag(given),
  ManagementStatus: (given) => (row) => row.runtime.management.some(wordOf(given)),
  AgentImOnlineStatus: (given) => (row) => wordOf(given)(row.runtime.messaging?.online),
  OfficeSiteId: (given) => (row) => row.office === given,
});

/** A fleet in memory behind the port: an independent model of the API that filters, counts and pages for itself. */
export function createMemoryFleet(options: MemoryFleetOptions): MemoryFleet {
  const { cap = 100, least = 1, moving = false, fuzzyNames = false } = options;
  let rows = options.rows;
  const meanings = parameters(fuzzyNames);
  const pages: PageRequest[] = [];
  const callOptions: CallOptions[] = [];
  const scans: { provider: string; limit: number | undefined; call: CallOptions }[] = [];
  let gate: Promise<void> | undefined;
  let calls = 0;

  function matching(provider: string, filters: ApiFilters): readonly Row[] {
    const withRisk = filters.IncludeRiskInfo === "true";
    const tests = Object.entries(filters).flatMap(([name, given]): Test[] => {
      const meaning = meanings[name];
      if (meaning === undefined) throw new Error(`the API has no parameter ${name}`);
      // An empty value does not travel, and HasRisk alone says nothing.
      return given.length === 0 || (name === "HasRisk" && !withRisk) ? [] : [meaning(given)];
    });
    return rows
      .filter((row) => row.listed.some((one) => plain(one) === plain(provider)) && tests.every((test) => test(row)))
      .map((row) => (withRisk ? row : { ...row, runtime: { ...row.runtime, risks: undefined } }));
  }

  async function failure({ signal }: CallOptions): Promise<FleetFailure | undefined> {
    calls += 1;
    if (gate !== undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        void gate?.then(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    if (signal.aborted) {
      return { ...broken, kind: signal.reason?.name === "TimeoutError" ? "timeout" : "stopped" };
    }
    return calls >= (options.failsFrom ?? Number.POSITIVE_INFINITY) ? broken : undefined;
  }

  /** Hands rows to a fold by pages; how many of them cannot be read. */
  async function readPages(all: readonly Row[], total: number, folded: Fold<unknown>): Promise<number> {
    const seen = new Set<string>();
    let unreadable = 0;
    for (let first = 0; first === 0 || first < all.length; first += cap) {
      for (const { runtime, unreadable: cut } of all.slice(first, first + cap)) {
        if (cut === true) {
          unreadable += 1;
        } else if (runtime.id === "" || !seen.has(runtime.id)) {
          seen.add(runtime.id);
          folded.row(runtime);
        }
      }
      await folded.page?.(total);
    }
    return unreadable;
  }

  return {
    pages,
    options: callOptions,
    scans,
    async page(request, call): Promise<Outcome<Page>> {
      pages.push(request);
      callOptions.push(call);
      if (request.page < 1 || request.size < 1 || request.size > 100) throw new Error("no such page");
      const failed = await failure(call);
      if (failed !== undefined) return { ok: false, failure: failed };
      const all = matching(request.provider, request.filters);
      const size = Math.max(Math.min(request.size, cap), least);
      const shown = all.slice((request.page - 1) * size, request.page * size);
      const readable = shown.filter((row) => row.unreadable !== true).map((row) => row.runtime);
      const value = {
        runtimes: readable,
        total: all.length,
        size: options.sizeSaid?.(request.size) ?? size,
        requestId: undefined,
        unreadable: shown.length - readable.length,
      };
      return { ok: true, value };
    },
    async scan({ provider, filters, limit }, fold, call): Promise<Outcome<Scan<never>>> {
      scans.push({ provider, limit, call });
      const failed = await failure(call);
      if (failed !== undefined) return { ok: false, failure: failed };
      const all = matching(provider, filters);
      const tooLarge = limit !== undefined && all.length > limit;
      for (let pass = 1; pass <= (options.passesInVain ?? 0); pass += 1) {
        await readPages(all.slice(0, pass * 3), all.length, fold());
      }
      const folded = fold();
      const unreadable = await readPages(tooLarge ? all.slice(0, 100) : all, all.length, folded);
      const complete = !moving && !tooLarge && unreadable === 0;
      const rowsSeen = all.length - unreadable;
      const value = { complete, total: all.length + Number(moving), tooLarge, rows: rowsSeen, calls: 1, unreadable };
      return { ok: true, value: { ...value, value: folded.result() as never } };
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = undefined;
        resolve();
      };
    },
    become(others) {
      rows = others;
    },
  };
}

/** A call that nobody gives up. */
export const call: CallOptions = { urgency: "person", signal: new AbortController().signal };
