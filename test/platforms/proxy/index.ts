export { certificateFile, type FakeProxy, startProxy } from "./proxy.ts";
export { trustProxy } from "./trust.ts";
