export { buttonsOf, checkCard } from "./card-rules.ts";
export { createFakeDingTalk, type FakeDingTalk } from "./fake-dingtalk.ts";
export { cardTopic, type Disturbance, messageTopic } from "./frames.ts";
export { runLoad } from "./load.ts";
export { documentedLimits, type FakeDingTalkOptions, publicTemplate } from "./options.ts";
export type { Writing } from "./people.ts";
export { type Pressed, type Shape, shapes } from "./press.ts";
export type { Content, Shown } from "./shown.ts";
