import { AsyncLocalStorage } from "node:async_hooks";
import {
  type AttributesOf,
  type Place,
  type Span,
  type SpanAbout,
  type SpanName,
  spans,
  type Tracer,
} from "../telemetry/index.ts";

/** A span that has begun. */
export interface Begun extends Span {
  readonly place: Place;
  end(): void;
}

/** Begins a span, in the trace of `within` or in a new one. */
export type Begin = (name: SpanName, attributes: AttributesOf<SpanName>, within: Place | undefined) => Begun;

/** A tracer that knows what is under way, and a way out of it. */
export interface Following extends Tracer {
  /** Does what belongs to nothing that is under way. */
  outside<Result>(work: () => Result): Result;
}

interface Here {
  readonly place: Place;
  /** What goes on after that is none of its work, though it may have been begun by it: a loop, a timer, a connection. */
  over: boolean;
}

/** Makes a tracer of a way to begin spans. */
export function follow(begin: Begin): Following {
  const under = new AsyncLocalStorage<Here>();

  function place(): Place | undefined {
    const here = under.getStore();
    return here === undefined || here.over ? undefined : here.place;
  }

  return {
    async span(name, attributes, work, within) {
      const { root }: SpanAbout = spans[name];
      const span = begin(name, attributes, within ?? (root ? undefined : place()));
      const here: Here = { place: span.place, over: false };
      try {
        return await under.run(here, work, span);
      } catch (error) {
        span.failed("fault");
        throw error;
      } finally {
        here.over = true;
        span.end();
      }
    },
    place,
    traceId: () => place()?.traceId,
    outside: (work) => under.exit(work),
  };
}
