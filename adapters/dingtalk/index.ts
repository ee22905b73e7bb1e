export { createDingTalk } from "./dingtalk.ts";
export { renderDingTalk } from "./render.ts";
export { cardBody } from "./requests.ts";
