import { createSdkHttp } from "../../../adapters/lark/http.ts";
import { createLarkLink, type LarkLinkOptions } from "../../../adapters/lark/link.ts";
import { createManualClock } from "../../manual-clock.ts";
import { type FakeConnection, type FakeSocket, secret, startFakeSocket, until } from "./fake-socket.ts";

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
export async function build(options: Partial<LarkLinkOptions> = {}) {
  const fake = await startFakeSocket();
  const clock = createManualClock();
  const http = createSdkHttp({ timeout: 5_000, clock });
  const lines: Line[] = [];
  const counts: string[] = [];
  const handled: unknown[] = [];
  const write = (level: Line["level"]) => (fields: object, message: string) => lines.push({ level, fields, message });
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
    log: { info: write("info"), warn: write("warn"), error: write("error") },
    count: (event, labels = {}) => counts.push([event, ...Object.values(labels)].join(" ")),
    ...options,
  });
  ends.push(async () => {
    const stopped = link.stop();
    await clock.advance(10_000);
    await stopped;
    http.stop();
    await fake.stop();
  });
  return { fake, clock, http, link, lines, counts, handled };
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
