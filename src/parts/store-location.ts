import type { Config } from "../config/index.ts";
import type { StoreLocation } from "../store/index.ts";

/** Where the store is, as configured. */
export function storeLocationOf({ store: { url } }: Config): StoreLocation {
  return url.kind === "postgres" ? { kind: url.kind, url: () => url.url.reveal() } : url;
}
