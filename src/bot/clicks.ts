import { problemSentence, textsOf } from "../cards/index.ts";
import { type Command, parse } from "../commands/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { LabelsOf, Meter, Tracer } from "../telemetry/index.ts";
import { type Access, grantOf } from "./access.ts";
import { type Auditing, pressId } from "./auditing.ts";
import type { Channel, Click, ClickReply, Message } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";
import type { Arrival, Inbox } from "./memory.ts";
import type { AnswerMessage } from "./messages.ts";
import type { Owed } from "./owed.ts";
import type { Pace } from "./pace.ts";
import { createPage, type Page } from "./page.ts";
import { refusalOf } from "./run.ts";
import { tracedTake } from "./traced-take.ts";
import type { TurnCard } from "./turn-card.ts";
import { within } from "./within.ts";
import type { Work } from "./work.ts";

export interface ClicksOptions {
  readonly access: Access;
  readonly auditing: Pick<Auditing, "refused">;
  readonly turnCard: TurnCard;
  readonly answerMessage: AnswerMessage;
  readonly inbox: Inbox;
  readonly owed: Owed;
  readonly pace: Pace;
  readonly work: Work;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** Within which a click is answered whatever the API does, milliseconds. */
  readonly deadline: number;
}

type ClickArrival = Extract<Arrival, { kind: "click" }>;

/**
 * A press turns its card: at once where the page is there in time, by an update of the card where it comes later. Who may not
 * do it gets a word, and the card stays.
 */
export interface Clicks {
  /** Answers one press within the deadline. Never rejects. */
  answer(channel: Channel, click: Click): Promise<ClickReply>;
  /**
   * Turns the card of a press that was taken in some time ago and not answered, unless it is too old or the card has been
   * turned since. Says whether nothing is owed any more. Never rejects.
   */
  resume(channel: Channel, arrival: ClickArrival, ending: AbortSignal): Promise<boolean>;
}

/** After so long nobody waits for a card to turn any more, milliseconds. */
const forgottenAfter = 10 * 60_000;

/** The part of the time for an answer that the store may take. */
const storeShare = 0.4;

/** What a press is done by: most turn their card; a file comes into the chat, and the card stays. */
type Doing = (page: Page, ending: AbortSignal, resumed: boolean) => Promise<boolean>;

export function createClicks(options: ClicksOptions): Clicks {
  const { access, auditing, turnCard, answerMessage, inbox, owed, pace, work, clock, log, meter, tracer } = options;
  const { deadline } = options;

  async function answer(channel: Channel, click: Click): Promise<ClickReply> {
    const texts = textsOf(click.locale);
    // Before anything else: a press that is refused is written into the audit, and costs as much as another.
    if (!pace.allows(click)) {
      turnedAway(click, "too-fast");
      return { kind: "toast", text: texts.tooFast.todo, colour: "orange" };
    }
    const judged = judge(click);
    if ("kind" in judged) {
      return judged;
    }
    const started = clock.elapsed();
    const arrival: ClickArrival = { kind: "click", at: clock.now(), click };
    if ((await takeInTime(arrival)) === "known") {
      meter.count("duplicates", { channel: click.channel, kind: "click" });
      return { kind: "toast", text: texts.answered, colour: "orange" };
    }
    return begin(channel, arrival, { command: judged.command, left: deadline - (clock.elapsed() - started) });
  }

  function turnedAway({ channel }: Click, reason: LabelsOf<"turned_away">["reason"]): void {
    meter.count("turned_away", { channel, reason });
  }

  /** What is refused before anything is begun, or the command to run. */
  function judge(click: Click): ClickReply | { readonly command: Command } {
    const texts = textsOf(click.locale);
    const parsed = parse(click.text);
    const grant = grantOf(access, click);
    const refusal = parsed.ok ? refusalOf(parsed.command, grant) : grant.rights.has("query") ? undefined : "right";
    if (refusal !== undefined) {
      auditing.refused(click, parsed, "refused");
      const { happened } = refusal === "users" ? texts.usersUnshown : texts.refused;
      return { kind: "toast", text: happened, colour: "orange" };
    }
    if (!parsed.ok) {
      auditing.refused(click, parsed, "bad");
      return { kind: "toast", text: problemSentence(parsed.problem, texts), colour: "red" };
    }
    return { command: parsed.command };
  }

  /** A press whose store fails, or takes too long, is answered all the same: nobody delivers it again. */
  async function takeInTime(arrival: ClickArrival): Promise<"new" | "known" | "unstored"> {
    const taken = await within(clock, deadline * storeShare, take(arrival), "late" as const);
    if (taken !== "late") {
      return taken;
    }
    log.error({ channel: arrival.click.channel }, "A press could not be stored in time.");
    return "unstored";
  }

  async function take(arrival: ClickArrival): Promise<"new" | "known" | "unstored"> {
    try {
      return await tracedTake(tracer, inbox, arrival);
    } catch (error) {
      log.error({ fault: faultOf(error) }, "A press could not be stored.");
      return "unstored";
    }
  }

  async function begin(channel: Channel, arrival: ClickArrival, { command, left }: Beginning): Promise<ClickReply> {
    const texts = textsOf(arrival.click.locale);
    const page = createPage();
    const about = { "deskhand.channel": channel.name, "deskhand.arrival": "click" } as const;
    const doing = async (ending: AbortSignal) => {
      try {
        await owed.end(arrival, await doingOf(channel, arrival, command)(page, ending, false), ending);
      } finally {
        page.close();
      }
    };
    const place = tracer.place();
    const begun = work.begin((ending) => tracer.span("answer", about, () => doing(ending), place));
    if (begun !== "begun") {
      inbox.settle(arrival);
      if (begun === "full") {
        turnedAway(arrival.click, "full");
      }
      return { kind: "toast", text: begun === "full" ? texts.busy.happened : texts.stopping, colour: "orange" };
    }
    if (command.kind === "export") {
      return { kind: "toast", text: texts.exportBegun, colour: "green" };
    }
    await within(clock, Math.max(0, left), page.closed, undefined);
    return page.take() ?? { kind: "later", text: texts.wait[page.wait()] };
  }

  function doingOf(channel: Channel, { click, at }: ClickArrival, command: Command): Doing {
    return command.kind === "export"
      ? (_, ending, resumed) =>
          answerMessage(channel, asMessage(click, at), { ending, at, resumed, paced: true, how: "pressed" })
      : (page, ending) => turnCard.turn({ channel, click, at, command, page, ending });
  }

  async function isForgotten({ click, at }: ClickArrival, { kind }: Command): Promise<boolean> {
    // What a file waits for is the file itself, which is told to be too late when it is.
    return kind !== "export" && (clock.now() - at > forgottenAfter || (await turnCard.isOvertaken(click, at)));
  }

  return {
    answer,
    async resume(channel, arrival, ending) {
      const judged = judge(arrival.click);
      if ("kind" in judged || (await isForgotten(arrival, judged.command))) {
        return true;
      }
      const page = createPage();
      page.take();
      return doingOf(channel, arrival, judged.command)(page, ending, true);
    },
  };
}

/** A press as if its command had been typed below the card. */
function asMessage(click: Click, at: number): Message {
  const { channel, chat, user, message, text, locale } = click;
  return { channel, chat, user, id: pressId(click), replyTo: message, text, writtenAt: at, locale };
}

interface Beginning {
  readonly command: Command;
  /** Milliseconds until it has to be answered. */
  readonly left: number;
}
