export { type Advice, sentenceOf, whatOf } from "./advice.ts";
export { type AppRefusals, createAppRefusals } from "./app-refusals.ts";
export type { Connection, Ended } from "./connection.ts";
export { createFolders, type Folder } from "./folders.ts";
export {
  type Answer,
  type Body,
  createHttp,
  type Exchange,
  type Http,
  headerSeconds,
  headerText,
  jsonBody,
} from "./http.ts";
export { type HttpError, httpError, isHttpError } from "./http-error.ts";
export { clip, plain } from "./inert.ts";
export { createInsist, type Failed, type Obstacle } from "./insist.ts";
export { jsonOf } from "./json.ts";
export { readJsonObject } from "./json-object.ts";
export { createLink, type Link } from "./link.ts";
export { markedParts } from "./marked-parts.ts";
export { formBody, isFileOf, randomBoundary, uploadTime } from "./multipart.ts";
export { createPace, type Lane, type Pace, type PaceLimits, type Turn } from "./pace.ts";
export { fullest, type Plans, plansOf } from "./plans.ts";
export { createRefusals, type Refuse } from "./refusals.ts";
export { createTokens, type Granted, type Tokens } from "./token.ts";
