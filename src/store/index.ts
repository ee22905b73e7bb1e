export { backUpStore } from "./backup.ts";
export { storeChecks } from "./examine.ts";
export type { StoreLocation } from "./location.ts";
export { type Opened, openStore, type Store } from "./open.ts";
export { createTallyReader } from "./read-tally.ts";
export { restoreStore } from "./restore.ts";
