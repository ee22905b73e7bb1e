/** What is known of a span: few and short, never text of people or of the API, and never a secret. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work that is timed. */
export interface Span {
  set(attributes: Attributes): void;
  /** The work did not do what it should. `reason` is a word such as `throttled`. */
  failed(reason: string): void;
}

/**
 * Follows what is done for one message, press or scan, over everything that it asks of others. What is begun while a span
 * is under way belongs to its trace.
 */
export interface Tracer {
  /** Does work as a span: of the trace under way, or of a new one. Rejects as the work does. */
  span<Result>(name: string, attributes: Attributes, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** The id of the trace under way, 32 hexadecimal digits; undefined outside of any. */
  traceId(): string | undefined;
}

const nothing: Span = { set: () => undefined, failed: () => undefined };

/** A tracer that follows nothing. */
export const noTracer: Tracer = {
  span: (_name, _attributes, work) => work(nothing),
  traceId: () => undefined,
};
