import { type Chart, round } from "./result.ts";

/** Pixels. */
const size = { width: 760, label: 190, value: 90, bar: 18, gap: 4, between: 14, top: 56, legend: 24 } as const;

/** Readable on white and on black; the first is the colour of what stands first, or of the only series. */
const colours = ["#2f81f7", "#8957e5", "#db6d28", "#3fb950"] as const;
const ink = "#7d8590";

/** A picture of bars, as SVG. It brings no font and no background of its own, and is readable in the dark and in the light. */
export function draw(chart: Chart): string {
  const { title, unit, series, rows } = chart;
  const top = size.top + (series.length > 0 ? size.legend : 0);
  const bars = Math.max(1, series.length);
  const rowHeight = bars * (size.bar + size.gap) + size.between;
  const height = top + rows.length * rowHeight;
  const most = Math.max(...rows.flatMap(({ values }) => values.map((value) => value ?? 0)), Number.MIN_VALUE);
  const scale = (size.width - size.label - size.value) / most;
  const drawn = rows.map((row, index) =>
    drawRow(row, { y: top + index * rowHeight, scale, alone: series.length === 0, index }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" fill="${ink}">
<title>${escaped(title)}</title>
<text x="0" y="18" font-size="16" font-weight="600">${escaped(title)}</text>
<text x="0" y="38">${escaped(unit)}</text>
${[...legend(series), ...drawn.flat()].join("\n")}
</svg>
`;
}

function legend(series: readonly string[]): readonly string[] {
  const width = (size.width - size.label) / Math.max(1, series.length);
  return series.map((name, index) => {
    const x = size.label + index * width;
    return `<rect x="${x}" y="${size.top - 4}" width="12" height="12" rx="2" fill="${colourOf(index)}"/><text x="${x + 18}" y="${size.top + 7}">${escaped(name)}</text>`;
  });
}

interface Place {
  readonly y: number;
  /** Pixels for one of the unit. */
  readonly scale: number;
  /** Whether each row has one bar: then the first row is set off from the others. */
  readonly alone: boolean;
  readonly index: number;
}

function drawRow({ label, values }: Chart["rows"][number], { y, scale, alone, index }: Place): readonly string[] {
  const middle = y + (values.length * (size.bar + size.gap)) / 2 + 3;
  const name = `<text x="${size.label - 12}" y="${middle}" text-anchor="end"${index === 0 ? ' font-weight="600"' : ""}>${escaped(label)}</text>`;
  const bars = values.map((value, order) => {
    const at = y + order * (size.bar + size.gap);
    const colour = alone ? (index === 0 ? colours[0] : ink) : colourOf(order);
    const length = Math.max(1, (value ?? 0) * scale);
    const said = value === undefined ? "cannot keep up" : round(value);
    const bar =
      value === undefined
        ? ""
        : `<rect x="${size.label}" y="${at}" width="${length.toFixed(1)}" height="${size.bar}" rx="3" fill="${colour}"/>`;
    const after = size.label + (value === undefined ? 0 : length) + 8;
    return `${bar}<text x="${after.toFixed(1)}" y="${at + 13.5}">${said}</text>`;
  });
  return [name, ...bars];
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? ink;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
