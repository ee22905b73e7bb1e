import type { ChartBlock, Slice } from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { drawing, element, pressable } from "./element.ts";
import { foreign, plain } from "./foreign.ts";
import { numberText } from "./number.ts";

/** A slice with what its picture needs. */
interface Part {
  readonly slice: Slice;
  readonly value: number;
  /** 0 to 1: of the chart's total, which is what the percentage says. */
  readonly share: number;
  /** 0 to 1: of the ring, where slices that add up to more than the total still have to fit. */
  readonly arc: number;
  /** The meaning's colour, or the number of a colour without a meaning. */
  readonly colour: string;
  /** Less for each further slice of the same colour, so that neighbours differ. */
  readonly opacity: number;
  readonly key: string;
}

const opacities = [1, 0.68, 0.46, 0.32];
const series = 8;

/** Draws shares as a ring, or amounts as bars; either way every number is there as text, too. */
export function renderChart(block: ChartBlock, context: BlockContext, path: string): HTMLElement {
  const parts = partsOf(block, path);
  const title = element("figcaption", {}, foreign(block.title, 200));
  const body =
    parts.length === 0
      ? element("p", { class: "text small" }, context.texts.nothing)
      : block.shape === "donut"
        ? renderDonut(block, parts, context)
        : renderBars(parts, context);
  return element("figure", { class: `chart ${block.shape}` }, title, body);
}

function partsOf({ slices, total }: ChartBlock, path: string): readonly Part[] {
  const values = slices.map(({ value }) => (Number.isFinite(value) && value > 0 ? value : 0));
  const sum = values.reduce((all, value) => all + value, 0);
  const seen = new Map<string, number>();
  let unnamed = 0;
  return slices.map((slice, index) => {
    const colour = slice.colour ?? `series-${unnamed++ % series}`;
    const nth = seen.get(colour) ?? 0;
    seen.set(colour, nth + 1);
    const value = values[index] ?? 0;
    const opacity = opacities[nth % opacities.length] ?? 1;
    return {
      slice,
      value,
      share: value / Math.max(total, 1),
      arc: value / Math.max(sum, total, 1),
      colour,
      opacity,
      key: `slice${path}.${index}`,
    };
  });
}

function renderDonut(block: ChartBlock, parts: readonly Part[], context: BlockContext): HTMLElement {
  const summary = parts.map((part) => `${part.slice.label} ${numberText(part.value)} (${percent(part.share)})`);
  const ring = drawing("svg", { class: "ring", viewBox: "0 0 100 100", role: "img" });
  ring.setAttribute("aria-label", plain(`${block.title}: ${summary.join(", ")}`, 1_000));
  ring.append(drawing("circle", { class: "ring-all", cx: 50, cy: 50, r: 40 }));
  let start = 0;
  const drawn = parts.filter((part) => part.arc > 0);
  for (const part of drawn) {
    ring.append(renderArc(part, start, drawn.length > 1, context));
    start += part.arc;
  }
  ring.append(drawing("text", { class: "ring-total", x: 50, y: 50, "aria-hidden": "true" }, numberText(block.total)));
  const legend = element(
    "ul",
    { class: "legend" },
    ...parts.map((part) => element("li", {}, legendItem(part, context))),
  );
  const donut = element("div", { class: "donut-body" }, ring, legend);
  shareAttention(donut);
  return donut;
}

function renderArc(part: Part, start: number, hasGap: boolean, context: BlockContext): SVGElement {
  const length = Math.max(0.4, part.arc * 100 - (hasGap ? 0.8 : 0));
  const arc = drawing("circle", {
    class: part.slice.command === undefined ? "arc" : "arc can-press",
    cx: 50,
    cy: 50,
    r: 40,
    pathLength: 100,
    "stroke-dasharray": `${length.toFixed(2)} ${(100 - length).toFixed(2)}`,
    "stroke-dashoffset": (-start * 100).toFixed(2),
    "stroke-opacity": part.opacity,
    transform: "rotate(-90 50 50)",
    "data-colour": part.colour,
    "data-part": part.key,
  });
  arc.append(drawing("title", {}, plain(`${part.slice.label}: ${numberText(part.value)} (${percent(part.share)})`)));
  const { command } = part.slice;
  if (command !== undefined) arc.addEventListener("click", () => context.press(command, part.key));
  return arc;
}

function legendItem(part: Part, context: BlockContext): HTMLElement {
  return partBox(part, context, "legend-item", [
    swatch(part),
    element("span", { class: "part-label" }, foreign(part.slice.label, 80)),
    element("span", { class: "part-value" }, numberText(part.value)),
    element("span", { class: "part-share" }, percent(part.share)),
  ]);
}

function renderBars(parts: readonly Part[], context: BlockContext): HTMLElement {
  const most = Math.max(...parts.map((part) => part.value), 1);
  const bars = parts.map((part) => {
    const width = part.value > 0 ? Math.max(0.8, (100 * part.value) / most) : 0;
    const bar = drawing(
      "svg",
      { class: "bar-track", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      drawing("rect", { class: "bar-all", width: 100, height: 10 }),
      drawing("rect", {
        class: "bar-part",
        width: width.toFixed(2),
        height: 10,
        "data-colour": part.colour,
        "fill-opacity": part.opacity,
      }),
    );
    const label = element("span", { class: "part-label" }, foreign(part.slice.label, 80));
    const value = element("span", { class: "part-value" }, numberText(part.value));
    return element("li", {}, partBox(part, context, "bar-item", [label, bar, value]));
  });
  return element("ul", { class: "bars" }, ...bars);
}

/** What stands for a slice in words; a button when the slice carries a command. */
function partBox(part: Part, context: BlockContext, kind: string, children: readonly Element[]): HTMLElement {
  const { command } = part.slice;
  if (command === undefined) return element("div", { class: kind, "data-part": part.key }, ...children);
  const attributes = { class: `${kind} can-press`, "data-key": part.key, "data-part": part.key };
  return pressable(attributes, () => context.press(command, part.key), ...children);
}

function swatch(part: Part): SVGElement {
  const dot = drawing("rect", {
    width: 10,
    height: 10,
    rx: 3,
    "data-colour": part.colour,
    "fill-opacity": part.opacity,
  });
  return drawing("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, dot);
}

/** A slice and its line in the legend light up together. */
function shareAttention(chart: HTMLElement): void {
  const attend = (event: Event): void => {
    const part =
      event.target instanceof Element ? event.target.closest("[data-part]")?.getAttribute("data-part") : undefined;
    for (const node of chart.querySelectorAll("[data-part]")) {
      node.classList.toggle("attended", node.getAttribute("data-part") === part);
    }
    chart.classList.toggle("has-attention", part !== undefined && part !== null);
  };
  const leave = (): void => {
    chart.classList.remove("has-attention");
  };
  chart.addEventListener("pointerover", attend);
  chart.addEventListener("pointerleave", leave);
  chart.addEventListener("focusin", attend);
  chart.addEventListener("focusout", leave);
}

function percent(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return share.toLocaleString(document.documentElement.lang, { style: "percent", maximumFractionDigits: digits });
}
