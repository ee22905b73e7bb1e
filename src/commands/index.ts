export type { Completion } from "./complete.ts";
export { foldWord, nearestWord } from "./nearest.ts";
