import type { Context, Span as OtelSpan } from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import { noProxies, type Proxies, proxyFaultOf, proxyFor, throughProxy } from "../network/index.ts";
import { type AttributesOf, type Place, type SpanName, spans, type Tracer } from "../telemetry/index.ts";
import { type Begin, type Begun, type Following, follow } from "./follow.ts";

/** Where spans go, and how many of them. */
export interface Collector {
  /** The whole address, asked by OTLP over HTTP with protobuf. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What is known of this process: `service.name` and others. */
  readonly resource: Readonly<Record<string, string>>;
  /** The share of traces that is recorded, 0 to 1. */
  readonly ratio: number;
  /** What the connection to the collector takes on its way; it is made directly unless given. */
  readonly proxies?: Proxies | undefined;
}

/** Spans did not arrive. */
export interface Trouble {
  /** For the log: no address, no header, no text of the collector. */
  readonly reason: string;
  /** How many were lost. */
  readonly spans: number;
}

export interface OtelOptions {
  readonly collector: Collector;
  /** Told, outside of any trace, of each group of spans that was lost. */
  readonly onTrouble: (trouble: Trouble) => void;
  /** How long sending a group may take, milliseconds, other tries included; as the exporter has it unless given. */
  readonly patience?: number | undefined;
}

export interface OtelTracer extends Tracer {
  /** Sends what is still here, and lets go of everything. Takes as long as sending does; never rejects. */
  stop(): Promise<void>;
}

/** How many spans wait to be sent at most; further ones are left out. */
const mostWaiting = 4_096;

/** Records spans with the SDK of OpenTelemetry, which is loaded now: about 100 ms and 25 MiB. */
export async function openOtelTracer(options: OtelOptions): Promise<OtelTracer> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-proto"),
    import("@opentelemetry/resources"),
  ]);
  const { url, headers, resource, ratio, proxies = noProxies } = options.collector;
  const proxy = proxyFor(proxies, new URL(url));
  const exporter = new OTLPTraceExporter({
    ...{ url, headers: { ...headers }, userAgent: "deskhand" },
    ...(proxy !== undefined && { httpAgentOptions: { keepAlive: true, ...throughProxy(proxy) } }),
    ...(options.patience !== undefined && { timeoutMillis: options.patience }),
  });
  const told = telling(exporter, proxy !== undefined, (trouble) => following.outside(() => options.onTrouble(trouble)));
  const provider = new sdk.TracerProvider({
    resource: resources.defaultResource().merge(resources.resourceFromAttributes({ ...resource })),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: told, maxQueueSize: mostWaiting })],
  });
  const tracer = provider.getTracer("deskhand");
  const kinds = { consumer: api.SpanKind.CONSUMER, client: api.SpanKind.CLIENT, internal: api.SpanKind.INTERNAL };

  function contextOf(within: Place | undefined): Context {
    return within === undefined ? api.ROOT_CONTEXT : api.trace.setSpanContext(api.ROOT_CONTEXT, spanContextOf(within));
  }

  const begin: Begin = (name, attributes, within) => {
    const kind = kinds[spans[name].kind];
    return begunOf(tracer.startSpan(name, { kind, attributes: { ...attributes } }, contextOf(within)));
  };
  const following: Following = follow(begin);
  return {
    ...following,
    async stop() {
      await provider.shutdown().catch(() => undefined);
    },
  };
}

/** Of the API of OpenTelemetry: `SpanStatusCode.ERROR`, and the flag of a trace that is recorded. */
const errorStatus = 2;
const sampledFlag = 1;

function spanContextOf({ traceId, spanId, sampled }: Place) {
  return { traceId, spanId, traceFlags: sampled ? sampledFlag : 0 };
}

function begunOf(span: OtelSpan): Begun {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    place: { traceId, spanId, sampled: (traceFlags & sampledFlag) !== 0 },
    set(attributes: AttributesOf<SpanName>) {
      span.setAttributes({ ...attributes });
    },
    failed(reason) {
      span.setAttribute("error.type", reason);
      span.setStatus({ code: errorStatus });
    },
    link(other) {
      span.addLink({ context: spanContextOf(other) });
    },
    end: () => span.end(),
  };
}

/** An exporter that tells of what it has lost. */
function telling(exporter: SpanExporter, proxied: boolean, onTrouble: (trouble: Trouble) => void): SpanExporter {
  return {
    export(some, done) {
      exporter.export(some, (result) => {
        // 0: success, by the SDK's `ExportResultCode`.
        if (result.code !== 0) {
          onTrouble({ reason: reasonOf(result.error, proxied), spans: some.length });
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** What went wrong, in words that hold nothing of the address, the headers or the answer. */
function reasonOf(error: unknown, proxied: boolean): string {
  const fault = proxyFaultOf(error, proxied);
  if (fault !== undefined) {
    return fault.reason;
  }
  const { code = undefined, message = "" } =
    error instanceof Error ? { code: undefined, ...error, message: error.message } : {};
  if (typeof code === "number") {
    return `the collector answered with HTTP ${code}`;
  }
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,50}$/.test(code)) {
    return `the collector was not reached (${code})`;
  }
  if (/limit reached/.test(message)) {
    return "too many groups of spans were under way";
  }
  return /time/i.test(message) ? "the collector did not answer in time" : "the collector did not take them";
}
