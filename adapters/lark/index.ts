export { baseUrlOf } from "./domain.ts";
export { larkChecks } from "./examine.ts";
export { createLark } from "./lark.ts";
export { renderLark } from "./render.ts";
