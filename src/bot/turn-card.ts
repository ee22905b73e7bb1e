import type { Card } from "../cards/index.ts";
import { type Command, print } from "../commands/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Answering } from "./answering.ts";
import { pressId } from "./auditing.ts";
import type { Channel, Click, Sent } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { insist } from "./insist.ts";
import { faultOf, type Log } from "./log.ts";
import type { Showing, ShownCards } from "./memory.ts";
import type { Page } from "./page.ts";
import type { ShowAnswer } from "./show-answer.ts";
import { createTurns, type Turn } from "./turns.ts";

/** A press that was judged and is on disk. */
export interface Press {
  readonly channel: Channel;
  readonly click: Click;
  /** When it reached the bot, epoch milliseconds. */
  readonly at: number;
  readonly command: Command;
  /** Who waits for the card. */
  readonly page: Page;
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
}

/**
 * Turns a card to what was pressed: by handing it to whoever waits, or by an update. Of several presses on one card the last
 * decides, whichever answer comes first and whichever process took it.
 */
export interface TurnCard {
  /** Resolves with whether nothing is owed any more: it is done, or a newer press has overtaken it. */
  turn(press: Press): Promise<boolean>;
  /** Whether the card has been turned since, or is being turned now. */
  isOvertaken(click: Click, at: number): Promise<boolean>;
}

export interface TurnCardOptions {
  readonly answering: Answering;
  readonly delivery: Delivery;
  readonly showAnswer: ShowAnswer;
  readonly cards: ShownCards;
  readonly clock: Clock;
  readonly log: Log;
}

export function createTurnCard({ answering, delivery, showAnswer, cards, clock, log }: TurnCardOptions): TurnCard {
  const turns = createTurns();

  async function turn(press: Press): Promise<boolean> {
    const { channel, click, command, page, ending } = press;
    const own = turns.begin(cardOf(click));
    try {
      own.overtaken.addEventListener("abort", page.close, { once: true });
      const shown = await showing(click);
      const answer = await answering(
        click,
        { ok: true, command },
        {
          origin: { how: "pressed", id: pressId(click), at: press.at },
          signals: [ending, own.overtaken],
          // Who presses what the card shows already wants it anew, and not what was read a moment ago.
          fresh: shown?.command === print(command),
          onWait: (_, wait) => page.waitsFor(wait),
        },
      );
      return await show(press, own, showAnswer(answer, click.locale, channel));
    } finally {
      own.end();
    }
  }

  async function show(press: Press, own: Turn, card: Card): Promise<boolean> {
    const { channel, click, at, page } = press;
    const { chat, message } = click;
    const offer = () => page.offer({ kind: "card", card });
    if (channel.repliesTo === "presser" && !own.overtaken.aborted) {
      // Not after the change before it, which may have to wait until this press is answered.
      offer();
    }
    await own.settled();
    if (own.overtaken.aborted) {
      return true;
    }
    if (channel.repliesTo === "everyone" && offer()) {
      cards.record({ channel: channel.name, chat, message, command: card.command, at });
      return true;
    }
    // Another process may have answered a newer press meanwhile.
    return (await wasTurned(click, at)) || own.change(() => update(press, own.overtaken, card));
  }

  /** The card as it was promised; where it cannot be changed any more, as a new message. */
  async function update({ channel, click, at, ending }: Press, overtaken: AbortSignal, card: Card): Promise<boolean> {
    const { chat, message, id } = click;
    const put = async (): Promise<Sent> => {
      const updated = await delivery.update(channel, chat, message, card, { overtaken, pressedAt: at });
      if (updated.ok || updated.recoverable || updated.gone === true) {
        return updated;
      }
      return delivery.send(channel, chat, card, { replyTo: message, key: sendKey(channel.name, chat, message, id) });
    };
    return (await insist({ clock, signals: [ending, overtaken], put })) || overtaken.aborted;
  }

  async function showing({ channel, chat, message }: Click): Promise<Showing | undefined> {
    try {
      return await cards.shown(channel, chat, message);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "It could not be looked up what a card shows.");
      return undefined;
    }
  }

  async function wasTurned(click: Click, at: number): Promise<boolean> {
    const shown = await showing(click);
    return shown !== undefined && shown.at > at;
  }

  return {
    turn,
    isOvertaken: async (click, at) => turns.isTurning(cardOf(click)) || wasTurned(click, at),
  };
}

function cardOf({ channel, chat, message }: Click): string {
  return JSON.stringify([channel, chat, message]);
}
