export type { Answer } from "./answer.ts";
export type * from "./card.ts";
export { describeWord } from "./describe.ts";
export { toCardThatFits } from "./fit.ts";
export { problemSentence } from "./message-card.ts";
export { fewerBlocks, firstOf, keptColumns, rowsToShow } from "./room.ts";
export { type Texts, textsOf } from "./texts/index.ts";
export { toCard } from "./to-card.ts";
export { deepest, steers, withInner } from "./walk.ts";
