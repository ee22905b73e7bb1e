import type { Answer, Where } from "./answer.ts";
import type { Card, TextBlock } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { button, buttons, card, note, type Setting, text } from "./parts.ts";

/** What can be done here, in three buttons; where nothing is allowed yet, what to tell whoever runs the bot. */
export function helloCard({ allowed, where }: Extract<Answer, { kind: "hello" }>, setting: Setting): Card {
  const { hello, labels, words } = setting.texts;
  return card(setting, {
    title: hello.title,
    colour: allowed ? "blue" : "orange",
    blocks: [
      text(hello.intro),
      text(allowed ? hello.example : hello.closed),
      allowed ? undefined : whereNote(where, setting),
      allowed
        ? buttons(
            button(labels.list, "/runtimes", "other", "primary"),
            button(words.atRisk, "/runtimes risk=yes"),
            button(labels.help, { kind: "help" }),
          )
        : undefined,
    ],
  });
}

export function refusedCard({ asker, because }: Extract<Answer, { kind: "refused" }>, setting: Setting): Card {
  const refused = because === "users" ? setting.texts.usersUnshown : setting.texts.refused;
  return card(setting, {
    title: refused.title,
    colour: "orange",
    blocks: [
      text(refused.happened, "strong"),
      text(refused.todo),
      asker === undefined ? undefined : whereNote(asker, setting),
    ],
  });
}

/** The ids that an access rule names. */
function whereNote({ chat, user }: Where, { texts }: Setting): TextBlock | undefined {
  return note(texts.hello.where(clip(chat, lengths.label), clip(user, lengths.label)));
}
