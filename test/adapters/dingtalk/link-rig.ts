import { createStreamLink, type Delivered, type StreamLinkOptions } from "../../../adapters/dingtalk/link.ts";
import { createHttp } from "../../../src/platform/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { type FakeConnection, type FakeGateway, secret, startFakeGateway, until } from "./fake-gateway.ts";

interface Line {
  readonly level: "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

const ends: (() => Promise<void>)[] = [];

/** Ends every link that was built; to be called after each test. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).toReversed()) await end();
}

/** A link that is not started yet, and the fake that it will find. */
export async function build(options: Partial<StreamLinkOptions> = {}) {
  const fake = await startFakeGateway();
  const clock = createManualClock();
  const http = createHttp({ clock, timeout: 20_000, longest: 100_000, connections: 8 });
  const lines: Line[] = [];
  const counts: string[] = [];
  const handled: Delivered[] = [];
  let pushes = 0;
  const write = (level: Line["level"]) => (fields: object, message: string) => lines.push({ level, fields, message });
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
    log: { info: write("info"), warn: write("warn"), error: write("error") },
    count: (event, labels = {}) => counts.push([event, ...Object.values(labels)].join(" ")),
    onPush() {
      pushes += 1;
    },
    ...options,
  });
  ends.push(async () => {
    const stopped = link.stop();
    await clock.advance(10_000);
    await stopped;
    http.stop();
    await fake.stop();
  });
  return { fake, clock, http, link, lines, counts, handled, pushes: () => pushes };
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
