import { apiLimits } from "./api-limits.ts";

/** What sending holds and how long it waits; milliseconds where nothing else is said. */
export const sendLimits = {
  /** How long a note is waited for when something is sent, and when a press has to be answered within 2 s. */
  note: 2_000,
  noteOfPress: 500,
  /** Chats of which is known how to write to them; more are looked up in their notes. */
  conversations: 10_000,
  /** How long a session webhook has to be good for still, as the message has to arrive. */
  webhookMargin: 60_000,
  /** A note is written anew after so long, as notes are forgotten 90 days after they were written. */
  renoted: 7 * 24 * 3_600_000,
  /** Cards whose buttons are known without looking them up, and characters of all of them. */
  cards: 20_000,
  cardsCharacters: 20_000_000,
  /** Buttons of one card that are remembered: those of its last versions. */
  buttons: 60,
  /** Characters of a note: a longer one is not kept. */
  noteCharacters: 20_000,
  /** How long an update waits for callbacks of its card: the platform gives up on a callback after 2 s. */
  callback: 3_000,
  /**
   * How long after its answer a callback counts as open still: an update of the card goes over another connection, and is
   * lost where it arrives before the answer.
   */
  afterCallback: 200,
  /** How often an update is made that a callback may have undone meanwhile. */
  updateTries: 3,
  /** Cards of which is known what everybody sees. */
  views: 20_000,
  /** Within which a picture is drawn and uploaded; the card goes without it otherwise. */
  picture: 5_000,
  /** Pictures whose media ids are known without drawing them again. */
  pictures: 1_000,
  /** How long no picture is uploaded after one could not be: each try is a call of the month. */
  pictureRest: 60_000,
  /** How long no card is tried after the platform took none of this app. */
  outage: 300_000,
  /** How often the log tells that cards cannot be delivered. */
  outageTold: 3_600_000,
  /** Messages without a key against doubles of which is remembered what became of them. */
  once: 5_000,
  /** No other way is begun after so long: the bot waits 20 s for a channel, and would begin anew itself. */
  anotherWay: 12_000,
  /** Bytes of a file: what an upload may have, less the form around it. */
  fileBytes: apiLimits.fileBytes - 10_000,
} as const;
