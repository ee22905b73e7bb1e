export { type ColourHints, colourWanted } from "./colour.ts";
export { inert } from "./inert.ts";
export { renderJson } from "./json.ts";
export { renderText } from "./render.ts";
