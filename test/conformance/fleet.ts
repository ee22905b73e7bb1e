import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createSimulator, type Row, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { fleetKey } from "../e2e/fleet-section.ts";

/** Gives a row other texts. `code` is short, the row's own, and found in texts by `codesIn`. */
export type Dress = (row: Row, code: string) => Row;

/** A simulated fleet whose runtimes have names that are easily told apart in any text, however short it is cut. */
export interface TestFleet {
  readonly simulator: Simulator;
  /** Resolves to `host:port`. */
  start(): Promise<string>;
  stop(): Promise<void>;
  /** From now on rows are dressed so. */
  dress(how: Dress): void;
  /** The codes of all runtimes that match, in the API's order. */
  codes(parameters?: Readonly<Record<string, string>>): readonly string[];
  /** All authorised users. */
  users(): readonly string[];
  /** Requests that have begun so far. */
  calls(): number;
  /** From now on requests wait until the returned function is called. */
  hold(): () => void;
}

const providers = ["OpenClaw", "HermesAgent"] as const;

/** The codes that stand in a text, each once, in the order of their first places. */
export function codesIn(text: string): readonly string[] {
  return [...new Set(text.match(/rt-\d{4}(?!\d)/g) ?? [])];
}

const named: Dress = (row, code) => ({ ...row, DesktopName: code });

export function createTestFleet(options: SimulatorOptions = {}): TestFleet {
  const simulator = createSimulator({ runtimes: 24, seed: 7, ...options, key: fleetKey });
  const rowsOf = (parameters: Readonly<Record<string, string>>) =>
    providers.flatMap((AgentProvider) => simulator.rows({ AgentProvider, IncludeRiskInfo: "true", ...parameters }));
  const order = new Map(rowsOf({}).map(({ DesktopId }, index) => [DesktopId, `rt-${String(index).padStart(4, "0")}`]));
  const codeOf = ({ DesktopId }: Row): string => order.get(DesktopId) ?? "rt-none";
  let dress = named;
  let target = { host: "", port: 0 };

  /** The API's answer with other rows; what is no page of rows stays as it is. */
  function dressed(body: string): string {
    try {
      const answer: { readonly Data?: unknown } = JSON.parse(body);
      if (!Array.isArray(answer.Data)) return body;
      return JSON.stringify({ ...answer, Data: answer.Data.map((row: Row) => dress(row, codeOf(row))) });
    } catch {
      return body;
    }
  }

  let calls = 0;
  let held = Promise.resolve();
  // Between the bot and the simulator; headers pass as they are, as they are signed.
  const server = createServer((incoming, outgoing) => {
    calls += 1;
    void held.then(() => forward(incoming, outgoing));
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url, headers } = incoming;
    const asking = request({ ...target, method, path: url, headers }, (answer) => void pass(answer, outgoing));
    asking.on("error", () => outgoing.destroy());
    outgoing.on("close", () => asking.destroy());
    incoming.pipe(asking);
  }

  async function pass(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of answer) chunks.push(Buffer.from(chunk));
    } catch {
      outgoing.destroy();
      return;
    }
    const body = Buffer.from(dressed(Buffer.concat(chunks).toString()));
    outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, "content-length": body.length });
    outgoing.end(body);
  }

  return {
    simulator,
    async start() {
      const { host, port } = await simulator.start();
      target = { host, port };
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      return `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    },
    async stop() {
      await simulator.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    dress(how) {
      dress = how;
    },
    codes: (parameters = {}) => rowsOf(parameters).map(codeOf),
    users() {
      const lists = rowsOf({}).map(({ AuthUsers }) => (Array.isArray(AuthUsers) ? AuthUsers.map(String) : []));
      return [...new Set(lists.flat())];
    },
    calls: () => calls,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}
