import type { AttributesOf, SpanName } from "./spans.ts";

/** Where in which trace something is done: enough to go on with it elsewhere. */
export interface Place {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 of them; empty where spans are not recorded. */
  readonly spanId: string;
  /** Whether the trace is recorded. */
  readonly sampled: boolean;
}

/** A piece of work that is timed. */
export interface Span<Name extends SpanName = SpanName> {
  set(attributes: AttributesOf<Name>): void;
  /** The work did not do what it should. `reason` is a word such as `throttled`. */
  failed(reason: string): void;
  /** It is done together with something of another trace. */
  link(other: Place): void;
}

/**
 * Follows what is done for one message, press or scan, over everything that it asks of others. What is begun while a span
 * is under way belongs to its trace. Costs microseconds.
 */
export interface Tracer {
  /**
   * Does work as a span: of the trace under way, or of a new one. A span whose kind is a root always begins a trace. Rejects
   * as the work does, which marks the span as failed.
   *
   * @param within goes on there, whatever is under way here
   */
  span<Name extends SpanName, Result>(
    name: Name,
    attributes: AttributesOf<Name>,
    work: (span: Span<Name>) => Promise<Result>,
    within?: Place,
  ): Promise<Result>;
  /** Where the work under way stands; undefined outside of any span, and where the span that this began in has ended. */
  place(): Place | undefined;
  /** The id of the trace under way, 32 hexadecimal digits; undefined as `place`. */
  traceId(): string | undefined;
}

const nothing: Span = { set: () => undefined, failed: () => undefined, link: () => undefined };

/** A tracer that follows nothing. */
export const noTracer: Tracer = {
  span: (_name, _attributes, work) => work(nothing),
  place: () => undefined,
  traceId: () => undefined,
};

/** Notes on a span how it went: well, or not for a reason in a word. */
export function conclude(span: Span<"api.page" | "lark.call" | "dingtalk.call">, failure: string | undefined): void {
  span.set({ "deskhand.outcome": failure ?? "ok" });
  if (failure !== undefined) {
    span.failed(failure);
  }
}
