import type {
  Block,
  CommandBlock,
  FactsBlock,
  MarkedBlock,
  PageBlock,
  SectionBlock,
  TextBlock,
} from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { renderChart } from "./chart.ts";
import { renderButtons, renderPickers } from "./controls.ts";
import { copyText } from "./copy.ts";
import { drawing, element, icon, icons, pressable } from "./element.ts";
import { clip, foreign, visible } from "./foreign.ts";
import { renderPeople } from "./people.ts";
import { renderTable } from "./table.ts";
import { renderTimeline } from "./timeline.ts";

/** Draws blocks one below the other. `path` tells them apart from the card's other blocks. */
export function renderBlocks(blocks: readonly Block[], context: BlockContext, path: string): readonly HTMLElement[] {
  return blocks.map((block, index) => renderBlock(block, context, `${path}.${index}`));
}

function renderBlock(block: Block, context: BlockContext, path: string): HTMLElement {
  switch (block.kind) {
    case "facts":
      return renderFacts(block);
    case "table":
      return renderTable(block, context, path);
    case "chart":
      return renderChart(block, context, path);
    case "timeline":
      return renderTimeline(block, context, path);
    case "people":
      return renderPeople(block);
    case "text":
      return renderText(block);
    case "marked":
      return renderMarked(block);
    case "command":
      return renderCommand(block, context, path);
    case "page":
      return renderPage(block);
    case "buttons":
      return renderButtons(block, context, path);
    case "pickers":
      return renderPickers(block, context, path);
    case "section":
      return renderSection(block, context, path);
    default:
      return unknownBlock(block);
  }
}

/** A newer server may know more kinds of block than a page that was loaded before it: nothing is shown for them. */
function unknownBlock(_block: never): HTMLElement {
  return element("div", { hidden: true });
}

function renderFacts(block: FactsBlock): HTMLElement {
  const isHeadline = block.style === "headline";
  const facts = block.facts.map((fact) =>
    element(
      "div",
      { class: "fact", "data-colour": fact.colour },
      element("dt", {}, foreign(fact.label, 80)),
      element("dd", {}, foreign(fact.value, isHeadline ? 40 : 600)),
    ),
  );
  return element("dl", { class: isHeadline ? "facts headline" : "facts list" }, ...facts);
}

function renderText(block: TextBlock): HTMLElement {
  const text = foreign(block.text, 4_000);
  if (block.tone !== "warning") return element("p", { class: `text ${block.tone}` }, text);
  return element("p", { class: "text warning" }, icon(...icons.warning), text);
}

/** How much stands before and after the marked place, in UTF-16 units: enough to find it again. */
const markedSurroundings = 160;

function renderMarked(block: MarkedBlock): HTMLElement {
  const start = Math.min(Math.max(block.start, 0), block.text.length);
  const end = Math.min(Math.max(block.end, start), block.text.length);
  const before = visible(block.text.slice(0, start));
  const wrong = visible(block.text.slice(start, end));
  const after = visible(block.text.slice(end));
  const head = before.length > markedSurroundings ? `…${before.slice(-markedSurroundings).toWellFormed()}` : before;
  const mark = element("mark", {}, wrong === "" ? "\u00a0" : clip(wrong, markedSurroundings));
  return element("pre", { class: "marked" }, element("bdi", {}, head, mark, clip(after, markedSurroundings)));
}

function renderCommand(block: CommandBlock, context: BlockContext, path: string): HTMLElement {
  const { texts } = context;
  const code = element("code", {}, foreign(block.text, 1_000));
  const copy = pressable({ class: "quiet", "data-key": `copy${path}` }, async () => {
    const isCopied = await copyText(block.text, code);
    if (isCopied) flash(copy, texts.copied);
    else context.notify(texts.copyFailed, "orange");
  });
  copy.append(icon(...icons.copy), element("span", { class: "label" }, texts.copy));
  const edit = pressable({ class: "quiet", "data-key": `edit${path}` }, () => context.edit(block.text));
  edit.append(icon(...icons.edit), element("span", { class: "label" }, texts.edit));
  return element(
    "div",
    { class: "command" },
    block.note !== undefined && element("p", { class: "text small" }, foreign(block.note, 500)),
    element("div", { class: "command-line" }, code, element("div", { class: "command-tools" }, copy, edit)),
  );
}

/** Says something on a button for a moment. */
function flash(button: HTMLButtonElement, text: string): void {
  const label = button.querySelector(".label");
  if (label === null || button.classList.contains("done")) return;
  const before = label.textContent;
  label.textContent = text;
  button.classList.add("done");
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("done");
  }, 1_600);
}

function renderPage(block: PageBlock): HTMLElement {
  const share = Math.min(1, Math.max(0, block.page / Math.max(1, block.pages)));
  const track = drawing(
    "svg",
    { class: "track", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawing("rect", { class: "track-all", width: 100, height: 4, rx: 2 }),
    drawing("rect", { class: "track-done", width: (share * 100).toFixed(1), height: 4, rx: 2 }),
  );
  return element("div", { class: "page-line" }, foreign(block.text, 200), block.pages > 1 && track);
}

function renderSection(block: SectionBlock, context: BlockContext, path: string): HTMLElement {
  return element(
    "details",
    { class: "section", open: !block.collapsed, "data-section": `${path} ${block.title}` },
    element("summary", { "data-key": `section${path}` }, foreign(block.title, 200)),
    element("div", { class: "blocks" }, ...renderBlocks(block.blocks, context, path)),
  );
}
