export type { Answer, UnwrittenReason } from "./answer.ts";
export type * from "./audit-views.ts";
export type * from "./card.ts";
export {
  courseOf,
  courseText,
  isKnown,
  knownSeries,
  labelBeside,
  spanOf,
  sparkline,
  thinned,
} from "./course.ts";
export { describeWord } from "./describe.ts";
export type * from "./desk-answer.ts";
export type * from "./desk-views.ts";
export { type DoctorStage, doctorCard } from "./doctor-card.ts";
export { toCardThatFits } from "./fit.ts";
export { problemSentence } from "./message-card.ts";
export { fewerBlocks, firstOf, keptColumns, rowsToShow } from "./room.ts";
export { type Texts, textsOf } from "./texts/index.ts";
export { toCard } from "./to-card.ts";
export { deepest, steers, withInner } from "./walk.ts";
