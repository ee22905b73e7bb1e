export { type Opened, openStore, type Store, type StoreLocation, type StoreOptions } from "./open.ts";
