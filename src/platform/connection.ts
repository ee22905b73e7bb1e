/** How a connection came to its end. Texts are for the log. */
export type Ended<Refusal extends string = string> =
  /** It never was open, and only a person can change that. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly code?: number | string | undefined }
  /** It never was open. */
  | { readonly kind: "failed"; readonly reason: string; readonly todo?: string | undefined }
  /** It was open. */
  | { readonly kind: "lost"; readonly reason: string }
  /** It was open, and the platform asks for another one; what is under way on it is still answered. */
  | { readonly kind: "moved" };

/** One attempt to connect, and the connection that comes of it. */
export interface Connection<Refusal extends string = string> {
  /**
   * Settles once no socket and no timer of it is left; of one that has moved, once nothing new arrives on it: that one is
   * still to be closed. Never rejects.
   */
  readonly ended: Promise<Ended<Refusal>>;
  /** Ends it: an attempt at once, an open connection after what is under way is acknowledged. Takes a bounded time, never rejects. */
  close(): Promise<void>;
}
