import { type Callback, type Pressed, type RobotMessage, richTextSchema, textSchema } from "./wire.ts";

/** What a message says to the robot; undefined where it is no text, or its content is not what its type says. */
export function saidIn({ msgtype, text, content }: RobotMessage): string | undefined {
  switch (msgtype) {
    case "text":
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
 * All that may name the pressed button, the surest first. What names it in the public template is not documented: samples
 * have ids in `actionIds` or in `params`, or the label alone.
 */
export function namesOf({ content, value, actionId, actionData }: Callback): readonly string[] {
  const names = [content, value].flatMap((pressed) => (pressed === undefined ? [] : namesIn(pressed)));
  return [...new Set([...names, actionId, actionData].filter((one) => one !== undefined && one !== ""))].filter(
    (one): one is string => one !== undefined,
  );
}

function namesIn({ cardPrivateData, params }: Pressed): readonly (string | undefined)[] {
  const own = cardPrivateData?.params;
  return [
    ...[own?.id, own?.actionId, own?.action_id, own?.action],
    ...(cardPrivateData?.actionIds ?? []),
    ...[params?.id, params?.actionId, own?.text, params?.text],
  ];
}
