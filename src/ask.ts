import type { Logger } from "pino";
import { createRunner, openFleet } from "./app.ts";
import { operatorGrant } from "./bot/index.ts";
import { type Answer, type Card, type Locale, toCardThatFits } from "./cards/index.ts";
import { parseMessage } from "./commands/index.ts";
import type { Config } from "./config/index.ts";

export interface Question {
  readonly config: Config;
  readonly log: Logger;
  /** As it would be typed into a chat. */
  readonly text: string;
  readonly locale: Locale;
  /** Whether the card can be shown where it is meant for. */
  readonly fits: (card: Card) => boolean;
}

export interface Asked {
  readonly card: Card;
  /** Whether the command was good and the API answered. */
  readonly good: boolean;
}

/** How long one command may take, milliseconds. */
const deadline = 120_000;

/** Runs one command as the operator, without any chat, and closes everything that it opened. */
export async function askOnce(question: Question): Promise<Asked> {
  const answer = await answerOf(question);
  const bad: readonly Answer["kind"][] = ["problem", "failure", "too-large", "internal"];
  return { card: toCardThatFits(answer, question.locale, question.fits), good: !bad.includes(answer.kind) };
}

async function answerOf({ config, log, text }: Question): Promise<Answer> {
  const parsed = parseMessage(text);
  if (!parsed.ok) {
    return { kind: "problem", problem: parsed.problem };
  }
  const source = await openFleet({ config, log });
  try {
    const run = createRunner(config, source.fleet);
    const signal = AbortSignal.timeout(deadline);
    return await run(parsed.command, operatorGrant, { urgency: "person", signal });
  } finally {
    await source.close();
  }
}
