import { createSdkHttp } from "../../../adapters/lark/http.ts";
import { createLarkLink, type LarkLinkOptions } from "../../../adapters/lark/link.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createTelling, toEnd } from "../link-rig.ts";
import { until } from "../until.ts";
import { type FakeConnection, type FakeSocket, secret, startFakeSocket } from "./fake-socket.ts";

/** A link that is not started yet, and the fake that it will find. */
export async function build(options: Partial<LarkLinkOptions> = {}) {
  const fake = await startFakeSocket();
  const clock = createManualClock();
  const http = createSdkHttp({ timeout: 5_000, clock });
  const { log, meter, ...told } = createTelling();
  const handled: unknown[] = [];
  const link = createLarkLink({
    appId: "cli_0123456789abcdef",
    appSecret: () => secret,
    domain: fake.url,
    http,
    handle: async (envelope) => {
      handled.push(envelope);
      return { accepted: true, body: {} };
    },
    clock,
    random: () => 0.5,
    log,
    meter,
    ...options,
  });
  toEnd({ link, clock, http, fake });
  return { fake, clock, http, link, ...told, asked: fake.asked, handled };
}

/** The same, connected. */
export async function connect(options: Partial<LarkLinkOptions> = {}) {
  const built = await build(options);
  built.link.start();
  return { ...built, connection: await opened(built.fake) };
}

/** The n-th connection, once the platform has heard of it. */
export const opened = (fake: FakeSocket, count = 1): Promise<FakeConnection> =>
  until(() => fake.connections[count - 1]).then(async (connection) => {
    await until(() => connection.pings.length > 0);
    return connection;
  });
