export { createDingTalk } from "./dingtalk.ts";
export { dingtalkChecks } from "./examine.ts";
export { renderDingTalk } from "./render.ts";
export { cardBody, templateOf } from "./requests.ts";
