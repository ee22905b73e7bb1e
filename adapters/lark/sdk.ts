import { createRequire } from "node:module";

/** Lark's SDK. */
export type Sdk = typeof import("@larksuiteoapi/node-sdk");

/**
 * Loads the SDK when it is needed: it costs time and memory that only a running channel should pay. Its CommonJS build, as
 * that of ES modules takes 14 MB more: Node keeps the text of such a module.
 */
export function loadSdk(): Sdk {
  return createRequire(import.meta.url)("@larksuiteoapi/node-sdk");
}
