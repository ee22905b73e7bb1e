/** Pixels. The ground is transparent: what is drawn stands out on light and on dark. */
export const size = {
  width: 640,
  margin: 20,
  gap: 20,
  bar: 48,
  ring: 130,
  hole: 0.56,
  slit: 3,
  /** The height of lines over time, and how wide they are. */
  lines: 180,
  stroke: 4,
} as const;

/** What no slice stands for, and the numbers of charts. */
export const neutral = "#8A9099";

/** A part of the picture, as wide as that. */
export interface Drawn {
  readonly svg: string;
  readonly height: number;
}

/** Strokes of the numbers 1 to 4 in a box of 4 by 6. */
const strokes = [
  "M1 1.5L2.5 0V6",
  "M0 1.5Q0 0 2 0T4 1.6Q4 2.6 0 6H4",
  "M0 0H4L1.8 2.4Q4 2.6 4 4.2T2 6Q.5 6 0 4.8",
  "M3 6V0L0 4.2H4",
];

/** The number of a chart around a point; nothing for a chart that is alone. */
export function digit(number: number | undefined, x: number, y: number, height: number): string {
  const path = number === undefined ? undefined : strokes[number - 1];
  const scale = height / 6;
  return path === undefined
    ? ""
    : `<path d="${path}" fill="none" stroke="${neutral}" stroke-width="0.8" stroke-linecap="round" stroke-linejoin="round" ` +
        `transform="translate(${num(x - 2 * scale)} ${num(y - 3 * scale)}) scale(${num(scale)})"/>`;
}

/** A number as it stands in the picture: two decimals, so that the same charts are the same text. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}
