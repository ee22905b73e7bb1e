import { hostileTexts, typedWith } from "../test/e2e/hostile.ts";
import { still } from "./fleet.ts";
import type { Pressed, Town, Written } from "./town/town.ts";

/** A card that somebody has pressed, and what it may show now. */
export interface PressedCard {
  readonly town: Town;
  readonly id: string;
  /** The page of the latest press that was answered, and the pages of presses whose fate nobody knows. */
  readonly pages: ReadonlySet<number>;
  /** The last presses, for whoever looks into what is wrong. */
  readonly history: string;
}

/** A press, for the statistics and for the verdict. */
export interface Press {
  readonly town: Town;
  readonly pressed: Pressed;
  readonly began: number;
  readonly ms: number;
}

/** Users who write and press, and what is remembered of that. */
export interface People {
  readonly written: readonly { readonly town: Town; readonly message: Written }[];
  readonly presses: readonly Press[];
  readonly cards: () => readonly PressedCard[];
  /** They act, so often a second, until the signal says that it is enough. Resolves when what they began is answered. */
  act(signal: AbortSignal): Promise<void>;
}

export interface PeopleOptions {
  readonly towns: readonly Town[];
  readonly random: () => number;
  /** Things done a second, on both platforms together. */
  readonly perSecond: number;
  /** Whether presses at the same time may reach different processes. */
  readonly several: boolean;
}

/** Lists that do not move, so that a page is always the same. */
const list = `/runtimes group=${still.group} size=5`;
const pages = Math.ceil(still.count / 5);

const asked: readonly string[] = [
  ...Array.from({ length: 8 }, () => list),
  `/runtimes group=${still.group} status=Running sort=-name size=5`,
  "/runtimes risk=yes",
  "/runtimes summary",
  "/runtimes show still-100",
  "/runtimes statsu=Running",
  "/runtimes trend",
  "/help",
  "/help filters",
  "/why still-101",
  "/alerts status",
  "/digest status",
  `/view save mine group=${still.group}`,
  "/view list",
  "/audit",
  "／运行时 风险＝是",
  "hello",
];

const restless: readonly string[] = [
  "/alerts on",
  "/alerts on group=rg-restless",
  "/alerts mute all for=1m",
  "/alerts unmute all",
  "/alerts ack all",
  "/alerts status",
  "/alerts test",
  "/alerts off",
];

interface Known {
  readonly town: Town;
  readonly id: string;
  latest: { readonly page: number; readonly at: number };
  unsure: { readonly page: number; readonly at: number }[];
  /** The last presses, a word or two each. */
  readonly told: string[];
}

/** A press that got no answer may still be taken, by a process that stood still, for so many milliseconds. */
const unsureFor = 25_000;

export function createPeople({ towns, random, perSecond, several }: PeopleOptions): People {
  const written: { town: Town; message: Written }[] = [];
  const presses: Press[] = [];
  const cards = new Map<string, Known>();
  const under = new Set<Promise<void>>();
  let users = 0;

  const some = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const somebody = (): string => {
    users += 1;
    return `user${users % 700}`;
  };

  function write(town: Town, chat: string, text: string, late = false): void {
    written.push({ town, message: town.write({ chat, user: somebody(), text, late }) });
  }

  function say(town: Town): void {
    const chat = some(town.asking);
    const what = random();
    if (what < 0.03) write(town, chat, list, true);
    else if (what < 0.08) write(town, chat, some(typedWith(some(hostileTexts))));
    else if (what < 0.1) write(town, chat, `/runtimes export group=${still.group}`);
    else write(town, chat, some(asked));
  }

  /** A message of a moment ago, or of long ago, comes once more. */
  function repeat(): void {
    const about = some(random() < 0.5 ? written.slice(-50) : written);
    if (about !== undefined && !about.town.restless.includes(about.message.chat)) about.town.again(about.message);
  }

  async function press(town: Town): Promise<void> {
    // While nobody listens most people give up soon.
    if (town.connections === 0 && random() < 0.9) return;
    const seen = Array.from({ length: 6 }, () => some(town.cards(200))).flatMap((id) =>
      id === undefined ? [] : [town.see(id)],
    );
    const card = seen.find(({ words }) => pageOf(words) !== undefined);
    if (card === undefined) return;
    const { id, words, labels } = card;
    const page = pageOf(words);
    const label = some(
      ["Next", "Next", "Previous", "Refresh"].filter((word) => labels.some((one) => one.includes(word))),
    );
    if (page === undefined || label === undefined) return;
    const target = page + (label === "Next" ? 1 : label === "Previous" ? -1 : 0);
    const at = performance.now();
    const pressed = await town.press(id, label, somebody());
    presses.push({ town, pressed, began: at, ms: performance.now() - at });
    note(town, id, { page: target, at }, pressed, page);
  }

  function note(town: Town, id: string, target: Known["latest"], pressed: Pressed, before: number): void {
    const card: Known = cards.get(id) ?? { town, id, latest: { page: before, at: 0 }, unsure: [], told: [] };
    cards.set(id, card);
    card.told.push(`${Math.round(performance.timeOrigin + target.at)} page ${target.page}: ${pressed}`);
    if (pressed === "refused") return;
    if (pressed === "silent") {
      card.unsure.push(target);
      return;
    }
    const near = several ? 1_000 : 0;
    if (target.at < card.latest.at) {
      if (card.latest.at - target.at < near) card.unsure.push(target);
      return;
    }
    if (target.at - card.latest.at < near) card.unsure.push(card.latest);
    card.unsure = card.unsure.filter(({ at }) => target.at - at < unsureFor);
    card.latest = target;
  }

  function stir(town: Town): void {
    const chat = some(town.restless);
    const what = random();
    if (what < 0.05) town.member(chat, false);
    else if (what < 0.2) town.member(chat, true);
    else {
      town.member(chat, true);
      write(town, chat, some(restless));
    }
  }

  function keep(work: Promise<void>): void {
    const kept = work.finally(() => under.delete(kept));
    // A card that changed between the look and the press has another button there: nobody has pressed anything.
    kept.catch(() => {});
    under.add(kept);
  }

  function once(): void {
    const town = some(towns);
    const what = random();
    if (what < 0.5) say(town);
    else if (what < 0.9) keep(press(town));
    else if (what < 0.96) repeat();
    else stir(town);
  }

  return {
    written,
    presses,
    cards: () =>
      [...cards.values()].map(({ town, id, latest, unsure, told }) => ({
        town,
        id,
        history: told.slice(-6).join("; "),
        pages: new Set([latest, ...unsure].map(({ page }) => page)),
      })),
    async act(signal) {
      const timer = setInterval(once, 1_000 / perSecond);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      clearInterval(timer);
      await Promise.allSettled(under);
    },
  };
}

/** The page of a list that does not move; undefined for any other card. */
export function pageOf(words: string): number | undefined {
  const [, page] = new RegExp(`Page (\\d+) of ${pages} · ${still.count} runtimes`).exec(words) ?? [];
  return page === undefined ? undefined : Number(page);
}
