import { type Card, toCard } from "../cards/index.ts";
import { type Command, commandText, type Parsed, parseMessage } from "../commands/index.ts";
import type { Clock, Wait } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import { type Access, grantOf } from "./access.ts";
import type { Answering } from "./answering.ts";
import type { Auditing } from "./auditing.ts";
import type { Channel, Message } from "./channel.ts";
import type { CommandLog } from "./command-log.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { type Destination, type Exports, exportDeadline } from "./exports.ts";
import type { Pace } from "./pace.ts";
import { createReply, type Reply } from "./reply.ts";
import type { ShowAnswer } from "./show-answer.ts";

export interface MessagesOptions {
  readonly answering: Answering;
  readonly access: Access;
  readonly auditing: Pick<Auditing, "late">;
  readonly commandLog: Pick<CommandLog, "late">;
  readonly delivery: Delivery;
  readonly exports: Exports;
  readonly showAnswer: ShowAnswer;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly meter: Meter;
  /** After how long a message that is being worked on is told so, milliseconds. */
  readonly patience: number;
}

export interface MessageCall {
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
  /** When the message reached the bot, epoch milliseconds. */
  readonly at: number;
  /** It was taken in some time ago, and may have been answered in part. */
  readonly resumed: boolean;
  /** It was counted already, as a press. */
  readonly paced?: boolean | undefined;
  /** Pressed: the message stands for a press. */
  readonly how?: "typed" | "pressed" | undefined;
}

/** Answers one message, and says whether it is answered; see `Reply.finish`. Never rejects. */
export type AnswerMessage = (channel: Channel, message: Message, call: MessageCall) => Promise<boolean>;

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const answered = new Error("The command was answered.");

/** A command that took longer than this to reach the bot is not run, milliseconds. */
const lateAfter = 10 * 60_000;
/** Nor is one that could not be answered for so long; that is how long Lark knows the key of an answer that stands. */
const lateWithin = 60 * 60_000;

export function createMessages(options: MessagesOptions): AnswerMessage {
  const { answering, access, auditing, commandLog, delivery, exports, showAnswer, pace, clock, meter, patience } =
    options;

  return async (channel, message, { ending, at, resumed, paced = resumed, how = "typed" }) => {
    const reply = createReply({ delivery, clock, channel, message, resumed, ending });
    if (at - message.writtenAt > lateAfter || clock.now() - at > lateWithin) {
      meter.count("turned_away", { channel: channel.name, reason: "late" });
      const parsed = parsedOf(message);
      auditing.late(message, parsed, at);
      commandLog.late(message, grantOf(access, message), parsed, how === "pressed");
      const minutes = Math.floor((clock.now() - message.writtenAt) / 60_000);
      return reply.finish(toCard({ kind: "late", minutes }, message.locale));
    }
    if (!paced && !pace.allows(message)) {
      meter.count("turned_away", { channel: channel.name, reason: "too-fast" });
      return reply.finish(toCard({ kind: "too-fast" }, message.locale));
    }
    if (message.unread === true) {
      meter.count("turned_away", { channel: channel.name, reason: "unread" });
      return reply.finish(toCard({ kind: "unread" }, message.locale));
    }
    const waiting = createWaiting(message, (card) => reply.show(card));
    const done = new AbortController();
    // Both ways lead on: the sleep ends, or the answer was faster.
    void clock.sleep(patience, done.signal).then(waiting.open, () => undefined);
    const parsed = parsedOf(message);
    const origin = { how, id: message.id, at } as const;
    const usual = { origin, signals: [ending], fresh: false, onWait: waiting.onWait };
    const isExport = parsed.ok && parsed.command.kind === "export";
    const answer = await answering(
      message,
      parsed,
      isExport ? { ...usual, run: exports(fileTo(channel, message, reply, ending)), deadline: exportDeadline } : usual,
    );
    waiting.close();
    done.abort(answered);
    if (isExport && ending.aborted && answer.kind === "failure") {
      // It may take many minutes more: the next process begins it anew.
      return false;
    }
    return reply.finish(showAnswer(answer, message.locale, channel));
  };
}

/** Talk to the bot is a question of what can be asked. */
function parsedOf({ text, unread }: Message): Parsed {
  const isTalk = unread === true || commandText(text) === undefined;
  return isTalk ? { ok: true, command: { kind: "help" } } : parseMessage(text);
}

/** The file of an export goes where its answer goes. */
function fileTo(channel: Channel, message: Message, reply: Reply, ending: AbortSignal): Destination {
  const { chat, user, id, inThread, replyTo = id, locale } = message;
  const options = { replyTo, inThread, key: sendKey(channel.name, chat, id, "file") };
  return { channel, chat, user, locale, options, show: reply.show, ending };
}

/** Says that a command is being worked on, and why it has to wait: only while it does, and only once it takes long. */
function createWaiting({ locale }: Message, show: (card: Card) => void) {
  let state: "early" | "open" | "closed" = "early";
  let current: { readonly command: Command; readonly wait: Wait | "working" } | undefined;
  const tell = () => {
    if (state === "open" && current !== undefined) {
      show(toCard({ kind: "working", ...current }, locale));
    }
  };
  return {
    onWait(command: Command, wait: Wait | "working") {
      const changed = current?.wait !== wait;
      current = { command, wait };
      if (changed) {
        tell();
      }
    },
    open() {
      if (state === "early") {
        state = "open";
        tell();
      }
    },
    close() {
      state = "closed";
    },
  };
}
