import { LRUCache } from "lru-cache";
import { type Answer, type Card, type Locale, textsOf, toCard } from "../cards/index.ts";
import { type Command, commandText, type Parsed, parse, parseMessage, print } from "../commands/index.ts";
import type { Clock, Wait } from "../fleet/index.ts";
import { type Access, type Asker, type Grant, grantOf } from "./access.ts";
import type { Bot, Channel, Click, ClickReply, Message } from "./channel.ts";
import type { Run } from "./run.ts";
import { createTurns } from "./turns.ts";
import { createWork } from "./work.ts";

/** What the bot writes to its log; a pino logger is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface BotOptions {
  readonly run: Run;
  readonly access: Access;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  /** After how long a typed command shows that it is being worked on, milliseconds. */
  readonly patience?: number | undefined;
  /** Within which a click is answered whatever the API does, milliseconds; platforms allow 2 to 3 s. */
  readonly clickDeadline?: number | undefined;
  /** After how long a command is given up, milliseconds. */
  readonly deadline?: number | undefined;
  /** How many commands may be under way at once. */
  readonly limit?: number | undefined;
}

export interface RunningBot extends Bot {
  /** Answers what was accepted, takes nothing new, and ends what is not done by the deadline (milliseconds). */
  stop(deadline: number): Promise<void>;
}

/** A command that took longer than this to reach the bot is not run. */
const lateAfter = 10 * 60_000;
/** For how long deliveries are remembered: Lark delivers a message again up to six hours later. */
const remembered = 8 * 3_600_000;

/**
 * One pipeline for every channel: receive, drop what was delivered before, read, check what this person may do here, run
 * with a deadline, and answer with a card.
 */
