import type { Column, Row, TableBlock } from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { element, pressable } from "./element.ts";
import { foreign, plain } from "./foreign.ts";

/** Draws a table whose rows can be pressed; on a narrow page CSS makes each row one compact block. */
export function renderTable(block: TableBlock, context: BlockContext, path: string): HTMLElement {
  // Roles are spelled out: a table that CSS lays out as blocks is otherwise no table to a reader of the screen.
  const heads = block.columns.map((column) =>
    element("th", { scope: "col", role: "columnheader" }, foreign(column.label, 60)),
  );
  const rows = block.rows.map((row, index) => renderRow(row, block.columns, context, `row${path}.${index}`));
  const table = element(
    "table",
    { role: "table" },
    columnWidths(block.columns),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...rows),
  );
  table.addEventListener("keydown", (event) => walkRows(table, event));
  return element("div", { class: "table" }, table);
}

/** Fixed shares: the columns stand still while pages turn. */
function columnWidths(columns: readonly Column[]): HTMLElement {
  const weights = columns.map((column) => Math.min(5, Math.max(1, column.weight)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const group = element("colgroup", {});
  for (const weight of weights) {
    const column = element("col", {});
    column.style.width = `${((100 * weight) / sum).toFixed(2)}%`;
    group.append(column);
  }
  return group;
}

function renderRow(row: Row, columns: readonly Column[], context: BlockContext, key: string): HTMLElement {
  const { command } = row;
  const cells = columns.map((_, index) => {
    const cell = row.cells[index];
    const text = foreign(cell?.text ?? "", 160);
    // On a narrow page nothing is said where there is nothing to say.
    const isBare = /^[\s–—-]*$/.test(cell?.text ?? "");
    const attributes = { role: "cell", "data-colour": cell?.colour, class: isBare && "bare" };
    if (index > 0 || command === undefined) return element("td", attributes, text);
    const label = `${context.texts.open}: ${plain(row.label)}`;
    const open = pressable(
      { class: "row-open", "data-key": key, "aria-label": label },
      () => context.press(command, key),
      text,
    );
    return element("td", attributes, open);
  });
  const line = element(
    "tr",
    { role: "row", "data-colour": row.colour, class: command !== undefined && "can-open" },
    ...cells,
  );
  if (command !== undefined) {
    line.addEventListener("click", (event) => {
      // The button in the first cell speaks for itself, and a person who selects text does not mean to open the row.
      const isOnButton = event.target instanceof Element && event.target.closest("button") !== null;
      if (!isOnButton && getSelection()?.isCollapsed !== false) context.press(command, key);
    });
  }
  return line;
}

function walkRows(table: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...table.querySelectorAll<HTMLElement>(".row-open")];
  const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  const target = rows[at + step];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  target.focus();
}
