import { lines } from "../src/telemetry/index.ts";
import { code, table } from "./markdown.ts";

/** docs/logs.md, from the table of lines. */
export function logsPage(): string {
  const rows = Object.entries(lines).map(([msg, { level, when, fields }]) => [
    code(msg),
    level,
    when,
    Object.entries(fields)
      .map(([name, says]) => `${code(name.replace(/\?$/, ""))}${name.endsWith("?") ? " (not always)" : ""}: ${says}`)
      .join("<br>"),
  ]);
  return `${[introduction, table(["`msg`", "level", "when", "fields"], rows), notes].join("\n\n")}\n`;
}

const introduction = `<!-- Written by npm run docs from src/telemetry/lines.ts and scripts/logs-page.ts. Change those. -->

# Logs

\`log.format: json\` writes an object a line: \`level\` (20 debug, 30 info, 40 warn, 50 error, 60 fatal), \`time\` (epoch
milliseconds), \`msg\`, and \`traceId\` where the line belongs to a [trace](tracing.md). The only other line on the standard output
is the one that says where the bot is ready. These lines keep their \`msg\` and their fields:`;

const notes = `Other lines say in a sentence what went wrong, with \`channel\`, \`chat\` and \`fault\` or \`reason\` where these are known; their
words may change.

| level | means |
| --- | --- |
| fatal | the process ends |
| error | something was lost or could not be done: look |
| warn | something did not go as it should, and was or will be tried again, or waits for you |
| info | what happens |
| debug | what helps to find a mistake |

The secrets of \`app.yaml\` and of the environment's headers for traces are taken out of every line, also where they stand in
base64 or percent-encoded. What libraries say is taken in without addresses, tokens and keys.`;
