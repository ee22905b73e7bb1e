import { pino } from "pino";
import { createRunner, openFleet } from "../../src/app.ts";
import { operatorGrant } from "../../src/bot/index.ts";
import { type Answer, type Card, toCard } from "../../src/cards/index.ts";
import { isForDesk, parseMessage } from "../../src/commands/index.ts";
import { createSimulator, type SeenRequest, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { configOf } from "../config/read.ts";

export interface DeskOptions extends SimulatorOptions {
  readonly providers?: readonly string[];
  /** Milliseconds of one attempt. */
  readonly timeout?: string;
  readonly attempts?: number;
  /** In place of a simulator of its own. */
  readonly endpoint?: string;
}

/** Deskhand as an operator has it, in this process, over the real SDK and HTTP to a simulator that the test holds. */
export interface Desk {
  readonly simulator: Simulator;
  readonly endpoint: string;
  ask(text: string, signal?: AbortSignal): Promise<Answer>;
  card(text: string): Promise<Card>;
  /** The requests since the last `forget`. */
  requests(): readonly SeenRequest[];
  forget(): void;
  close(): Promise<void>;
}

export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const simulator = createSimulator(options);
  const { endpoint } = await simulator.start();
  const config = configOf(configText({ ...options, endpoint: options.endpoint ?? endpoint }));
  const source = await openFleet({ config, log: pino({ level: "silent" }) });
  const run = createRunner(config, source.fleet);
  let forgotten = 0;

  async function ask(text: string, signal = AbortSignal.timeout(15_000)): Promise<Answer> {
    const parsed = parseMessage(text);
    if (!parsed.ok) {
      return { kind: "problem", problem: parsed.problem };
    }
    return isForDesk(parsed.command)
      ? { kind: "chats-only", command: parsed.command }
      : run(parsed.command, operatorGrant, { urgency: "person", signal, fresh: true });
  }
  return {
    simulator,
    endpoint,
    ask,
    card: async (text) => toCard(await ask(text), "en"),
    requests: () => simulator.requests().slice(forgotten),
    forget() {
      forgotten = simulator.requests().length;
    },
    async close() {
      await source.close();
      await simulator.stop();
    },
  };
}

function configText(options: DeskOptions & { readonly endpoint: string }): string {
  return `
fleet:
  source: alibaba-cloud
  providers: ${JSON.stringify(options.providers ?? ["OpenClaw", "HermesAgent"])}
  alibabaCloud:
    endpoint: ${options.endpoint}
    protocol: http
    requestsPerSecond: 100
    timeout: ${options.timeout ?? "5s"}
    attempts: ${options.attempts ?? 2}
    credentials: { type: access-key, accessKeyId: simulator, accessKeySecret: simulator }
`;
}
