import { type Command, defaultSize, print } from "../../commands/index.ts";
import type { Block, Card, TableBlock } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { notice } from "../message-card.ts";
import { askable, button, buttons, card, type Setting, text } from "../parts.ts";
import type { Texts } from "../texts/index.ts";

type Of<Kind extends DeskAnswer["kind"]> = Extract<DeskAnswer, { kind: Kind }>;
type View = Of<"views">["views"][number];

/** The saved views of a chat; a press on one lists what it holds. */
export function viewsCard({ command, views, did }: Of<"views">, setting: Setting): Card {
  const { texts } = setting;
  const words = texts.chat.views;
  return card(setting, {
    title: words.title,
    colour: did === undefined ? (views.length === 0 ? "grey" : "blue") : "green",
    command: print(command),
    blocks: [
      did && text(words.did(did.what, clip(did.name, lengths.label)), "strong"),
      ...(views.length === 0 ? noneBlocks(texts) : [table(views, texts), text(words.use, "small")]),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, { kind: "view-list" }, "refresh"),
        button(texts.labels.help, { kind: "help", topic: "view" }),
      ),
      dropPicker(views, texts),
    ],
  });
}

function noneBlocks({ chat: { views } }: Texts): readonly Block[] {
  return [
    text(views.none.happened),
    text(views.none.todo),
    { kind: "command", text: print({ kind: "view-save", name: "stopped", filters: { status: ["Stopped"] } }) },
  ];
}

function table(views: readonly View[], { chat }: Texts): TableBlock {
  return {
    kind: "table",
    columns: [
      { key: "name", label: chat.views.name, weight: 2 },
      { key: "filters", label: chat.views.filters, weight: 5 },
    ],
    rows: views.map(({ name, filter }) => ({
      cells: [{ text: clip(name, lengths.cell) }, { text: clip(filter, lengths.cell) }],
      command: askable({ kind: "list", filters: {}, view: name, page: 1, size: defaultSize }),
      label: clip(name, lengths.label),
    })),
  };
}

function dropPicker(views: readonly View[], { chat }: Texts): Block | undefined {
  const options = views.flatMap(({ name }) => {
    const command = askable({ kind: "view-drop", name });
    return command === undefined ? [] : [{ label: clip(name, lengths.label), command, selected: false }];
  });
  return options.length === 0 ? undefined : { kind: "pickers", pickers: [{ label: chat.views.drop, options }] };
}

export function tooManyViewsCard({ command, limit }: Of<"too-many-views">, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, {
    ...texts.chat.views.tooMany(limit),
    colour: "orange",
    command,
    buttons: buttons(button(texts.chat.views.all, { kind: "view-list" }, "other", "primary")),
  });
}

/** No view of this name, with a button for the one that was most likely meant. */
export function unknownViewCard({ command, name, nearest }: Of<"unknown-view">, setting: Setting): Card {
  const { texts } = setting;
  const { title, happened, todo } = texts.chat.views.unknown(clip(name, lengths.label));
  const mended = nearest === undefined ? undefined : askable(withView(command, nearest));
  return card(setting, {
    title,
    colour: "orange",
    command: print(command),
    blocks: [
      text(happened, "strong"),
      nearest === undefined || mended === undefined ? text(todo) : text(texts.suggestion(clip(nearest, lengths.label))),
      mended === undefined ? undefined : { kind: "command", text: mended },
      buttons(
        mended !== undefined && button(texts.labels.run, mended, "other", "primary"),
        button(texts.chat.views.all, { kind: "view-list" }),
      ),
    ],
  });
}

function withView(command: Command, view: string): Command {
  switch (command.kind) {
    case "list":
    case "summary":
    case "export":
    case "trend":
    case "alerts-on":
    case "digest-on":
      return { ...command, view };
    case "view-drop":
      return { ...command, name: view };
    default:
      return command;
  }
}
