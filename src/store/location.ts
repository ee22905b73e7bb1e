/** Where what must outlive a restart is kept. */
export type StoreLocation =
  /** An embedded database in a directory, which is made when it is not there. */
  | { readonly kind: "file"; readonly directory: string }
  /** Nothing outlives the process. */
  | { readonly kind: "memory" }
  /** The address is secret: it may hold a password. */
  | { readonly kind: "postgres"; readonly url: () => string };
