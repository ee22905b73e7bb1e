import stringWidth from "string-width";
import type { Check, Finding } from "./check.ts";
import type { Tally } from "./report.ts";

/** How lines look. */
export interface Style {
  readonly colour: boolean;
  /** Makes a text one line that can do nothing to a terminal. */
  readonly inert: (text: string) => string;
}

const signs = {
  ok: { sign: "✓", code: 32 },
  note: { sign: "!", code: 33 },
  failed: { sign: "✗", code: 31 },
  skipped: { sign: "-", code: 2 },
} as const;

/** Prints findings of these checks: a line each, in columns, with what to do on the next line. */
export function createPrinter(checks: readonly Pick<Check, "part" | "name">[], { colour, inert }: Style) {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => stringWidth(inert(text))));
  const partWidth = widest(checks.map(({ part }) => part));
  const nameWidth = widest(checks.map(({ name }) => name));
  const pad = (text: string, width: number) => {
    const shown = inert(text);
    return `${shown}${" ".repeat(Math.max(0, width - stringWidth(shown)))}`;
  };
  const paint = (text: string, code: number) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const margin = " ".repeat(partWidth + nameWidth + 6);

  return (finding: Finding): string => {
    const { sign, code } = signs[finding.state];
    const todo =
      "todo" in finding && finding.todo !== undefined ? `\n${margin}${paint("→", code)} ${inert(finding.todo)}` : "";
    const columns = `${pad(finding.part, partWidth)}  ${pad(finding.check, nameWidth)}`;
    return `${paint(sign, code)} ${columns}  ${inert(finding.says)}${todo}`;
  };
}

/** One line that says how it stands. */
export function summaryLine({ failed, note, skipped }: Tally): string {
  const notes = note === 0 ? "" : `, with ${counted(note, "note")}`;
  if (failed === 0) {
    return `All is well${notes}.`;
  }
  const rest = skipped === 0 ? "" : `; ${skipped} more cannot be seen before that`;
  return `${counted(failed, "thing")} ${failed === 1 ? "needs" : "need"} you${notes}${rest}.`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
