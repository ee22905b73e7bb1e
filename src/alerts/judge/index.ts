export { endedSince, type Judged, judge } from "./judge.ts";
