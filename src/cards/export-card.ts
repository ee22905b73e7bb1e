import { defaultSize, type ExportCommand, type ExportFormat, exportFormats, print } from "../commands/index.ts";
import { type FilterKey, filterDefinition } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Button, Card } from "./card.ts";
import { notice } from "./message-card.ts";
import { button, buttons, card, note, type Setting, text } from "./parts.ts";
import { statusText } from "./runtime-row.ts";
import type { Texts } from "./texts/index.ts";

/** A file that is being made, and how far it is where that is known. */
export function exportingCard(answer: Extract<Answer, { kind: "exporting" }>, setting: Setting): Card {
  const { command, rows, total } = answer;
  const { exports, workingTitle } = setting.texts;
  const known = rows !== undefined && total !== undefined;
  return card(setting, {
    title: workingTitle,
    colour: "blue",
    command: print(command),
    blocks: [text(known ? exports.progress(rows, total) : exports.reading), { kind: "command", text: print(command) }],
  });
}

/** What a file holds, and where it is. */
export function exportedCard(answer: Extract<Answer, { kind: "exported" }>, setting: Setting): Card {
  const { command, file, sent, path = file.name } = answer;
  const { exports, labels, notes, words } = setting.texts;
  return card(setting, {
    title: exports.title,
    colour: file.complete && file.unreadable === 0 ? "green" : "orange",
    command: print(command),
    blocks: [
      {
        kind: "facts",
        style: "headline",
        facts: [
          { label: words.total(file.rows), value: String(file.rows) },
          { label: exports.size, value: exports.bytes(file.bytes) },
        ],
      },
      text(sent === "chat" ? exports.sent : exports.written(path)),
      file.complete ? undefined : text(notes.moved, "warning"),
      file.unreadable > 0 ? text(notes.unreadable(file.unreadable), "warning") : undefined,
      note(sent === "chat" && file.name),
      { kind: "command", text: print(command) },
      buttons(
        button(labels.list, { kind: "list", filters: command.filters, page: 1, size: defaultSize }),
        otherFormat(command, formatOf(command, file.name), exports),
      ),
    ],
  });
}

/** A zip is made of a csv: a workbook is packed already. */
function formatOf({ format }: ExportCommand, name: string): ExportFormat {
  return format ?? (name.endsWith(".xlsx") ? "xlsx" : "csv");
}

function otherFormat(command: ExportCommand, has: ExportFormat, exports: Texts["exports"]): Button | undefined {
  const other = exportFormats.find((format) => format !== has);
  return other && button(exports.as(other), { ...command, format: other });
}

export function exportTooManyCard(answer: Extract<Answer, { kind: "export-too-many" }>, setting: Setting): Card {
  const { command, total, limit } = answer;
  const { exports } = setting.texts;
  return notice(setting, {
    title: exports.title,
    ...exports.tooMany(total, limit),
    colour: "orange",
    command,
    buttons: buttons(...partButtons(command, setting.texts)),
  });
}

/** A workbook has more bytes than the same rows as a csv in a zip. */
export function exportTooLargeCard(answer: Extract<Answer, { kind: "export-too-large" }>, setting: Setting): Card {
  const { command, bytes, limit } = answer;
  const { exports } = setting.texts;
  return notice(setting, {
    title: exports.title,
    ...exports.tooLarge(bytes, limit),
    colour: "orange",
    command,
    buttons: buttons(
      command.format === "csv" ? undefined : button(exports.as("csv"), { ...command, format: "csv" }),
      ...partButtons(command, setting.texts),
    ),
  });
}

/** The same file of parts of the list, as far as it is not narrowed by the same already. */
function partButtons(command: ExportCommand, texts: Texts): readonly Button[] {
  const { filters } = command;
  const parts = (key: FilterKey, values: readonly string[], label: (value: string) => string) =>
    filters[key] === undefined
      ? values.map((value) =>
          button(texts.exports.only(label(value)), { ...command, filters: { ...filters, [key]: [value] } }),
        )
      : [];
  return [
    ...parts("provider", filterDefinition("provider").values, (value) => value),
    ...parts("status", ["Running", "Stopped"], (value) => statusText(value, texts.desktopStatus)),
  ];
}

export function exportNotSentCard(answer: Extract<Answer, { kind: "export-not-sent" }>, setting: Setting): Card {
  const { command, reason, unwritten } = answer;
  const { exports, labels } = setting.texts;
  return notice(setting, {
    title: exports.title,
    ...(unwritten === undefined ? exports.notSent[reason] : exports.unwritten(unwritten)),
    colour: reason === "maybe" ? "orange" : "red",
    command,
    buttons: buttons(button(labels.tryAgain, command, "refresh", "primary")),
  });
}
