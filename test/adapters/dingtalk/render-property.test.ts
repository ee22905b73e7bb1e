import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandOfId } from "../../../adapters/dingtalk/render/button-id.ts";
import { renderDingTalk, renderMarkdown, withPicture } from "../../../adapters/dingtalk/render.ts";
import { type Card, toCard } from "../../../src/cards/index.ts";
import * as samples from "../../browser/sample-cards.ts";
import { anyAnswer } from "../../cards/arbitrary.ts";
import { checkCard } from "../../platforms/dingtalk/card-rules.ts";
import { linksOf, mentionsOf, plainOf, tagsOf } from "../../platforms/dingtalk/markdown.ts";
import { hugeCard } from "../huge-cards.ts";
import { anyCard } from "../terminal/cards.ts";
import { calls, foreignMarkup } from "./foreign-markup.ts";

/** What DingTalk would complain of, markup that is not ours, and what does not go together. */
function faultsOf(card: Card): readonly string[] {
  const { params, buttons, picture, title, summary } = renderDingTalk(card);
  const { markdown = "", sys_full_json_obj: _, msgButtons: __, ...plain } = params;
  const pictured = withPicture(params, "@".padEnd(120, "a"));
  const held = buttons.filter(({ id, command }) => id.startsWith("c.") && commandOfId(id) !== command);
  return [
    ...checkCard(params),
    ...checkCard(pictured),
    ...markdownFaults(markdown),
    ...markdownFaults(pictured.markdown ?? ""),
    ...[title, summary, ...Object.values(plain)].flatMap(plainFaults),
    ...buttons.flatMap(({ label }) => [...mentionsOf(label), ...tagsOf(label)]),
    ...(pictured === params && picture.length > 0 ? ["no room for the picture"] : []),
    ...buttons.flatMap(({ label }) => (/^[ch]\./.test(label) ? [`${label} could be an id`] : [])),
    ...held.map(({ id }) => `${id} holds another command`),
  ];
}

function markdownFaults(markdown: string): readonly string[] {
  return [...foreignMarkup(markdown), ...calls(plainOf(markdown))];
}

/** A text of which nobody knows how it is shown. */
function plainFaults(text: string): readonly string[] {
  return [
    ...linksOf(text).map(({ url }) => url),
    ...mentionsOf(text),
    ...tagsOf(text),
    ...(text.match(/[`*_[\]<>|~]/g) ?? []),
  ];
}

function messageFaults(card: Card, limit: number): readonly string[] {
  const message = renderMarkdown(card, limit);
  const bytes = Buffer.byteLength(JSON.stringify(message));
  return [
    ...(bytes > limit && message.text !== "" ? [`${bytes} bytes of ${limit}`] : []),
    ...markdownFaults(message.text),
    ...plainFaults(message.title),
    ...linksOf(message.text)
      .filter(({ url }) => !/^dtmd:\/\/dingtalkclient\/sendMessage\?content=[\w%.-]+$/.test(url))
      .map(({ url }) => url),
  ];
}

const locales = ["en", "zh"] as const;
const anyLimit = fc.constantFrom(200, 1_000, 4_000, 15_000, 20_000);

describe("whatever a card holds", () => {
  it("DingTalk takes it, when it is an answer", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyAnswer, fc.constantFrom(...locales), anyLimit, (answer, locale, limit) => {
        const card = toCard(answer, locale);
        expect([...faultsOf(card), ...messageFaults(card, limit)]).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("DingTalk takes it, when it is any card", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyCard, anyLimit, (card, limit) => {
        expect([...faultsOf(card), ...messageFaults(card, limit)]).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("DingTalk takes it, when it is huge", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(hugeCard, anyLimit, (card, limit) => {
        expect([...faultsOf(card), ...messageFaults(card, limit)]).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.each(Object.entries(samples).flatMap(([name, of]) => (typeof of === "function" ? [[name, of] as const] : [])))(
    "DingTalk takes the sample %s",
    (_, of) => {
      expect([...faultsOf(of(2)), ...messageFaults(of(2), 15_000)]).toEqual([]);
    },
  );
});
