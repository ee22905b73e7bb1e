import type { Texts } from "./texts.ts";

/** What the words behind a command do. */
export const wordsInEnglish: Texts["commandWords"] = {
  "/alerts on": "Watches runtimes for this chat; with preview, only shows what it would watch.",
  "/alerts on preview": "only shows what it would watch",
  "/alerts off": "Ends the watch of this chat.",
  "/alerts status": "Shows how the watch is doing, and what is open.",
  "/alerts test": "Sends a test into this chat.",
  "/alerts show": "Shows an alert as it stands now, by its id.",
  "/alerts ack": "Acknowledges an alert: no more reminders of it.",
  "/alerts ack all": "every open alert",
  "/alerts mute": "Says nothing of a runtime, or of all, for a time.",
  "/alerts mute all": "every runtime",
  "/alerts unmute": "Ends a mute before its time.",
  "/alerts unmute all": "the mute of every runtime",
  "/digest on": "Brings a summary at a time of the day.",
  "/digest off": "Ends the digest of this chat.",
  "/digest status": "Shows when the next digest comes.",
  "/view save": "Saves filters under a name, in place of what had it.",
  "/view list": "Lists the views of this chat.",
  "/view drop": "Forgets a view.",
  "/lang en": "English",
  "/lang zh": "Chinese",
  "/lang auto": "each reader's own",
};
