import { print } from "../../commands/index.ts";
import type { Card } from "../card.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { button, buttons, card, type Setting, text } from "../parts.ts";

const choices = ["en", "zh", "auto"] as const;

/** Who is looking for a language knows its name in that language. */
const names = { en: "English", zh: "中文" } as const;

/** The language of a chat, and the others that there are. */
export function languageCard(answer: Extract<DeskAnswer, { kind: "language" }>, setting: Setting): Card {
  const { command, locale = "auto", changed } = answer;
  const { title, is, auto } = setting.texts.chat.language;
  return card(setting, {
    title,
    colour: changed ? "green" : "blue",
    command: print(command),
    blocks: [
      text(is[locale], "strong"),
      { kind: "command", text: print(command) },
      buttons(
        ...choices
          .filter((choice) => choice !== locale)
          .map((choice) => button(choice === "auto" ? auto : names[choice], { kind: "lang", locale: choice })),
      ),
    ],
  });
}
