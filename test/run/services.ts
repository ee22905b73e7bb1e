import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { startChromiumServer } from "../browser/chromium-server.ts";
import { startPostgresServer } from "../store/postgres-server.ts";

/** What is slow to start, and is shared by all test files of a run. */
export interface Services {
  /** Base URL: a GET of the name of a service starts it, unless it runs, and says where it is. */
  readonly url: string;
  /** Ends those that were started. */
  stop(): Promise<void>;
}

interface Service {
  readonly url: string;
  remove(): Promise<void>;
}

const starts = { postgres: startPostgresServer, chromium: startChromiumServer } satisfies Record<
  string,
  () => Promise<Service>
>;

/** The name of a service. */
export type ServiceName = keyof typeof starts;

/** Where a service is, or why there is none. */
const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), url: z.string() }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);
type Answer = z.infer<typeof answerSchema>;

export async function startServices(): Promise<Services> {
  const started = new Map<string, Promise<Service>>();

  async function find(name: string): Promise<Answer> {
    if (!isService(name)) {
      return { ok: false, reason: `there is no service ${name}` };
    }
    const service = started.get(name) ?? starts[name]();
    started.set(name, service);
    try {
      return { ok: true, url: (await service).url };
    } catch (error) {
      const reason = error instanceof Error ? error.message : "it ended while it started";
      return { ok: false, reason: reason.split("\n", 1).join() };
    }
  }

  const say = (response: ServerResponse, answer: Answer): void => void response.end(JSON.stringify(answer));
  const server = createServer((request, response) => {
    void find((request.url ?? "").slice(1)).then((answer) => say(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      const running = await Promise.allSettled(started.values());
      await Promise.all(running.map((service) => service.status === "fulfilled" && service.value.remove()));
    },
  };
}

function isService(name: string): name is ServiceName {
  return Object.hasOwn(starts, name);
}

/** Asks for a service. @param at where the services of this run are asked for */
export async function askService(at: string, name: ServiceName): Promise<Answer> {
  return answerSchema.parse(await (await fetch(`${at}/${name}`)).json());
}
