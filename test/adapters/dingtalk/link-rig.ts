import { createStreamLink, type Delivered, type StreamLinkOptions } from "../../../adapters/dingtalk/link.ts";
import { createHttp } from "../../../src/platform/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createTelling, toEnd } from "../link-rig.ts";
import { until } from "../until.ts";
import { type FakeConnection, type FakeGateway, secret, startFakeGateway } from "./fake-gateway.ts";

/** A link that is not started yet, and the fake that it will find. */
export async function build(options: Partial<StreamLinkOptions> = {}) {
  const fake = await startFakeGateway();
  const clock = createManualClock();
  const http = createHttp({ clock, timeout: 20_000, longest: 100_000, connections: 8 });
  const { log, meter, ...told } = createTelling();
  const handled: Delivered[] = [];
  let pushes = 0;
  const link = createStreamLink({
    clientId: "ding-client",
    clientSecret: () => secret,
    apiBase: fake.url,
    http,
    handle: async (delivered) => {
      handled.push(delivered);
      return { accepted: true, body: { response: { at: handled.length } } };
    },
    clock,
    random: () => 0.5,
    log,
    meter,
    onPush() {
      pushes += 1;
    },
    ...options,
  });
  toEnd({ link, clock, http, fake });
  return { fake, clock, http, link, ...told, asked: () => fake.asked.length, handled, pushes: () => pushes };
}

export type Built = Awaited<ReturnType<typeof build>>;

/** The same, connected. */
export async function connect(options: Partial<StreamLinkOptions> = {}) {
  const built = await build(options);
  built.link.start();
  return { ...built, connection: await opened(built) };
}

/** The n-th connection, once it is open at both ends. */
export async function opened(
  { fake, link }: { readonly fake: FakeGateway; readonly link: Built["link"] },
  nth = 1,
): Promise<FakeConnection> {
  const connection = await until(() => fake.connections[nth - 1]);
  await until(() => link.connected());
  return connection;
}
