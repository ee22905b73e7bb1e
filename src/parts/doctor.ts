import { type Config, configChecks, type Loaded } from "../config/index.ts";
import { type Check, clockChecks, type TimeServer } from "../doctor/index.ts";
import { ownFailure } from "../fleet/index.ts";
import { systemClock } from "./clock.ts";
import { openFleetApi } from "./fleet-source.ts";
import { installationCheck } from "./installation.ts";
import type { AppOptions } from "./options.ts";
import { sayFailure } from "./say-failure.ts";
import { storeLocationOf } from "./store-location.ts";

/** What a check of a channel may do beyond looking. */
export interface ChatToTry {
  readonly channel: "lark" | "dingtalk";
  /** Id of the chat that gets a card. */
  readonly chat: string;
}

export interface ChecksOptions extends Omit<AppOptions, "config" | "relieve"> {
  readonly loaded: Loaded;
  /** Undefined: nothing is sent to anybody. */
  readonly chatToTry?: ChatToTry | undefined;
}

/** Everything that doctor looks at, and how to let go of it. */
export interface Checks {
  readonly checks: readonly Check[];
  close(): Promise<void>;
}

type Options = Omit<ChecksOptions, "loaded"> & { readonly config: Config };

/**
 * The checks of what is configured. Of a configuration that is refused there is nothing to look at but what is wrong with it.
 * Rejects when the simulator cannot listen.
 */
export async function openChecks({ loaded, ...rest }: ChecksOptions): Promise<Checks> {
  const about = [installationCheck, ...configChecks(loaded, rest.proxies)];
  if (!loaded.ok) {
    return { checks: about, close: async () => {} };
  }
  const options = { ...rest, config: loaded.config };
  const { clock = systemClock } = options;
  const [{ storeChecks }, { portCheck }] = await Promise.all([import("../store/index.ts"), import("../http/index.ts")]);
  const fleet = await openFleetChecks(options);
  const lark = await openLark(options);
  const dingtalk = await openDingTalk(options);
  const servers = [fleet, lark, dingtalk].flatMap(({ server }) => (server === undefined ? [] : [server]));
  return {
    checks: [
      ...about,
      ...clockChecks({
        servers,
        proxies: options.proxies,
        now: clock.now,
        refused: sayFailure(ownFailure("clock").failure),
      }),
      ...storeChecks({ location: storeLocationOf(options.config), clock }),
      portCheck(options.config.http),
      ...[fleet, lark, dingtalk].flatMap(({ checks }) => checks),
    ],
    close: fleet.close,
  };
}

/** Checks of something that is asked over the network, and of whom the time can be asked. */
interface Remote {
  readonly checks: readonly Check[];
  readonly server?: TimeServer | undefined;
}

/** Nothing to look at. */
const off: Remote = { checks: [] };

async function openFleetChecks(options: Options): Promise<Remote & Pick<Checks, "close">> {
  const { fleetChecks, hostOf } = await import("../appstream/index.ts");
  const { providers, source } = options.config.fleet;
  const api = await openFleetApi(options);
  const { checks, close } = fleetChecks({
    ...api.options,
    providers,
    say: sayFailure,
    simulated: source === "simulator",
  });
  const url = `${api.options.protocol}://${hostOf(api.options)}/`;
  return {
    checks,
    // The simulator is on this machine, and has its clock.
    server: source === "simulator" ? undefined : { name: "Alibaba Cloud", url },
    async close() {
      await close();
      await api.close();
    },
  };
}

async function openLark({ config, chatToTry, proxies, clock = systemClock }: Options): Promise<Remote> {
  const { enabled, appSecret, encryptKey, verificationToken, ...about } = config.channels.lark;
  if (!enabled) {
    return off;
  }
  const { baseUrlOf, larkChecks } = await import("../../adapters/lark/index.ts");
  return {
    checks: larkChecks({
      ...about,
      appSecret: () => appSecret.reveal(),
      encryptKey: () => encryptKey.reveal(),
      verificationToken: () => verificationToken.reveal(),
      locale: config.locale,
      chat: chatToTry?.channel === "lark" ? chatToTry.chat : undefined,
      random: Math.random,
      proxies,
      clock,
    }),
    server: { name: "Lark", url: baseUrlOf(about.domain) },
  };
}

async function openDingTalk({ config, chatToTry, proxies, clock = systemClock }: Options): Promise<Remote> {
  const { enabled, clientSecret, ...about } = config.channels.dingtalk;
  if (!enabled) {
    return off;
  }
  const [{ dingtalkChecks }, { createTallyReader }] = await Promise.all([
    import("../../adapters/dingtalk/index.ts"),
    import("../store/index.ts"),
  ]);
  const location = storeLocationOf(config);
  return {
    checks: dingtalkChecks({
      ...about,
      clientSecret: () => clientSecret.reveal(),
      locale: config.locale,
      // What a running bot counts in memory is not seen from here.
      counted: location.kind === "memory" ? undefined : createTallyReader(location, clock),
      chat: chatToTry?.channel === "dingtalk" ? chatToTry.chat : undefined,
      random: Math.random,
      proxies,
      clock,
    }),
    server: { name: "DingTalk", url: about.apiBase },
  };
}
