import type { Clock } from "../fleet/index.ts";
import { type Meter, noTracer, type Tracer } from "../telemetry/index.ts";
import type { Access } from "./access.ts";
import { createAnswering } from "./answering.ts";
import { createArrivals } from "./arrivals.ts";
import type { Audit } from "./audit.ts";
import type { Scrub } from "./audit-of.ts";
import { type Auditing, createAuditing } from "./auditing.ts";
import type { Bot, Channel } from "./channel.ts";
import { type Clicks, createClicks } from "./clicks.ts";
import { createCommandLog } from "./command-log.ts";
import { createDelivery, type Delivery } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import { createExcuses } from "./excuses.ts";
import type { Exporter } from "./exporter.ts";
import { createExports } from "./exports.ts";
import { faultOf, type Log } from "./log.ts";
import type { ChannelMemory, Memory } from "./memory.ts";
import { type AnswerMessage, createMessages } from "./messages.ts";
import { createOwed, type Owed } from "./owed.ts";
import { createPace, type Pace } from "./pace.ts";
import { createPresence } from "./presence.ts";
import { createReceiving } from "./receiving.ts";
import type { Run } from "./run.ts";
import { createShowAnswer } from "./show-answer.ts";
import { createSpeaking } from "./speaking.ts";
import { createTakingUp } from "./taking-up.ts";
import { createTurnCard } from "./turn-card.ts";
import { within } from "./within.ts";
import { createWork, type Work } from "./work.ts";

export interface BotOptions {
  readonly run: Run;
  readonly exporter: Exporter;
  readonly desk: Desk;
  readonly access: Access;
  readonly audit: Audit;
  readonly channels: readonly Channel[];
  readonly memory: Memory & Pick<ChannelMemory, "notes">;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
  /** A text without the secrets of this bot, whoever typed them: before it is cut for the log or an audit. */
  readonly scrub?: Scrub | undefined;
  /** What somebody wrote or pressed without the secrets of this bot: before it is stored, logged, run or shown. */
  readonly scrubTyped?: Scrub | undefined;
  readonly pace?: Pace | undefined;
  /** After how long a typed command shows that it is being worked on, milliseconds. */
  readonly patience?: number | undefined;
  /** Within which a click is answered whatever the API does, milliseconds; platforms allow 2 to 3 s, the way there included. */
  readonly clickDeadline?: number | undefined;
  /** After how long a command is given up, milliseconds. */
  readonly deadline?: number | undefined;
  /** After how long a channel that does not answer is not waited for any more, milliseconds. */
  readonly sendDeadline?: number | undefined;
  /** How many commands may be under way at once. */
  readonly limit?: number | undefined;
  /** How many more may wait for their turn. */
  readonly backlog?: number | undefined;
}

export interface RunningBot extends Bot {
  /** Sends what nobody asked for: to the same chats, with the same memory of them. */
  readonly delivery: Delivery;
  /** Takes up what an earlier process left unanswered. */
  start(): void;
  /** Answers what was accepted, takes nothing new, and ends what is not done by the deadline (milliseconds). */
  stop(deadline: number): Promise<void>;
}

/** What holds unless it is given: milliseconds, and numbers of commands. */
const usual = {
  patience: 2_000,
  clickDeadline: 1_500,
  deadline: 60_000,
  sendDeadline: 20_000,
  limit: 500,
  backlog: 10_000,
} as const;

/**
 * One pipeline for every channel: receive, drop what was delivered before, read, check what this person may do here, run
 * with a deadline, and answer with a card.
 */
export function createBot(options: BotOptions): RunningBot {
  const { memory, clock, log, meter, tracer = noTracer, scrub = (text) => text } = options;
  const { scrubTyped = (text) => text } = options;
  const { limit = usual.limit, backlog = usual.backlog } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const onFault = (error: unknown) => log.error({ fault: faultOf(error) }, "An answer failed by a fault of the bot.");
  const work = createWork({ clock, limit, backlog, onFault });
  meter.gauge("work_under_way", work.underWay);
  meter.gauge("work_waiting", work.waiting);

  function channelOf(name: string): Channel | undefined {
    const channel = channels.get(name);
    if (channel === undefined) {
      log.error({ channel: name }, "Something came from a channel that the bot does not have.");
    }
    return channel;
  }

  const presence = createPresence({ chats: memory.chats, clock, log });
  const delivery = createDelivery({
    ...{ cards: memory.cards, presence, clock, log, meter, tracer },
    patience: options.sendDeadline ?? usual.sendDeadline,
  });
  const auditing = createAuditing({ audit: options.audit, clock, log, meter, scrub });
  const speaking = createSpeaking({ desk: options.desk, clock });
  const { inbox } = memory;
  const owed = createOwed({ inbox, clock, log });
  const { answerMessage, clicks } = createAnswers({ ...options, tracer, scrub }, { work, delivery, auditing, owed });
  const excuses = createExcuses({ channels, delivery, clock, log, meter, onFault });
  const { access } = options;
  const answer = createTakingUp({ channelOf, access, answerMessage, auditing, clicks, delivery, presence, speaking });
  const { excuse } = excuses;
  const arrivals = createArrivals({ inbox, owed, work, clock, log, meter, tracer, answer, onFull: excuse });

  return {
    ...createReceiving({ channelOf, arrivals, clicks, speaking, scrub: scrubTyped, clock, log, meter, tracer }),
    delivery,
    start: arrivals.start,
    async stop(deadline) {
      await within(clock, deadline, arrivals.stop(), undefined);
      await Promise.all([work.drain(deadline), excuses.drain(deadline)]);
    },
  };
}

interface Ground {
  readonly work: Work;
  readonly delivery: Delivery;
  readonly auditing: Auditing;
  readonly owed: Owed;
}

/** What answers messages, and what answers presses: the same commands, with the same rights and at the same pace. */
function createAnswers(
  options: BotOptions & { readonly tracer: Tracer; readonly scrub: Scrub },
  { work, delivery, auditing, owed }: Ground,
): { readonly answerMessage: AnswerMessage; readonly clicks: Clicks } {
  const { run, exporter, desk, access, memory, clock, log, meter, tracer, pace = createPace({ clock }) } = options;
  const { patience = usual.patience, deadline = usual.deadline, clickDeadline = usual.clickDeadline } = options;
  const { inbox, cards, notes } = memory;
  const commandLog = createCommandLog(log, options.scrub);
  const answering = createAnswering({
    ...{ run, desk, access, auditing, commandLog, clock, log, meter, tracer },
    deadline,
  });
  const showAnswer = createShowAnswer(log, tracer);
  const exports = createExports({ exporter, delivery, notes, clock, log });
  const answerMessage = createMessages({
    ...{ answering, access, auditing, commandLog, delivery, exports, showAnswer, pace, clock, meter },
    patience,
  });
  const turnCard = createTurnCard({ answering, delivery, showAnswer, cards, clock, log });
  const clicks = createClicks({
    ...{ access, auditing, turnCard, answerMessage, inbox, owed, pace, work, clock, log, meter, tracer },
    deadline: clickDeadline,
  });
  return { answerMessage, clicks };
}
