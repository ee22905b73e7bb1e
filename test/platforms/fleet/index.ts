export type { FleetFault } from "./faults.ts";
export { createMovableFleet, type FleetRequest, type MovableFleet, type MovableFleetOptions } from "./movable-fleet.ts";
export { type MovableRuntime, plainRuntime, type RuntimeChange } from "./runtime.ts";
