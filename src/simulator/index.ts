export type { Failure, FailureKind, FaultSettings, Faults } from "./faults.ts";
export type { SeenRequest, Stats } from "./journal.ts";
export type { Row } from "./row.ts";
export {
  type AccessKey,
  authorization,
  canonicalRequest,
  contentHash,
  headersToSign,
  type SignedParts,
  signature,
  stringToSign,
} from "./signature.ts";
export { runSimulate, type SimulateIo } from "./simulate.ts";
export { createSimulator, type Simulator, type SimulatorAddress, type SimulatorOptions } from "./simulator.ts";
