import { print } from "../commands/index.ts";
import type { Answer } from "./answer.ts";
import type { Card } from "./card.ts";
import { card, type Setting, text } from "./parts.ts";
import { detailsOptions, runtimeTable } from "./runtime-row.ts";

/** The runtimes of one name, to choose from. */
export function choicesCard(answer: Extract<Answer, { kind: "choices" }>, setting: Setting): Card {
  const { texts } = setting;
  const { runtimes, showsUsers } = answer;
  return card(setting, {
    title: texts.words.runtimes,
    colour: "blue",
    command: print(answer.command),
    blocks: [
      text(texts.choices(answer.target)),
      runtimeTable(runtimes, { texts, showsUsers }),
      { kind: "command", text: print(answer.command) },
      { kind: "pickers", pickers: [{ label: texts.labels.details, options: detailsOptions(runtimes, texts) }] },
    ],
  });
}
