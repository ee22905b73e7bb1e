import { type Command, type CommandProblem, parse, print, type Topic, topics } from "../commands/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Colour } from "./card.ts";
import { clip, clipAround, lengths } from "./clip.ts";
import { button, buttons, card, note, type Setting, text } from "./parts.ts";
import type { Texts } from "./texts/index.ts";

/** What is wrong with a command, in a sentence; a word that was typed is cut where it would drown the sentence. */
export function problemSentence(problem: CommandProblem, texts: Texts): string {
  return texts.problem("word" in problem ? { ...problem, word: clip(problem.word, lengths.label) } : problem);
}

/** A command that could not be read: what is wrong, where, and a button that runs the mended command. */
export function problemCard({ problem }: Extract<Answer, { kind: "problem" }>, setting: Setting): Card {
  const { texts } = setting;
  const { nearest, mended, span } = problem;
  return card(setting, {
    title: texts.problemTitle,
    colour: "red",
    blocks: [
      text(problemSentence(problem, texts), "strong"),
      { kind: "marked", ...clipAround({ text: problem.text, ...span }, lengths.marked) },
      nearest === undefined ? undefined : text(texts.suggestion(clip(nearest, lengths.label))),
      mended === undefined ? undefined : { kind: "command", text: mended },
      buttons(
        mended !== undefined && button(texts.labels.run, mended, "other", "primary"),
        button(texts.labels.help, helpFor(problem)),
      ),
    ],
  });
}

/** Where the words that the person was looking for are listed. */
function helpFor(problem: CommandProblem): Command {
  if (problem.kind === "unknown-command" && problem.nearest !== undefined && problem.mended === undefined) {
    const explained = parse(`/help ${problem.nearest}`);
    return explained.ok ? explained.command : { kind: "help" };
  }
  const topic = topicOf(problem);
  return topic === undefined ? { kind: "help" } : { kind: "help", topic };
}

function topicOf(problem: CommandProblem): Topic | undefined {
  switch (problem.kind) {
    case "unknown-choice":
      return topics.find((topic) => problem.command === `/${topic}`);
    case "missing-time":
    case "bad-time":
    case "bad-zone":
      return "digest";
    case "bad-place":
      return "audit";
    case "bad-duration":
      return "alerts";
    case "missing-name":
    case "missing-filters":
    case "reserved-name":
      return "view";
    case "unknown-key":
    case "unknown-word":
      return "filters";
    default:
      return "key" in problem ? "filters" : undefined;
  }
}

/** The API gave no answer: what happened, what to do, and the id that support asks for. */
export function failureCard(
  { failure, command, traceId }: Extract<Answer, { kind: "failure" }>,
  setting: Setting,
): Card {
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
      note(idsOf(texts, failure.requestId, traceId)),
      { kind: "command", text: print(command) },
      buttons(button(texts.labels.tryAgain, command, "refresh", "primary")),
    ],
  });
}

/** What whoever is asked for help wants to know. */
function idsOf(texts: Texts, requestId: string | undefined, traceId: string | undefined): string | false {
  const ids = [requestId && texts.requestId(requestId), traceId && texts.traceId(traceId)].filter(Boolean);
  return ids.length > 0 && ids.join(" · ");
}

/** More would have to be read than is sensible: what to ask for instead. */
export function tooLargeCard({ tooLarge, command }: Extract<Answer, { kind: "too-large" }>, setting: Setting): Card {
  const { labels, tooLarge: advice, words } = setting.texts;
  const unsorted = command.kind === "list" && command.sort !== undefined ? { ...command, sort: undefined } : undefined;
  return notice(setting, {
    title: command.kind === "list" ? words.runtimes : words.summary,
    ...advice(tooLarge.total, tooLarge.limit),
    colour: "orange",
    command,
    buttons: buttons(
      unsorted !== undefined && button(labels.withoutSorting, print(unsorted), "other", "primary"),
      button(labels.help, { kind: "help", topic: "filters" }),
    ),
  });
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

/** What the bot itself failed at may well succeed the next time. */
export function internalCard({ command, traceId }: Extract<Answer, { kind: "internal" }>, setting: Setting): Card {
  const { texts } = setting;
  const ids = idsOf(texts, undefined, traceId);
  return notice(setting, { ...texts.internal, colour: "red", command, ids, buttons: again(command, texts) });
}

export function busyCard({ command }: Extract<Answer, { kind: "busy" }>, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, { ...texts.busy, colour: "orange", command, buttons: again(command, texts) });
}

function again(command: Command | undefined, { labels }: Texts): Block | undefined {
  return command && buttons(button(labels.tryAgain, command, "refresh", "primary"));
}

interface Notice {
  readonly title: string;
  readonly happened: string;
  readonly todo: string;
  readonly colour: Colour;
  readonly command?: Command | undefined;
  readonly ids?: string | false;
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
      note(it.ids ?? false),
      it.command && { kind: "command", text: print(it.command) },
      it.buttons,
    ],
  });
}
