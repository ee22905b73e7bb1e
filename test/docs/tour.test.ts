import { readFile } from "node:fs/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { textsOf } from "../../src/cards/index.ts";
import { configOf } from "../config/read.ts";
import { createWorkplace, runIn, type Workplace } from "../e2e/process.ts";
import { type Step, stepsOf } from "./steps.ts";
import { type Visitor, visit } from "./visitor.ts";

const steps = stepsOf(await readFile("docs/tour.md", "utf8"));
const written = /^cat > tour\.yaml <<'EOF'\n([\s\S]+?)\nEOF$/m;

let workplace: Workplace;
let app: App;
let visitor: Visitor;
/** The configuration of the tour in a file; its fleet moves and is scanned faster here, so that nobody waits. */
let config: string;

beforeAll(async () => {
  const [begin] = steps.flatMap((step) => (step.kind === "run" ? [step.script] : []));
  const [, yaml = ""] = written.exec(begin ?? "") ?? [];
  expect(Object.keys(configOf(yaml).fleet.simulator)).toContain("tick");
  workplace = await createWorkplace();
  const text = `${yaml.replace("tick: 2s", "tick: 200ms").replace("interval: 5s", "interval: 300ms")}\nhttp: { port: 0 }\n`;
  config = await workplace.write("tour.yaml", text.replace("file:./data/tour", "memory:"));
  app = createApp({ config: configOf(await readFile(config, "utf8")), log: pino({ level: "silent" }) });
  const started = await app.start();
  if (!started.ok) throw new Error(started.reason);
  visitor = await visit(started.url);
});

afterAll(async () => {
  await visitor?.leave();
  await app?.stop();
  await workplace?.remove();
});

const { problemTitle, failureTitle, refused, internal, busy, tooFast, workingTitle } = textsOf("en");
const mishaps = [
  problemTitle,
  failureTitle,
  workingTitle,
  ...[refused, internal, busy, tooFast].map(({ title }) => title),
];

/** The titles of error cards that the page promises itself. */
const promised = steps.flatMap((step) => (step.kind === "see" ? step.words : []));

async function take(step: Step): Promise<void> {
  switch (step.kind) {
    case "type":
      await visitor.type(step.text);
      break;
    case "press":
      await visitor.press(step.label);
      break;
    case "choose":
      await visitor.choose(step.option, step.list);
      break;
    case "soon":
      await visitor.wait(step.words);
      break;
    case "see":
      for (const word of step.words) expect(visitor.seen()).toContain(word);
      return;
    case "run":
      await runInShell(step.script);
      return;
  }
  expect(mishaps.filter((title) => !promised.includes(title))).not.toContain(visitor.title());
}

/** Runs the lines of a script side by side. What starts the bot and cleans up is done by the test itself. */
async function runInShell(script: string): Promise<void> {
  if (/^npm start|^rm /m.test(script)) return;
  await Promise.all(
    script.split("\n").map(async (line) => {
      // As the script of package.json does, without npm, which takes longer than the command.
      const command = line.replace(
        /^npm run -s (ask|doctor) --/,
        "node --disable-warning=ExperimentalWarning src/main.ts $1",
      );
      const { code, stdout, stderr } = await runIn(".", "sh", ["-c", command.replace("tour.yaml", config)]).finished;
      expect([line, code, stderr]).toEqual([line, 0, ""]);
      expect(stdout).toMatch(line.includes("doctor") ? /^All is well, with \d notes?\.$/m : /.{100}|(?:.*\n){10}/);
    }),
  );
}

const nameOf = (step: Step): string => {
  switch (step.kind) {
    case "type":
      return `${step.text} is answered`;
    case "press":
      return `${step.label} can be pressed`;
    case "choose":
      return `${step.option} can be chosen`;
    case "run":
      return `${step.script.split("\n").at(-1)} does what the page says`;
    default:
      return `${step.kind === "see" ? "one sees" : "soon there is"} ${step.words.join(", ")}`;
  }
};

test("the tour has something to do and to see at every stop", () => {
  expect(steps.filter(({ kind }) => kind === "type").length).toBeGreaterThan(15);
  expect(steps.filter(({ kind }) => kind === "see").every((step) => step.kind === "see" && step.words.length > 0)).toBe(
    true,
  );
});

let failed: string | undefined;

// Each stands on the one before it: after a failure nothing more is tried.
test.each(steps.map((step, index) => [index + 1, nameOf(step), step] as const))(
  "stop %i: %s",
  async (_, name, step) => {
    expect(failed).toBeUndefined();
    failed = name;
    await take(step);
    failed = undefined;
  },
);
