import { type Card, problemSentence, textsOf } from "../cards/index.ts";
import { type Command, parse } from "../commands/index.ts";
import type { Clock, Wait } from "../fleet/index.ts";
import { type Access, grantOf } from "./access.ts";
import type { Answering } from "./answering.ts";
import type { Channel, Click, ClickReply } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { refuses } from "./run.ts";
import type { ShowAnswer } from "./show-answer.ts";
import { createTurns, type Turn } from "./turns.ts";
import { within } from "./within.ts";
import type { Work } from "./work.ts";

export interface ClicksOptions {
  readonly answering: Answering;
  readonly access: Access;
  readonly delivery: Delivery;
  readonly showAnswer: ShowAnswer;
  readonly work: Work;
  readonly clock: Clock;
  /** Within which a click is answered whatever the API does, milliseconds. */
  readonly deadline: number;
}

/** Answers one press within the deadline. Never rejects. */
export type AnswerClick = (channel: Channel, click: Click) => Promise<ClickReply>;

/**
 * A press turns its card: at once where the page is there in time, by an update of the card where it comes later. Of several
 * presses on one card the last decides, whichever answer comes first. Who may not do it gets a word, and the card stays.
 */
export function createClicks(options: ClicksOptions): AnswerClick {
  const { answering, access, delivery, showAnswer, work, clock, deadline } = options;
  const turns = createTurns();

  return async (channel, click) => {
    const texts = textsOf(click.locale);
    const parsed = parse(click.text);
    const grant = grantOf(access, click);
    if (!grant.rights.has("query") || (parsed.ok && refuses(parsed.command, grant))) {
      return { kind: "toast", text: texts.refused.happened, colour: "orange" };
    }
    if (!parsed.ok) {
      return { kind: "toast", text: problemSentence(parsed.problem, texts), colour: "red" };
    }
    const page = createPage();
    const begun = work.begin(async (ending) => {
      const turn = turns.begin(JSON.stringify([click.channel, click.chat, click.message]));
      try {
        await turnCard(channel, click, parsed.command, { turn, page, ending });
      } finally {
        turn.end();
        page.close();
      }
    });
    if (begun !== "begun") {
      return { kind: "toast", text: begun === "full" ? texts.busy.happened : texts.stopping, colour: "orange" };
    }
    await within(clock, deadline, page.closed, undefined);
    const card = page.take();
    return card === undefined ? { kind: "later", text: texts.wait[page.wait()] } : { kind: "card", card };
  };

  async function turnCard(
    channel: Channel,
    click: Click,
    command: Command,
    { turn, page, ending }: Progress,
  ): Promise<void> {
    turn.overtaken.addEventListener("abort", page.close, { once: true });
    const answer = await answering(
      click,
      { ok: true, command },
      { signals: [ending, turn.overtaken], fresh: click.again, onWait: (_, wait) => page.waitsFor(wait) },
    );
    await turn.settled();
    if (turn.overtaken.aborted) {
      return;
    }
    const card = showAnswer(answer, click.locale);
    if (!page.offer(card)) {
      await turn.change(() => updateCard(channel, click, card));
    }
  }

  /** The card as it was promised; where it cannot be changed any more, as a new message. */
  async function updateCard(channel: Channel, click: Click, card: Card): Promise<void> {
    const updated = await delivery.update(channel, click.chat, click.message, card);
    if (!updated.ok) {
      const key = sendKey(click.channel, click.chat, click.message, click.id);
      await delivery.send(channel, click.chat, card, { replyTo: click.message, key });
    }
  }
}

interface Progress {
  readonly turn: Turn;
  readonly page: Page;
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
}

/** The page that a press brings, handed from the work to whoever waits for it: in time, or never. */
interface Page {
  /** Hands it over; false when nobody waits for it any more. */
  offer(card: Card): boolean;
  /** Nothing comes any more in time. */
  close(): void;
  /** Resolves when the page is there or nothing comes any more. */
  readonly closed: Promise<void>;
  /** Ends the waiting, and gives what came in time. */
  take(): Card | undefined;
  waitsFor(wait: Wait | "working"): void;
  wait(): Wait | "working";
}

function createPage(): Page {
  const { promise, resolve } = Promise.withResolvers<void>();
  let awaited = true;
  let card: Card | undefined;
  let reason: Wait | "working" = "working";
  return {
    offer(one) {
      if (awaited) {
        card = one;
        resolve();
      }
      return awaited;
    },
    close: () => resolve(),
    closed: promise,
    take() {
      awaited = false;
      return card;
    },
    waitsFor(wait) {
      reason = wait;
    },
    wait: () => reason,
  };
}
