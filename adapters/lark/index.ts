export { createLark } from "./lark.ts";
export { renderLark } from "./render.ts";
