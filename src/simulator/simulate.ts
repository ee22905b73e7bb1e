import { parseArgs } from "node:util";
import { createSimulator, isLoopback, type SimulatorOptions } from "./simulator.ts";

/** What the command line gives the simulator. */
export interface SimulateIo {
  /** Writes one piece of text for the person at the terminal; line ends included. */
  write(text: string): void;
  /** Registers what is to be called when the process is asked to stop. */
  onStop(callback: () => void): void;
}

const usage = `Usage: npm run simulate -- [options]

  --port N            port to listen on (8377; 0 takes a free one)
  --host ADDRESS      loopback address to listen on (127.0.0.1)
  --runtimes N        runtimes in the fleet, up to 1000000 (240)
  --seed N            the same seed gives the same fleet (7)
  --key ID:SECRET     the access key that is known (simulator:simulator)
  --risk-rate R       share of runtimes at risk, 0 to 1 (0.05)
  --shared-rate R     share of runtimes with agents of two providers, 0 to 1 (0)
  --tick TIME         time between two movements of the fleet, as 500ms, 10s or 1m; 0 leaves it still (10s)
  --latency TIME      time before each answer (0)
  --error-rate R      share of requests that fail, 0 to 1 (0)
  --shift N           the list shifts after every N answers; 0 is never (0)
  --help              this text
`;

/**
 * Runs the simulator as a program until it is asked to stop: exit code 0 then, 1 when it cannot listen,
 * 2 for a command line that makes no sense (said in one line).
 */
export async function runSimulate(argv: readonly string[], io: SimulateIo): Promise<{ readonly exitCode: number }> {
  const line = readCommandLine(argv);
  if (line.kind === "help") {
    io.write(usage);
    return { exitCode: 0 };
  }
  if (line.kind === "problem") {
    io.write(`simulate: ${line.text}\n`);
    return { exitCode: 2 };
  }
  const simulator = createSimulator(line.options);
  const stopped = new Promise<void>((resolve) => io.onStop(resolve));
  try {
    const { endpoint } = await simulator.start();
    io.write(greeting(endpoint, line.options));
  } catch (problem) {
    io.write(`simulate: cannot listen: ${problem instanceof Error ? problem.message : "unknown problem"}\n`);
    return { exitCode: 1 };
  }
  await stopped;
  await simulator.stop();
  return { exitCode: 0 };
}

interface Settings extends SimulatorOptions {
  readonly runtimes: number;
  readonly seed: number;
  readonly tick: number;
  readonly key: Key;
}
type Key = { readonly id: string; readonly secret: string };

type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "problem"; readonly text: string }
  | { readonly kind: "run"; readonly options: Settings };

/** Notes what is wrong with the command line, in words for the person who typed it, and gives what to go on with. */
type Refuse = <Value>(otherwise: Value, text: string) => Value;

function readCommandLine(argv: readonly string[]): CommandLine {
  const values = parse(argv);
  if (typeof values === "string") return { kind: "problem", text: values };
  if (values.help === true) return { kind: "help" };
  const problems: string[] = [];
  const options = readOptions(values, (otherwise, text) => {
    problems.push(text);
    return otherwise;
  });
  const [first] = problems;
  return first === undefined ? { kind: "run", options } : { kind: "problem", text: first };
}

/** The options as texts, or what is wrong with them. */
function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        port: text,
        host: text,
        runtimes: text,
        seed: text,
        key: text,
        "risk-rate": text,
        "shared-rate": text,
        tick: text,
        latency: text,
        "error-rate": text,
        shift: text,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (problem) {
    // Node explains in several sentences; the first one says what is wrong.
    const message = problem instanceof Error ? problem.message : "the command line cannot be read";
    const [first = message] = message.split(/\.\s|\n/u);
    return `${first.replace(/\.$/u, "")} (--help lists the options)`;
  }
}

function readOptions(values: Exclude<ReturnType<typeof parse>, string>, refuse: Refuse): Settings {
  const whole = (name: string, value: string | undefined, otherwise: number, most: number): number => {
    if (value === undefined) return otherwise;
    const number = /^\d{1,10}$/u.test(value) ? Number(value) : Number.NaN;
    return number <= most
      ? number
      : refuse(otherwise, `${name} must be a whole number from 0 to ${most}, not "${value}"`);
  };
  const rate = (name: string, value: string | undefined, otherwise: number): number => {
    if (value === undefined) return otherwise;
    const number = /^\d*\.?\d+$/u.test(value) ? Number(value) : Number.NaN;
    return number <= 1 ? number : refuse(otherwise, `${name} must be a number from 0 to 1, not "${value}"`);
  };
  const time = (name: string, value: string | undefined, otherwise: number): number => {
    if (value === undefined) return otherwise;
    const milliseconds = readTime(value);
    // An hour, so that no timer overflows.
    if (milliseconds <= 3_600_000) return milliseconds;
    return refuse(otherwise, `${name} must be a time of at most an hour such as 500ms, 10s or 1m, not "${value}"`);
  };
  const host = values.host ?? "127.0.0.1";
  return {
    host: isLoopback(host) ? host : refuse(host, `--host must be a loopback address such as 127.0.0.1, not "${host}"`),
    port: whole("--port", values.port, 8377, 65_535),
    runtimes: whole("--runtimes", values.runtimes, 240, 1_000_000),
    seed: whole("--seed", values.seed, 7, 0xffff_ffff),
    key: readKey(values.key ?? "simulator:simulator", refuse),
    riskRate: rate("--risk-rate", values["risk-rate"], 0.05),
    sharedRate: rate("--shared-rate", values["shared-rate"], 0),
    tick: time("--tick", values.tick, 10_000),
    faults: {
      latency: time("--latency", values.latency, 0),
      errorRate: rate("--error-rate", values["error-rate"], 0),
      shift: whole("--shift", values.shift, 0, 1_000_000),
    },
  };
}

/** Milliseconds, or NaN. */
function readTime(text: string): number {
  const [, digits, unit = "ms"] = /^(\d{1,6})(ms|s|m)?$/u.exec(text) ?? [];
  return Number(digits) * (unit === "m" ? 60_000 : unit === "s" ? 1000 : 1);
}

function readKey(value: string, refuse: Refuse): Key {
  const colon = value.indexOf(":");
  const id = value.slice(0, Math.max(colon, 0));
  const secret = value.slice(colon + 1);
  // The value is not repeated: it holds a secret.
  if (!/^[\w.-]{1,128}$/u.test(id) || secret === "") {
    refuse(value, "--key must be ID:SECRET, the id of letters, digits, dots, dashes and underscores");
  }
  return { id, secret };
}

function greeting(endpoint: string, { key, runtimes, seed, tick }: Settings): string {
  const given = key.id === "simulator" && key.secret === "simulator";
  const secret = given ? key.secret : `\${SIMULATOR_SECRET}`;
  return `Simulated App Streaming API on http://${endpoint}
${runtimes} runtimes, seed ${seed}, ${tick === 0 ? "still" : `moving every ${tick / 1000} s`}
Access key id: ${key.id}${given ? ", secret: simulator" : ""}

To point Deskhand at it, in app.yaml:

fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: "${endpoint}"
    protocol: http
    credentials: { type: access-key, accessKeyId: "${key.id}", accessKeySecret: "${secret}" }
${given ? "" : "\nand start it with the secret in the environment variable SIMULATOR_SECRET.\n"}
Stop with Ctrl+C.
`;
}
