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
  /** How many cards are known without looking them up, and the characters of all of their notes. */
  cardCount: 20_000,
  cardsCharacters: 20_000_000,
  /** Buttons of one card that are remembered: those of its last versions. */
  buttons: 60,
  /** Characters of a note: a longer one is not kept. */
  noteCharacters: 20_000,
  /** How long an update waits for callbacks of its card: the platform gives up on a callback after 2 s. */
  callback: 3_000,
  /**
   * How long after its answer was handed to the socket a callback counts as open still: an update of the card goes over another
   * connection, and is lost where it overtakes the answer. Also within what another process notes of the card is there to be
   * read, which takes some 30 ms.
   */
  afterCallback: 300,
  /** How often an update is made that a callback may have undone meanwhile. */
  updateTries: 3,
  /** Of how many cards is known what everybody sees, and how many have open callbacks. */
  viewCount: 20_000,
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
  /** Of how many messages without a key against doubles is remembered what became of them. */
  onceCount: 5_000,
  /** No other way is begun after so long: the bot waits 20 s for a channel, and would begin anew itself. */
  anotherWay: 12_000,
  /** Bytes of a file: what an upload may have, less the form around it. */
  fileBytes: apiLimits.fileBytes - 10_000,
} as const;
