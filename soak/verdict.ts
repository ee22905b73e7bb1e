import { setTimeout as wait } from "node:timers/promises";
import type { Bot } from "./bots.ts";
import type { Disasters } from "./disasters.ts";
import type { Story } from "./fleet.ts";
import { isCrowded } from "./machine.ts";
import { type People, type PressedCard, pageOf } from "./people.ts";
import { tellingsOf } from "./telling.ts";
import type { Town, Written } from "./town/town.ts";
import type { Weather } from "./weather.ts";

/** Something that must hold, and where it does not. */
export interface Finding {
  readonly what: string;
  /** How much was looked at. */
  readonly looked: number;
  /** A sentence for each that is wrong. */
  readonly wrong: readonly string[];
}

export interface Looked {
  readonly towns: readonly Town[];
  readonly people: People;
  readonly stories: readonly Story[];
  readonly disasters: Pick<Disasters, "disturbed">;
  readonly weather: Pick<Weather, "loses">;
  readonly bots: readonly Bot[];
}

const passing = "One moment";
const lateTitle = "Too late";

/** Holds everything that happened so far against what was promised. Everything has to be calm. */
export async function judge(looked: Looked): Promise<readonly Finding[]> {
  const { towns } = looked;
  return [
    ...answersOf(looked),
    presses(looked),
    await turned(looked),
    ...tellings(looked),
    {
      what: "unasked, nothing is said where people only ask",
      looked: towns.length,
      wrong: towns.flatMap((town) =>
        town.asking.flatMap((chat) => town.told(chat).map(({ title }) => `${town.name} ${chat}: ${title}`)),
      ),
    },
    {
      what: "no message is given up by a platform",
      looked: looked.people.written.length,
      wrong: towns.flatMap((town) => town.lost().map((id) => `${town.name}: ${id}`)),
    },
    {
      what: "nothing is done that a platform refuses or loses",
      looked: towns.length,
      wrong: towns.flatMap((town) => town.complaints().map((complaint) => `${town.name}: ${complaint}`)),
    },
    await outbox(looked),
  ];
}

const named = (town: Town, { chat, id, text }: Written): string => `${town.name} ${chat} ${id} "${text}"`;

function answersOf({ people: { written } }: Looked): readonly Finding[] {
  const all = written.map(({ town, message }) => ({ town, message, answers: town.answersTo(message) }));
  const late = all.filter(({ message }) => message.late);
  return [
    {
      what: "each message is answered once",
      looked: all.length,
      wrong: all
        .filter(({ town, message, answers }) => {
          // Where the bot is put out of the chat an answer may not arrive.
          const least = town.restless.includes(message.chat) ? 0 : 1;
          return answers.length < least || answers.length > 1;
        })
        .map(({ town, message, answers }) => `${named(town, message)}: ${answers.length} answers`),
    },
    {
      what: "each answer is final",
      looked: all.length,
      wrong: all.flatMap(({ town, message, answers }) =>
        answers.filter(({ title }) => title === passing).map(() => named(town, message)),
      ),
    },
    {
      what: "what was written too long ago is not executed",
      looked: late.length,
      wrong: late.flatMap(({ town, message, answers }) =>
        answers.filter(({ title }) => title !== lateTitle).map(({ title }) => `${named(town, message)}: ${title}`),
      ),
    },
  ];
}

/** Connections that are lost take presses with them; otherwise an answer comes in time. */
function presses({ people, disasters, weather }: Looked): Finding {
  return {
    what: "each press is answered within 2 s, unless its process or connection was gone",
    looked: people.presses.length,
    wrong: people.presses
      .filter(({ ms }) => ms > 2_000 && !isCrowded())
      .filter(({ ms, began }) => !disasters.disturbed(began, began + ms) && !weather.loses(began, began + ms))
      .map(({ town, pressed, ms }) => `${town.name}: ${pressed} after ${Math.round(ms)} ms`),
  };
}

/** How often a card is pressed again whose page could not be had. */
const tries = 5;

/** Every card that was pressed shows the page of the latest press; where its list could not be read, once it is asked for again. */
async function turned({ people }: Looked): Promise<Finding> {
  const cards = people.cards();
  const wrong = await Promise.all(cards.map(whatIsWrong));
  return {
    what: "each card shows what was pressed last",
    looked: cards.length,
    wrong: wrong.filter((sentence) => sentence !== undefined),
  };
}

async function whatIsWrong({ town, id, pages, history }: PressedCard): Promise<string | undefined> {
  for (let tried = 0; tried < tries; tried += 1) {
    const { words, labels } = town.see(id);
    const page = pageOf(words);
    if (page !== undefined) {
      if (pages.has(page)) return undefined;
      const shown = `page ${page} in place of ${[...pages].join(" or ")}`;
      return `${town.name} ${id}: ${shown}; pressed: ${history}; seen: ${town.historyOf(id)}`;
    }
    const label = labels.find((one) => /Try again|Refresh/.test(one));
    if (label === undefined) break;
    await town.press(id, label, "judge");
    await wait(1_000);
  }
  return `${town.name} ${id}: no page but "${town.see(id).title}"`;
}

function tellings({ towns, stories }: Looked): readonly Finding[] {
  const chats = towns.flatMap((town) => town.watched.map((chat) => ({ town, chat })));
  const count = ({ name }: Story, what: "begin" | "end") =>
    chats.map(({ town, chat }) => ({ town, count: tellingsOf(town, chat, name, what).length }));
  const steady = stories.filter(({ kind, done }) => kind === "steady" && done);
  const restless = stories.filter(({ kind }) => kind === "restless");
  const notOnce = (what: "begin" | "end") =>
    steady.flatMap((story) =>
      count(story, what)
        .filter((told) => told.count !== 1)
        .map(({ town, count }) => `${town.name}: the ${what} of ${story.name}, ${count} times`),
    );
  return [
    { what: "each risk that lasts is told once", looked: steady.length, wrong: notOnce("begin") },
    { what: "its end is told once", looked: steady.length, wrong: notOnce("end") },
    {
      what: "a risk that comes and goes is told no more often than it came",
      looked: restless.length,
      wrong: restless.flatMap((story) =>
        count(story, "begin")
          .filter((told) => told.count > story.begins)
          .map(({ town, count }) => `${town.name}: ${story.name}, ${count} times of ${story.begins}`),
      ),
    },
    {
      what: "nothing is shown as open that is over",
      looked: chats.length,
      wrong: chats.flatMap(({ town, chat }) =>
        town
          .told(chat)
          .map(({ id }) => town.see(id))
          .filter(({ labels }) => labels.some((label) => /Acknowledge|Mute/.test(label)))
          .map(({ title, id }) => `${town.name} ${id}: ${title}`),
      ),
    },
  ];
}

async function outbox({ bots }: Looked): Promise<Finding> {
  const owed = await Promise.all(
    bots.map(async (bot) => Number(/^deskhand_notices_owed (\d+)/m.exec((await bot.get("/metrics"))?.text ?? "")?.[1])),
  );
  return {
    what: "nothing is owed to a chat any more",
    looked: bots.length,
    wrong: owed.flatMap((count, index) => (count === 0 ? [] : [`process ${index + 1}: ${count} notices`])),
  };
}
