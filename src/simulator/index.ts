export type { FailureKind } from "./faults.ts";
export type { SeenRequest } from "./journal.ts";
export type { Row } from "./row.ts";
export {
  type AccessKey,
  authorization,
  canonicalRequest,
  contentHash,
  headersToSign,
  signature,
} from "./signature.ts";
export { runSimulate } from "./simulate.ts";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
