export { type Opened, openStore, type Store, type StoreLocation } from "./open.ts";
