import { type Command, print } from "../commands/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Colour } from "./card.ts";
import { button, buttons, card, note, type Setting, text } from "./parts.ts";

/** A command that could not be read: what is wrong, where, and a button that runs the mended command. */
export function problemCard({ problem }: Extract<Answer, { kind: "problem" }>, setting: Setting): Card {
  const { texts } = setting;
  const { nearest, mended, span } = problem;
  return card(setting, {
    title: texts.problemTitle,
    colour: "red",
    blocks: [
      text(texts.problem(problem), "strong"),
      { kind: "marked", text: problem.text, start: span.start, end: span.end },
      nearest === undefined ? undefined : text(texts.suggestion(nearest)),
      mended === undefined ? undefined : { kind: "command", text: mended },
      buttons(
        mended !== undefined && button(texts.labels.run(mended), mended, "other", "primary"),
        button(texts.labels.help, { kind: "help" }),
      ),
    ],
  });
}

/** The API gave no answer: what happened, what to do, and the id that support asks for. */
export function failureCard({ failure, command }: Extract<Answer, { kind: "failure" }>, setting: Setting): Card {
  const { texts } = setting;
  const advice = texts.failure(failure);
  const words = [failure.code, failure.detail].filter((word) => word !== undefined && word !== "").join(": ");
  return card(setting, {
    title: texts.failureTitle,
    colour: "red",
    command: print(command),
    blocks: [
      text(advice.happened, "strong"),
      text(advice.todo),
      note(words !== "" && words),
      note(failure.requestId !== undefined && texts.requestId(failure.requestId)),
      { kind: "command", text: print(command) },
      buttons(button(texts.labels.tryAgain, command, "refresh", "primary")),
    ],
  });
}

export function tooLargeCard({ tooLarge, command }: Extract<Answer, { kind: "too-large" }>, setting: Setting): Card {
  const { texts } = setting;
  const advice = texts.tooLarge(tooLarge.total, tooLarge.limit);
  return notice(setting, { title: texts.words.runtimes, ...advice, colour: "orange", command });
}

export function missingCard({ target, command }: Extract<Answer, { kind: "missing" }>, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, {
    title: texts.words.runtime,
    ...texts.missing(target),
    colour: "grey",
    command,
    buttons: buttons(button(texts.labels.list, "/runtimes")),
  });
}

export function workingCard({ command, wait }: Extract<Answer, { kind: "working" }>, setting: Setting): Card {
  const { texts } = setting;
  return card(setting, {
    title: texts.workingTitle,
    colour: "blue",
    command: print(command),
    blocks: [text(texts.wait[wait]), { kind: "command", text: print(command) }],
  });
}

interface Notice {
  readonly title: string;
  readonly happened: string;
  readonly todo: string;
  readonly colour: Colour;
  readonly command?: Command | undefined;
  readonly buttons?: Block | undefined;
}

/** Something that a person has to be told: what happened, and what to do. */
export function notice(setting: Setting, it: Notice): Card {
  return card(setting, {
    title: it.title,
    colour: it.colour,
    command: it.command && print(it.command),
    blocks: [
      text(it.happened, "strong"),
      text(it.todo),
      it.command && { kind: "command", text: print(it.command) },
      it.buttons,
    ],
  });
}
