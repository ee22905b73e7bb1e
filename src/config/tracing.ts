import type { Environment } from "./environment.ts";
import { createSecret, type Secret } from "./secret.ts";

/** Where traces go, by the variables that OpenTelemetry has for every program. */
export interface TracingSettings {
  /** The whole address; it may hold a token. */
  readonly url: Secret;
  readonly headers: Readonly<Record<string, Secret>>;
  /** What is known of this process: `service.name` and others. */
  readonly resource: Readonly<Record<string, string>>;
  /** The share of traces that is recorded, 0 to 1. */
  readonly ratio: number;
}

/** What the environment asks for, and in sentences what of that cannot be had. */
export interface Tracing {
  /** Undefined: no traces are sent. */
  readonly settings: TracingSettings | undefined;
  readonly problems: readonly string[];
}

const usual = "http://localhost:4318";

/**
 * Whether traces are asked for: by a place to send them to, or by OTEL_TRACES_EXPORTER=otlp. A variable that is empty is not
 * set, as OpenTelemetry has it.
 */
export function tracingOf(environment: Environment = process.env): Tracing {
  const problems: string[] = [];
  if (!isAskedFor(environment, problems)) {
    return { settings: undefined, problems };
  }
  const protocol = first(environment, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
  if (protocol !== undefined && protocol !== "http/protobuf") {
    const todo = "Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, and the collector's port for it, mostly 4318.";
    problems.push(`Traces are not sent: Deskhand sends them by http/protobuf only. ${todo}`);
    return { settings: undefined, problems };
  }
  const url = addressOf(environment);
  if (url === undefined) {
    problems.push(
      "Traces are not sent: OTEL_EXPORTER_OTLP_ENDPOINT is no address that begins with http:// or https://.",
    );
    return { settings: undefined, problems };
  }
  const headers = {
    ...pairs(environment.OTEL_EXPORTER_OTLP_HEADERS),
    ...pairs(environment.OTEL_EXPORTER_OTLP_TRACES_HEADERS),
  };
  return {
    settings: {
      url: createSecret(url),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, createSecret(value)])),
      resource: resourceOf(environment),
      ratio: ratioOf(environment, problems),
    },
    problems,
  };
}

function isAskedFor(environment: Environment, problems: string[]): boolean {
  if (first(environment, "OTEL_SDK_DISABLED")?.toLowerCase() === "true") {
    return false;
  }
  const exporters = first(environment, "OTEL_TRACES_EXPORTER")
    ?.split(",")
    .map((word) => word.trim());
  if (exporters === undefined) {
    return first(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT") !== undefined;
  }
  if (exporters.some((word) => word !== "otlp" && word !== "none")) {
    problems.push("OTEL_TRACES_EXPORTER names an exporter that Deskhand does not have: it has otlp and none.");
  }
  return exporters.includes("otlp");
}

/** The first of some variables that is set. */
function first(environment: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== "");
}

/** The address for traces is taken as it is; that for everything gets a path. */
function addressOf(environment: Environment): string | undefined {
  const traces = first(environment, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  const all = first(environment, "OTEL_EXPORTER_OTLP_ENDPOINT") ?? usual;
  const text = traces ?? `${all.replace(/\/$/, "")}/v1/traces`;
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

/** Pairs as OpenTelemetry writes them: `name=value,name=value`, values percent-encoded. What is no pair is left out. */
function pairs(text = ""): Readonly<Record<string, string>> {
  const found = text.split(",").flatMap((pair) => {
    const [, name = "", value = ""] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    return name === "" ? [] : [[name, decoded(value)] as const];
  });
  return Object.fromEntries(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function resourceOf(environment: Environment): Readonly<Record<string, string>> {
  const name = first(environment, "OTEL_SERVICE_NAME");
  return {
    "service.name": "deskhand",
    ...pairs(environment.OTEL_RESOURCE_ATTRIBUTES),
    ...(name !== undefined && { "service.name": name }),
  };
}

/** No trace begins elsewhere, so that samplers that look at a parent do as those that do not. */
function ratioOf(environment: Environment, problems: string[]): number {
  const sampler = first(environment, "OTEL_TRACES_SAMPLER")?.replace(/^parentbased_/, "");
  switch (sampler) {
    case undefined:
    case "always_on":
      return 1;
    case "always_off":
      return 0;
    case "traceidratio": {
      const ratio = Number(first(environment, "OTEL_TRACES_SAMPLER_ARG") ?? 1);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
      problems.push("Every trace is sent: OTEL_TRACES_SAMPLER_ARG is no number from 0 to 1.");
      return 1;
    }
    default:
      problems.push("Every trace is sent: OTEL_TRACES_SAMPLER names a sampler that Deskhand does not have.");
      return 1;
  }
}
