import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { z } from "zod";
import type { CardEntry, ClickAnswer, Entry } from "../../adapters/playground/wire.ts";
import { type Block, type Card, withInner } from "../../src/cards/index.ts";
import { createTab } from "../conformance/drivers/page-tab.ts";
import { wordsOfLabel } from "../conformance/labels.ts";

/** Somebody at the page of a playground, who looks at one card at a time. */
export interface Visitor {
  /** Writes a message; resolves when it is answered, and looks at the answer. */
  type(text: string): Promise<void>;
  /** Presses a button of the card that is looked at, and looks at what comes of it. */
  press(label: string): Promise<void>;
  /** Chooses an option of one of its lists. */
  choose(option: string, list: string): Promise<void>;
  /** Waits for a card that nobody asked for and that says all of these words, and looks at it. */
  wait(words: readonly string[]): Promise<void>;
  /** Every text of the card that is looked at, and of the word that came in its place. */
  seen(): string;
  /** The title of that card. */
  title(): string;
  leave(): Promise<void>;
}

const answered = z.object({ message: z.string() });
/** Milliseconds that anything may take. */
const patience = 10_000;

export async function visit(url: string): Promise<Visitor> {
  const chat = `play_${randomUUID().replaceAll("-", "")}`;
  const tab = createTab(chat);
  await tab.follow(url);
  const known = new Set<string>();
  let looking = "";
  let word = "";

  const cards = (): readonly CardEntry[] => tab.entries().filter((entry) => entry.kind === "card");
  const card = (): Card => {
    const entry = tab.get(looking);
    if (entry?.kind !== "card") throw new Error("No card is looked at.");
    return entry.card;
  };
  const until = <Found>(find: () => Found | undefined, what: string): Promise<Found> =>
    vi.waitFor(
      () => {
        const found = find();
        if (found === undefined)
          throw new Error(`There is no ${what}; there is: ${cards().map(textOf).join("\n---\n")}`);
        return found;
      },
      { timeout: patience, interval: 20 },
    );
  function lookAt({ id }: Entry): void {
    known.add(id);
    looking = id;
    word = "";
  }
  async function post(path: string, body: object): Promise<unknown> {
    const headers = { "content-type": "application/json", origin: url, "sec-fetch-site": "same-origin" };
    const sent = JSON.stringify({ chat, id: randomUUID(), locale: "en", ...body });
    const response = await fetch(`${url}/playground/${path}`, { method: "POST", headers, body: sent });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  async function click(command: string): Promise<void> {
    const changed = tab.get(looking)?.changed ?? 0;
    // What the server of this test answers needs no second reading: the page's own types say what it is.
    const answer = (await post("clicks", { message: looking, text: command })) as ClickAnswer;
    if (answer.kind === "card") {
      tab.put(answer.entry);
      lookAt(answer.entry);
    } else if (answer.kind === "toast") word = answer.text;
    else await until(() => ((tab.get(looking)?.changed ?? 0) > changed ? true : undefined), "change of the card");
  }

  return {
    async type(text) {
      const { message } = answered.parse(await post("messages", { text }));
      lookAt(await until(() => cards().find(({ replyTo }) => replyTo === message), `answer to ${text}`));
    },
    async press(label) {
      const buttons = () => blocksOf(card()).flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
      await click(
        (await until(() => buttons().find((one) => wordsOfLabel(one.label) === label), `button ${label}`)).command,
      );
    },
    async choose(option, list) {
      const pickers = () => blocksOf(card()).flatMap((block) => (block.kind === "pickers" ? block.pickers : []));
      const options = () => pickers().find(({ label }) => label === list)?.options ?? [];
      await click((await until(() => options().find(({ label }) => label === option), `option ${option}`)).command);
    },
    async wait(words) {
      const says = (entry: CardEntry) => words.every((one) => textOf(entry).includes(one));
      const isNews = (entry: CardEntry) => entry.replyTo === undefined && !known.has(entry.id);
      lookAt(await until(() => cards().find((entry) => isNews(entry) && says(entry)), `card with ${words.join(", ")}`));
    },
    seen: () => `${textsIn(card()).join("\n")}\n${word}\n${filesIn(tab.entries())}`,
    title: () => card().header.title,
    leave: () => tab.cut(),
  };
}

const blocksOf = ({ blocks }: Pick<Card, "blocks">): readonly Block[] => [...withInner(blocks)];

const textOf = ({ card }: CardEntry): string => textsIn(card).join("\n");

const filesIn = (entries: readonly Entry[]): string =>
  entries.flatMap((entry) => (entry.kind === "file" ? [entry.name] : [])).join("\n");

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
