import type { Names } from "./meaning.ts";
import { type Callback, type Params, type Pressed, type RobotMessage, richTextSchema, textSchema } from "./wire.ts";

/**
 * What a message says to the robot; undefined where it is no text, or its content is not what its type says. One without a type
 * is a text where it holds one.
 */
export function saidIn({ msgtype, text, content }: RobotMessage): string | undefined {
  switch (msgtype) {
    case "text":
    case undefined:
      return textSchema.safeParse(text).data?.content;
    case "richText":
      return richTextOf(content);
    default:
      return undefined;
  }
}

/** Parts follow each other as they were typed: a word that is bold in its middle comes in three. */
function richTextOf(content: unknown): string | undefined {
  const parts = richTextSchema.safeParse(content).data?.richText ?? [];
  const texts = parts.flatMap(({ text }) => text ?? []);
  return texts.length === 0 ? undefined : texts.join("");
}

/**
 * All that may name the pressed button. What names it in the public template is not documented: samples have ids in
 * `actionIds` or in `params`, or the label alone.
 */
export function namesOf({ content, value, actionId, actionData }: Callback): Names {
  const [data, id] = typeof actionData === "string" ? [undefined, actionData] : [actionData, undefined];
  const pressed = [content, value, data].filter((one) => one !== undefined);
  return {
    ids: given([...pressed.flatMap(idsIn), actionId, id]),
    labels: given(
      pressed.flatMap(({ cardPrivateData, params, text }) => [cardPrivateData?.params?.text, params?.text, text]),
    ),
  };
}

function idsIn({ cardPrivateData, params, ...top }: Pressed): readonly (string | undefined)[] {
  return [...ownIds(cardPrivateData?.params), ...(cardPrivateData?.actionIds ?? []), ...ownIds(params), ...ownIds(top)];
}

function ownIds({ id, actionId, action_id, action }: Params = {}): readonly (string | undefined)[] {
  return [id, actionId, action_id, action];
}

/** Each once, without those that are empty. */
function given(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))].filter((name) => name !== "");
}
