export { type Check, type Fault, type Finding, type Found, type Part, parts } from "./check.ts";
export { clockChecks, type TimeServer } from "./clock.ts";
export { examine } from "./examine.ts";
export { createPrinter, type Style, summaryLine } from "./print.ts";
export { type Report, reportOf } from "./report.ts";
