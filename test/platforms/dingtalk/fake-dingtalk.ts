import { createIds, createRandom } from "../random.ts";
import { createServer } from "../server.ts";
import { createSignals } from "../signals.ts";
import { patience, type StandIn } from "../stand-in.ts";
import { createTimers } from "../timers.ts";
import { createCardApi, type TemplateState } from "./card-api.ts";
import { checkCard } from "./card-rules.ts";
import type { Connection } from "./connection.ts";
import { createDelivery } from "./delivery.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createGateway } from "./gateway.ts";
import { createOpenApi } from "./open-api.ts";
import { type FakeDingTalkOptions, type Limits, publicTemplate, settle } from "./options.ts";
import { createPeople, type People } from "./people.ts";
import { createPresses, type Presses } from "./press.ts";
import { createRecords, type Records } from "./record.ts";
import { createRobotApi } from "./robot-api.ts";
import { apiOf } from "./routes.ts";
import { createSessions } from "./sessions.ts";
import { type Content, createShows, type Shown, type Shows } from "./shown.ts";
import { createSockets } from "./sockets.ts";
import { createTokens } from "./tokens.ts";
import { createUploads, type Upload } from "./upload-api.ts";

type Kept = Pick<Records, "requests" | "calls" | "acknowledgements" | "lost">;

/**
 * The DingTalk open platform on a loopback port: its HTTP interfaces, its stream, and people in chats. Its URL is both
 * `apiBase` and `oapiBase`.
 */
export interface FakeDingTalk extends StandIn, People, Presses, Kept {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** Who there is, and where they talk. */
  readonly directory: Directory;
  /** The card templates that there are; the public one from the start. */
  readonly templates: Map<string, TemplateState>;
  readonly faults: Faults;
  readonly limits: Limits;
  /** The permissions of the app. */
  readonly scopes: Set<string>;
  /** Calls that cost something of the month's quota, and frames that cost a push. */
  readonly spent: { readonly calls: number; readonly pushes: number };
  readonly tokens: { revoke(): void; readonly issued: number };
  /** The session webhooks that were given out. */
  readonly sessions: { end(): void };
  /** The open sockets, to look at, to drop and to disturb. */
  readonly connections: readonly Connection[];
  /** Requests to become a socket that hang, as `faults.sockets` says. */
  readonly hanging: number;
  /** Robot messages that are neither acknowledged nor given up. */
  readonly underWay: number;
  /** The robot's cards and messages that people see, oldest first. */
  readonly sent: readonly Shown[];
  /** A card by its outTrackId, a message by its processQueryKey. */
  shown(id: string): Shown | undefined;
  /** Those of one chat, oldest first. */
  within(chat: string): readonly Shown[];
  /** The variables of a card as one person sees them. */
  viewOf(card: string, person: string): Content;
  readonly uploads: readonly Upload[];
  /** The first message of the robot in a chat that `next` has not given yet. Rejects after so many milliseconds (5,000). */
  next(chat: string, milliseconds?: number): Promise<Shown>;
  /** Called at once for each message and change of the robot; the function that comes back ends that. */
  watch: Shows["watch"];
}

function codeOf(body: object | string | undefined): string | number | undefined {
  if (typeof body !== "object") return undefined;
  const code: unknown = "code" in body ? body.code : "errcode" in body ? body.errcode : undefined;
  return typeof code === "string" || typeof code === "number" ? code : undefined;
}

/** A stand-in with the behaviour of the real platform; it listens from `start` on. */
export function createFakeDingTalk(options: FakeDingTalkOptions = {}): FakeDingTalk {
  const settings = settle(options, checkCard);
  const { keep, now } = settings;
  let port = 0;
  const host = (): string => `127.0.0.1:${port}`;
  const base = (): string => `http://${host()}`;

  const ids = createIds(createRandom(settings.seed));
  const timers = createTimers();
  const signals = createSignals(timers);
  const { changed } = signals;
  const records = createRecords(keep, changed);
  const faults = createFaults(timers.after, changed);
  const directory = createDirectory(ids);
  const templates = new Map<string, TemplateState>([[publicTemplate, "published"]]);
  const shows = createShows({ ids, now, keep, changed });
  const uploads = createUploads({ ids, now, keep: 100 });
  const sessions = createSessions({ ids, now, base, seconds: settings.sessionSeconds, keep });
  const tokens = createTokens({ ids, now, seconds: settings.tokenSeconds, status: settings.tokenStatus });
  const gateway = createGateway({ settings, records, ids, host });
  const sockets = createSockets({ settings, records, timers, ids, gateway, faults: faults.knobs, changed });
  const delivery = createDelivery({ settings, records, timers, faults, sockets, changed });
  const people = createPeople({ settings, directory, shows, sessions, delivery, ids });
  const presses = createPresses({ settings, records, directory, shows, delivery });
  const cards = createCardApi({ settings, records, directory, templates, shows, uploads, faults, ids });
  const robot = createRobotApi({ settings, directory, shows, uploads, sessions, faults: faults.knobs });
  const api = createOpenApi({ settings, records, tokens, gateway, cards, robot, uploads });
  const server = createServer({
    timers,
    work(call) {
      const answer = api.answer(call);
      if (answer.blame !== undefined) records.complain(`${call.method} ${call.path}: ${answer.blame}`);
      return answer;
    },
    fault: (call) => faults.next(apiOf(call)),
    note(call, answer) {
      const { method, path } = call;
      records.request({
        api: apiOf(call),
        method,
        path,
        status: answer?.status ?? 0,
        code: codeOf(answer?.body),
        at: now(),
      });
    },
    upgrade: sockets.upgrade,
  });
  const given = new Map<string, number>();

  return {
    ...people,
    ...presses,
    async start() {
      port = await server.start(settings.port);
    },
    stop() {
      timers.stop();
      signals.stop();
      sockets.stop();
      return server.stop();
    },
    get url() {
      return base();
    },
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    robotCode: settings.robotCode,
    directory,
    templates,
    faults: faults.knobs,
    limits: settings.limits,
    scopes: settings.scopes,
    get spent() {
      return { calls: api.spent, pushes: sockets.pushes };
    },
    tokens,
    sessions,
    connections: sockets.connections,
    get hanging() {
      return sockets.hanging;
    },
    get underWay() {
      return delivery.underWay;
    },
    sent: shows.sent,
    shown: shows.get,
    within: shows.within,
    viewOf: shows.viewOf,
    get uploads() {
      return uploads.all;
    },
    requests: records.requests,
    calls: records.calls,
    acknowledgements: records.acknowledgements,
    lost: records.lost,
    complaints: () => [...records.complaints],
    forget: records.clear,
    until: (condition, milliseconds = patience, what = String(condition)) =>
      signals.until(condition, milliseconds, what),
    async next(chat, milliseconds = patience) {
      const after = given.get(chat) ?? 0;
      const find = (): Shown | undefined => shows.within(chat).find(({ order }) => order > after);
      await signals.until(() => find() !== undefined, milliseconds, `the robot says something in ${chat}`);
      const found = find();
      if (found === undefined) throw new Error(`what the robot said in ${chat} is forgotten`);
      given.set(chat, found.order);
      return found;
    },
    watch: shows.watch,
  };
}
