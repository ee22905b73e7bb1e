export { clip, plain } from "./inert.ts";
