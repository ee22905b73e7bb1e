import { parser } from "@prometheus-io/lezer-promql";

/** A label that an expression names, and the values that it asks for, where it lists them. */
export interface NamedLabel {
  readonly label: string;
  readonly values: readonly string[];
}

export interface Read {
  /** The expression as far as it cannot be read; undefined: it can. */
  readonly wrong: string | undefined;
  readonly metrics: readonly string[];
  readonly labels: readonly NamedLabel[];
}

/** Reads an expression of Prometheus. Variables of Grafana stand for what they are replaced by. */
export function readPromql(text: string): Read {
  const expression = text.replaceAll("$__rate_interval", "5m");
  const metrics: string[] = [];
  const labels: { readonly label: string; readonly values: string[] }[] = [];
  let wrong: string | undefined;
  parser.parse(expression).iterate({
    enter({ type, from, to }) {
      const word = expression.slice(from, to);
      if (type.isError) {
        wrong ??= expression.slice(Math.max(0, from - 20), to + 20);
      } else if (type.name === "Identifier") {
        metrics.push(word);
      } else if (type.name === "LabelName") {
        labels.push({ label: word, values: [] });
      } else if (type.name === "StringLiteral" && /^"[\w|-]+"$/.test(word)) {
        labels.at(-1)?.values.push(...word.slice(1, -1).split("|"));
      }
    },
  });
  return { wrong, metrics, labels };
}
