import { renderLark } from "../../../adapters/lark/render.ts";
import type { Block, Card } from "../../../src/cards/index.ts";
import { checkCard } from "../../platforms/lark/card-rules.ts";

/** A part of a drawn card. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A drawn card, to be looked at. Every card that a test draws is one that Lark takes. */
export function drawn(card: Card) {
  const rendered = renderLark(card);
  const complaints = checkCard(rendered.content);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  const data: unknown = JSON.parse(rendered.content);
  const all = [...within(data)];
  return {
    ...rendered,
    /** Every object of the card, from the top to the bottom, data of charts and rows included. */
    all,
    ofTag: (tag: string) => all.filter((part) => part.tag === tag),
    /** Elements at the root of the body. */
    root:
      isObject(data) && isObject(data.body) && Array.isArray(data.body.elements)
        ? data.body.elements.filter(isObject)
        : [],
    text: all.flatMap(({ content }) => (typeof content === "string" ? [content] : [])).join("\n"),
  };
}

export type Drawn = ReturnType<typeof drawn>;

function* within(value: unknown): Generator<Json> {
  if (Array.isArray(value)) {
    for (const part of value) yield* within(part);
  } else if (isObject(value)) {
    yield value;
    for (const part of Object.values(value)) yield* within(part);
  }
}

/** A card of these blocks. */
export function cardOf(blocks: readonly Block[], about: Partial<Card> = {}): Card {
  return {
    header: { title: "Agent runtimes", colour: "green", tags: [] },
    blocks,
    command: undefined,
    locale: "en",
    ...about,
  };
}

/** A table of as many rows, with a status in colour and a risk in every third. */
export function tableOf(
  count: number,
  text: (row: number) => string = (row) => `agent-${row}`,
): Extract<Block, { kind: "table" }> {
  return {
    kind: "table",
    columns: [
      { key: "name", label: "Name", weight: 3 },
      { key: "status", label: "Status", weight: 2 },
      { key: "agent", label: "Agent", weight: 4 },
      { key: "users", label: "Users", weight: 3 },
      { key: "risk", label: "Risk", weight: 3 },
    ],
    rows: Array.from({ length: count }, (_, index) => ({
      label: text(index),
      command: `/runtimes show ecd-${index}`,
      colour: index % 3 === 0 ? ("orange" as const) : undefined,
      cells: [
        { text: text(index) },
        { text: "Running", colour: "green" as const },
        { text: text(index) },
        { text: text(index) },
        index % 3 === 0 ? { text: "model changed", colour: "orange" as const } : { text: "–" },
      ],
    })),
  };
}
