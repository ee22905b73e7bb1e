export { createMovableFleet, type MovableFleet, type MovableFleetOptions } from "./movable-fleet.ts";
export type { RuntimeChange } from "./runtime.ts";
