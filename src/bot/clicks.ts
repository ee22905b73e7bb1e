import { problemSentence, textsOf } from "../cards/index.ts";
import { type Command, parse, print } from "../commands/index.ts";
import type { Clock } from "../fleet/index.ts";
import { type Access, grantOf } from "./access.ts";
import type { Answering } from "./answering.ts";
import type { Channel, Click, ClickReply } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { faultOf, type Log } from "./log.ts";
import type { Memory } from "./memory.ts";
import type { Pace } from "./pace.ts";
import { createPage, type Page } from "./page.ts";
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
  readonly memory: Memory;
  readonly pace: Pace;
  readonly work: Work;
  readonly clock: Clock;
  readonly log: Log;
  /** Within which a click is answered whatever the API does, milliseconds. */
  readonly deadline: number;
}

/**
 * A press turns its card: at once where the page is there in time, by an update of the card where it comes later. Of several
 * presses on one card the last decides, whichever answer comes first. Who may not do it gets a word, and the card stays.
 */
export interface Clicks {
  /** Answers one press within the deadline. Never rejects. */
  answer(channel: Channel, click: Click): Promise<ClickReply>;
  /**
   * Turns the card of a press that an earlier process took in and did not get to answer, and says whether that is done:
   * false while the channel fails. Never rejects.
   */
  resume(channel: Channel, click: Click, ending: AbortSignal): Promise<boolean>;
}

export function createClicks(options: ClicksOptions): Clicks {
  const { answering, access, delivery, showAnswer, memory, pace, work, clock, log, deadline } = options;
  const turns = createTurns();

  async function answer(channel: Channel, click: Click): Promise<ClickReply> {
    const texts = textsOf(click.locale);
    const judged = judge(click);
    if ("kind" in judged) {
      return judged;
    }
    if (!pace.allows(click)) {
      return { kind: "toast", text: texts.tooFast.todo, colour: "orange" };
    }
    const page = createPage();
    const begun = work.begin(async (ending) => {
      try {
        await takeAndTurn(channel, click, { command: judged.command, page, ending });
      } finally {
        page.close();
      }
    });
    if (begun !== "begun") {
      return { kind: "toast", text: begun === "full" ? texts.busy.happened : texts.stopping, colour: "orange" };
    }
    await within(clock, deadline, page.closed, undefined);
    return page.take() ?? { kind: "later", text: texts.wait[page.wait()] };
  }

  /** What is refused before anything is begun, or the command to run. */
  function judge(click: Click): ClickReply | { readonly command: Command } {
    const texts = textsOf(click.locale);
    const parsed = parse(click.text);
    const grant = grantOf(access, click);
    if (!grant.rights.has("query") || (parsed.ok && refuses(parsed.command, grant))) {
      return { kind: "toast", text: texts.refused.happened, colour: "orange" };
    }
    if (!parsed.ok) {
      return { kind: "toast", text: problemSentence(parsed.problem, texts), colour: "red" };
    }
    return { command: parsed.command };
  }

  async function takeAndTurn(channel: Channel, click: Click, progress: Progress): Promise<void> {
    const texts = textsOf(click.locale);
    const arrival = { kind: "click", click } as const;
    try {
      if ((await memory.inbox.take(arrival)) === "known") {
        progress.page.offer({ kind: "toast", text: texts.answered, colour: "orange" });
        return;
      }
    } catch (error) {
      log.error({ fault: faultOf(error) }, "A press could not be stored, and was not run.");
      progress.page.offer({ kind: "toast", text: texts.internal.todo, colour: "red" });
      return;
    }
    if (await turnCard(channel, click, progress)) {
      memory.inbox.settle(arrival);
    }
  }

  async function turnCard(channel: Channel, click: Click, { command, page, ending }: Progress): Promise<boolean> {
    const turn = turns.begin(JSON.stringify([click.channel, click.chat, click.message]));
    try {
      turn.overtaken.addEventListener("abort", page.close, { once: true });
      const answered = await answering(
        click,
        { ok: true, command },
        {
          signals: [ending, turn.overtaken],
          fresh: await isShown(click, command),
          onWait: (_, wait) => page.waitsFor(wait),
        },
      );
      await turn.settled();
      const overtaken = turn.overtaken.aborted;
      return (
        overtaken || (await show(channel, click, { turn, page, card: showAnswer(answered, click.locale, channel) }))
      );
    } finally {
      turn.end();
    }
  }

  /** Whether the card shows this very command already: then it is to be asked anew, not answered from a moment ago. */
  async function isShown(click: Click, command: Command): Promise<boolean> {
    try {
      const shown = await memory.cards.commandOf(click.channel, click.chat, click.message);
      return shown === print(command);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "It could not be looked up what a card shows.");
      return false;
    }
  }

  async function show(channel: Channel, click: Click, { turn, page, card }: Shown): Promise<boolean> {
    if (!page.offer({ kind: "card", card })) {
      return turn.change(() => updateCard(channel, click, card));
    }
    const { chat, message } = click;
    memory.cards.record({ channel: channel.name, chat, message, command: card.command });
    return true;
  }

  /** The card as it was promised; where it cannot be changed any more, as a new message. Whether one of them was shown. */
  async function updateCard(channel: Channel, click: Click, card: Shown["card"]): Promise<boolean> {
    const updated = await delivery.update(channel, click.chat, click.message, card);
    if (updated.ok || updated.gone === true) {
      return true;
    }
    const key = sendKey(click.channel, click.chat, click.message, click.id);
    const sent = await delivery.send(channel, click.chat, card, { replyTo: click.message, key });
    return sent.ok || !sent.recoverable;
  }

  return {
    answer,
    async resume(channel, click, ending) {
      const judged = judge(click);
      if ("kind" in judged) {
        return true;
      }
      const page = createPage();
      page.take();
      return turnCard(channel, click, { command: judged.command, page, ending });
    },
  };
}

interface Progress {
  readonly command: Command;
  readonly page: Page;
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
}

interface Shown {
  readonly turn: Turn;
  readonly page: Page;
  readonly card: Extract<ClickReply, { kind: "card" }>["card"];
}
