import { patience } from "./stand-in.ts";

/** A place where a request waits until it is let go, so that a test can do something in the middle of it. */
export interface Gate {
  /** Resolves when a request stands there; rejects after so many milliseconds (5,000). */
  reached(milliseconds?: number): Promise<void>;
  /** Lets go who stands there, and all that come. */
  open(): void;
  /** For who serves the request: resolves when the gate is open. */
  pass(): Promise<void>;
}

export function createGate(): Gate {
  const [arrival, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  return {
    async reached(milliseconds = patience) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(
        () => late.reject(new Error(`after ${milliseconds} ms no request has come to the gate`)),
        milliseconds,
      );
      try {
        await Promise.race([arrival.promise, late.promise]);
      } finally {
        clearTimeout(timer);
      }
    },
    open: () => opening.resolve(),
    pass() {
      arrival.resolve();
      return opening.promise;
    },
  };
}
