import type { Check, Fault, Found } from "../doctor/index.ts";
import type { FleetFailure } from "../fleet/index.ts";
import { createAppStream } from "./appstream.ts";
import { problemOfThrown } from "./errors.ts";
import type { AppStream, AppStreamOptions, Say } from "./options.ts";
import { createSdk, hostOf } from "./sdk.ts";

export interface FleetChecksOptions extends AppStreamOptions {
  /** The agent providers that are asked when a command names none; at least one. */
  readonly providers: readonly string[];
  /** Whether what is asked is the simulator on this machine, whose key is made for this process. */
  readonly simulated: boolean;
  /** Says it in the words of the cards. */
  readonly say: Say;
}

export interface FleetChecks {
  readonly checks: readonly Check[];
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** How often a call is tried here: once more, as one that failed for a moment says nothing. */
const mostAttempts = 2;
/** What waits and pauses may add to the timeouts of a call, milliseconds. */
const slack = 10_000;

/** Looks for credentials, makes the call that RAM has to allow, and asks for one row of each provider. */
export function fleetChecks({ providers, simulated, say, ...options }: FleetChecksOptions): FleetChecks {
  const stream = createAppStream({ ...options, attempts: Math.min(options.attempts, mostAttempts) });
  const pace = Math.ceil(1_000 / options.requestsPerSecond) * providers.length;
  const deadline = mostAttempts * options.timeout + pace + slack;
  const ask = (provider: string, signal: AbortSignal) =>
    stream.page({ provider, filters: {}, page: 1, size: 1 }, { urgency: "person", signal });
  const fail = (failure: FleetFailure): Found => ({ state: "failed", ...withDetail(say(failure), failure) });

  return {
    checks: [
      simulated ? noAccount : credentialsCheck(options, fail),
      {
        part: "fleet",
        name: "permission",
        needs: ["credentials"],
        deadline,
        async look(signal): Promise<Found> {
          const begun = options.clock.elapsed();
          const answer = await ask(providers[0] ?? "", signal);
          const took = Math.max(1, Math.round(options.clock.elapsed() - begun));
          return answer.ok || answer.failure.kind === "parameter"
            ? {
                state: "ok",
                says: `${simulated ? "The simulator" : hostOf(options)} answers in ${took} ms, and lists runtimes for this key.`,
              }
            : fail(answer.failure);
        },
      },
      ...providers.map((provider) => providerCheck({ provider, ask, fail, deadline, options })),
    ],
    close: () => stream.stop(),
  };
}

const noAccount: Check = {
  part: "fleet",
  name: "credentials",
  look: async () => ({ state: "ok", says: "A simulated fleet needs no account." }),
};

/** Which credentials there are. A key is told by its last four characters. */
function credentialsCheck(options: AppStreamOptions, fail: (failure: FleetFailure) => Found): Check {
  const sdk = createSdk(options);
  return {
    part: "fleet",
    name: "credentials",
    deadline: options.timeout + slack,
    async look(): Promise<Found> {
      try {
        await sdk.warm();
      } catch (error) {
        return fail(problemOfThrown(error, sdk.secrets()).failure);
      }
      const { id = "", temporary } = sdk.key();
      const key = `${temporary ? "temporary " : ""}AccessKey …${id.slice(-4)}`;
      const { type } = options.credentials;
      const from = type === "default" ? `by ${sdk.provider() ?? "the default chain"}` : "in app.yaml";
      return { state: "ok", says: `The ${key} was found ${from}.` };
    },
  };
}

interface ProviderCheck {
  readonly provider: string;
  readonly ask: (provider: string, signal: AbortSignal) => ReturnType<AppStream["page"]>;
  readonly fail: (failure: FleetFailure) => Found;
  readonly deadline: number;
  readonly options: Pick<AppStreamOptions, "endpoint" | "region">;
}

function providerCheck({ provider, ask, fail, deadline, options }: ProviderCheck): Check {
  return {
    part: "fleet",
    name: provider,
    needs: ["permission"],
    deadline,
    async look(signal): Promise<Found> {
      const answer = await ask(provider, signal);
      if (!answer.ok) {
        const found = fail(answer.failure);
        const todo = "Check fleet.providers in app.yaml: this provider is not known there.";
        return found.state === "failed" && answer.failure.kind === "parameter" ? { ...found, todo } : found;
      }
      const { total } = answer.value;
      if (total === 0) {
        return {
          state: "note",
          says: `There is no runtime of ${provider} here.`,
          todo: `Check fleet.alibabaCloud.region (${options.region}) and fleet.providers in app.yaml, if there should be some.`,
        };
      }
      return { state: "ok", says: `${total} ${total === 1 ? "runtime" : "runtimes"} of ${provider}.` };
    },
  };
}

/** What RAM has to be told, to be copied from the terminal. */
function policyFor(action: string): string {
  return JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
}

/** The sentence of the card, and what the operator of the bot needs beyond it. */
function withDetail({ says, todo }: Fault, { kind, code, detail, requestId, action }: FleetFailure): Fault {
  const words = [code, detail].filter((word) => word !== undefined && word !== "").join(": ");
  const id = requestId === undefined ? "" : ` Request id ${requestId}.`;
  return {
    says: `${says}${words === "" ? "" : ` (${words})`}${id}`,
    todo: kind === "denied" && action !== undefined ? `${todo} It reads ${policyFor(action)}` : todo,
  };
}
