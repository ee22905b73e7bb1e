import {
  type Config,
  type ConfigProblem,
  type Environment,
  formatProblem,
  parseConfig,
} from "../../src/config/index.ts";

/** The configuration of a text that has to be valid. */
export function configOf(text: string, environment: Environment = {}): Config {
  const loaded = parseConfig({ text, path: "app.yaml", environment });
  if (!loaded.ok) {
    throw new Error(loaded.problems.map(formatProblem).join("\n"));
  }
  return loaded.config;
}

/** What is wrong with a text; nothing when it is valid. */
export function problemsOf(text: string, environment: Environment = {}): readonly ConfigProblem[] {
  const loaded = parseConfig({ text, path: "app.yaml", environment });
  return loaded.ok ? [] : loaded.problems;
}

/** The same as a terminal shows it. */
export function linesOf(text: string, environment: Environment = {}): readonly string[] {
  return problemsOf(text, environment).map(formatProblem);
}
