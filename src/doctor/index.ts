export type { Check, Finding, Found, Part } from "./check.ts";
