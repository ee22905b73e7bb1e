import {
  buttonsOf,
  type Content,
  type FakeDingTalk,
  type Pressed,
  type Shown,
} from "../../platforms/dingtalk/index.ts";
import { linksOf, plainOf } from "../../platforms/dingtalk/markdown.ts";

/** Somebody who has pressed nothing: what they see is what everybody does. */
export const onlooker = "onlooker";

/** What a card or a message says in its title. */
export function titleOf({ content }: Pick<Shown, "content">): string {
  return content.title ?? "";
}

/** All words that somebody reads on what is shown, its buttons included. */
export function wordsOf(content: Content): string {
  const { title = "", markdown = content.text ?? content.content ?? "", tips = "" } = content;
  return [title, plainOf(markdown), tips, ...labelsOf(content)].join("\n");
}

/** The same without the joiners that keep foreign words from being links and mentions. */
export const bareWordsOf = (content: Content): string => wordsOf(content).replaceAll("\u200d", "");

/** What can be pressed. */
export function labelsOf(content: Content): readonly string[] {
  return buttonsOf(content).map(({ label }) => label);
}

/** What the links of a message send, when they are tapped. */
export function commandsOf({ content }: Pick<Shown, "content">): readonly string[] {
  return linksOf(content.text ?? "").map(({ url }) => decodeURIComponent(url.split("content=")[1] ?? url));
}

/** The word that a press was answered with; undefined where it was answered with more than a word, or not at all. */
export function wordOf({ response }: Pressed): string | undefined {
  const params = paramsOf({ response });
  return Object.keys(params).join() === "tips" ? params.tips : undefined;
}

/** The variables that a press was answered with. */
export function paramsOf({ response }: Pick<Pressed, "response">): Content {
  const answer: { response?: { cardData?: { cardParamMap?: Record<string, string> } } } = { ...Object(response) };
  return answer.response?.cardData?.cardParamMap ?? {};
}

/** What everybody sees on a card. */
export function everybodySees(fake: FakeDingTalk, { id }: Shown): string {
  return wordsOf(fake.viewOf(id, onlooker));
}
