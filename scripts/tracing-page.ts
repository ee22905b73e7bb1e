import { type SpanAbout, spans } from "../src/telemetry/index.ts";
import { code, table } from "./markdown.ts";

/** docs/tracing.md, from the table that every span comes from. */
export function tracingPage(): string {
  const rows = Object.entries(spans).map(([name, about]) => row(name, about));
  return `${[introduction, table(["span", "kind", "is", "attributes"], rows), notes].join("\n\n")}\n`;
}

const introduction = `<!-- Written by npm run docs from src/telemetry/spans.ts and scripts/tracing-page.ts. Change those. -->

# Traces

Every message, press, scan and notice is a trace: from its arrival to its command, to each attempt at the API, to each call to
the platform. Its id stands as \`traceId\` in every line of the log that belongs to it ([logs](logs.md)), and in small type on
cards that say that something failed, so that what a person saw leads to what happened. That costs a few microseconds, and
nothing is recorded or sent.

## Sending traces

Traces go to a collector by OTLP over HTTP where the variables that OpenTelemetry has for every program ask for it:

\`\`\`
OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 npm start
\`\`\`

| variable | does |
| --- | --- |
| \`OTEL_EXPORTER_OTLP_ENDPOINT\` | sends traces to \`/v1/traces\` below this address |
| \`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\` | sends them to this address as it is |
| \`OTEL_TRACES_EXPORTER\` | \`otlp\`: sends them, to \`http://localhost:4318\` unless an address is set. \`none\`: sends nothing |
| \`OTEL_SDK_DISABLED\` | \`true\`: sends nothing |
| \`OTEL_EXPORTER_OTLP_HEADERS\`, \`OTEL_EXPORTER_OTLP_TRACES_HEADERS\` | headers of each request, such as \`api-key=…\`; secret, as is the address |
| \`OTEL_EXPORTER_OTLP_PROTOCOL\`, \`OTEL_EXPORTER_OTLP_TRACES_PROTOCOL\` | only \`http/protobuf\`, which is the default |
| \`OTEL_EXPORTER_OTLP_TIMEOUT\`, \`_COMPRESSION\`, \`_CERTIFICATE\`, \`_CLIENT_KEY\`, \`_CLIENT_CERTIFICATE\` | as OpenTelemetry's exporter has them; through [a proxy](install.md#behind-a-proxy), certificates come from \`NODE_EXTRA_CA_CERTS\` alone |
| \`OTEL_SERVICE_NAME\` | the name of the service; \`deskhand\` |
| \`OTEL_RESOURCE_ATTRIBUTES\` | what else is to be known of this process, such as \`deployment.environment.name=prod\` |
| \`OTEL_TRACES_SAMPLER\`, \`OTEL_TRACES_SAMPLER_ARG\` | \`always_on\`, \`always_off\`, or \`traceidratio\` with the share of traces that is recorded, also with \`parentbased_\` before |

What cannot be had is a warning in the log at the start. A collector that is down changes nothing but the log: one line a
minute at most, with how many spans were lost. Up to 4,096 spans wait to be sent, in groups of up to 512; at a stop they are
given three seconds. \`npm run ask\` sends its trace too, within two seconds.

## What spans there are

A span that begins a trace of its own is marked as root. One that belongs to none, such as a card that is brought up to date,
begins one too. \`error.type\` says in a word why a span failed.`;

const notes = `No text of people, of the API or of a card is in a span, no id of a chat or a person, and no secret: an address in a span is a
host.`;

function row(name: string, { kind, root, help, attributes }: SpanAbout): string[] {
  const about = Object.entries(attributes).map(([attribute, says]) => `${code(attribute)}: ${says}`);
  return [code(name), root ? `${kind}, root` : kind, help, about.join("<br>")];
}
