export { createDingTalk } from "./dingtalk.ts";
export { renderDingTalk } from "./render.ts";
export { cardBody, templateOf } from "./requests.ts";