export function createBot(options: BotOptions): RunningBot {
  const { run, access, clock, log, patience = 2_000, clickDeadline = 1_800, deadline = 60_000 } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const seen = new LRUCache<string, true>({ max: 50_000, ttl: remembered });
  const replies = new LRUCache<string, Promise<ClickReply>>({ max: 5_000, ttl: remembered });
  const shown = new LRUCache<string, Card>({ max: 2_000 });
  const updates = new Map<string, Promise<void>>();
  const turns = createTurns<Card>();
  const work = createWork({
    clock,
    limit: options.limit ?? 500,
    onFault: (error) => log.error({ err: error }, "An answer could not be sent."),
  });

  return {
    async receive(message) {
      const key = `${message.channel}/${message.id}`;
      const channel = channels.get(message.channel);
      if (channel === undefined || seen.has(key)) {
        return;
      }
      seen.set(key, true);
      if (!work.begin((signal) => answerMessage(channel, message, signal))) {
        const card = toCard({ kind: "busy", command: undefined }, message.locale);
        await channel.send(message.chat, card, { replyTo: message.id, key: message.id });
      }
    },
    click(click) {
      const key = `${click.channel}/${click.id}`;
      const reply = replies.get(key) ?? answerClick(click);
      replies.set(key, reply);
      return reply;
    },
    stop: (limit) => work.drain(limit),
  };

  async function answerMessage(channel: Channel, message: Message, stopping: AbortSignal): Promise<void> {
    const age = clock.now() - message.writtenAt;
    if (age > lateAfter) {
      const card = toCard({ kind: "late", minutes: Math.floor(age / 60_000) }, message.locale);
      await channel.send(message.chat, card, { replyTo: message.id, key: message.id });
      return;
    }
    const text = commandText(message.text) ?? message.text.trim();
    const pending = createPending(channel, message);
    const answer = respond(message, parseMessage(text), stopping, pending.waiting);
    const done = new AbortController();
    const patient = clock.sleep(patience, done.signal).then(
      () => pending.show(),
      () => undefined,
    );
    const card = toCard(await answer, message.locale);
    done.abort();
    await patient;
    await pending.finish(card);
  }

  /** The message that answers a message: at once the answer, or after a while that it is being worked on. */
  function createPending(channel: Channel, { chat, id, locale }: Message) {
    let message: string | undefined;
    let wait: Wait | "working" = "working";
    let command: Command | undefined;
    let open = false;
    let last: Promise<unknown> = Promise.resolve();

    const put = (card: Card) => {
      last = last.then(async () => {
        if (message !== undefined) {
          return report(channel, await channel.update(chat, message, card));
        }
        const sent = await channel.send(chat, card, { replyTo: id, key: id });
        message = sent.ok ? sent.message : undefined;
        return report(channel, sent);
      });
      return last;
    };
    const showWait = () =>
      command === undefined ? undefined : put(toCard({ kind: "working", command, wait }, locale));
    return {
      waiting(of: Command, reason: Wait | "working") {
        const changed = command === undefined || reason !== wait;
        [command, wait] = [of, reason];
        if (open && changed) {
          void showWait();
        }
      },
      async show() {
        open = true;
        await showWait();
      },
      async finish(card: Card) {
        open = false;
        await put(card);
      },
    };
  }

  async function answerClick(click: Click): Promise<ClickReply> {
    const texts = textsOf(click.locale);
    const parsed = parse(click.text);
    if (!parsed.ok) {
      return { kind: "toast", text: texts.problem(parsed.problem), colour: "red" };
    }
    const channel = channels.get(click.channel);
    const grant = grantOf(access, click);
    if (channel === undefined || !grant.rights.has("query")) {
      return { kind: "toast", text: texts.refused.happened, colour: "orange" };
    }
    return turnCard(channel, click, parsed);
  }

  async function turnCard(channel: Channel, click: Click, parsed: Parsed): Promise<ClickReply> {
    const texts = textsOf(click.locale);
    const key = JSON.stringify([click.channel, click.chat, click.message]);
    const timer = new AbortController();
    // Whoever comes first, the answer or the deadline, decides how the card is turned; nothing is shown twice or never.
    let by: "reply" | "update" | undefined;
    let ready: Promise<Card> | undefined;
    const begun = work.begin(async (stopping) => {
      const turned = turns.take(key, async () => toCard(await respond(click, parsed, stopping), click.locale));
      ready = Promise.all([turned, updates.get(key)]).then(([card]) => {
        by ??= "reply";
        return card;
      });
      const card = await ready;
      if (by === "update") {
        await updateCard(channel, click, key, card);
      }
    });
    if (!begun || ready === undefined) {
      return { kind: "toast", text: texts.busy.happened, colour: "orange" };
    }
    const late = clock.sleep(clickDeadline, timer.signal).then(
      () => {
        by ??= "update";
      },
      () => undefined,
    );
    await Promise.race([ready, late]);
    timer.abort();
    if (by === "update") {
      return { kind: "later", text: texts.wait.working };
    }
    const card = await ready;
    shown.set(key, card);
    return { kind: "card", card };
  }

  /** Changes a card after its click was answered: one at a time, and not to what it shows already. */
  function updateCard(channel: Channel, click: Click, key: string, card: Card): Promise<void> {
    const before = updates.get(key) ?? Promise.resolve();
    const update = before.then(async () => {
      if (shown.get(key) !== card) {
        shown.set(key, card);
        report(channel, await channel.update(click.chat, click.message, card));
      }
    });
    updates.set(key, update);
    return update.finally(() => {
      if (updates.get(key) === update) {
        updates.delete(key);
      }
    });
  }

  /** The answer to a text: never rejects, and logs one line. */
  async function respond(
    asker: Asker & { readonly locale: Locale },
    parsed: Parsed,
    stopping: AbortSignal,
    onWait: (command: Command, wait: Wait | "working") => void = () => undefined,
  ): Promise<Answer> {
    const started = clock.elapsed();
    const grant = grantOf(access, asker);
    const answer = await answerOf(grant, parsed, stopping, onWait);
    log.info(
      {
        channel: asker.channel,
        chat: asker.chat,
        ...(grant.show === "full" && { user: asker.user }),
        command: parsed.ok ? print(parsed.command) : undefined,
        outcome: answer.kind,
        ...(answer.kind === "failure" && { failure: answer.failure }),
        milliseconds: Math.round(clock.elapsed() - started),
      },
      "command",
    );
    return answer;
  }

  async function answerOf(
    grant: Grant,
    parsed: Parsed,
    stopping: AbortSignal,
    onWait: (command: Command, wait: Wait | "working") => void,
  ): Promise<Answer> {
    if (!grant.rights.has("query")) {
      return { kind: "refused" };
    }
    if (!parsed.ok) {
      return { kind: "problem", problem: parsed.problem };
    }
    const { command } = parsed;
    onWait(command, "working");
    try {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(deadline)]);
      return await run(command, grant, { urgency: "person", signal, onWait: (wait) => onWait(command, wait) });
    } catch (error) {
      log.error({ err: error, command: print(command) }, "A command failed by a fault of the bot.");
      return { kind: "internal", command };
    }
  }

  function report(channel: Channel, sent: { readonly ok: boolean; readonly reason?: string }): void {
    if (!sent.ok) {
      log.warn({ channel: channel.name, reason: sent.reason }, "A card could not be sent.");
    }
  }
}
