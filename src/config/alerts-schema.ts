import { z } from "zod";
import { choice, duration, flag, section, text, wholeNumber, word } from "./fields.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Characters of the filter of a watch. */
export const longestFilter = 2_000;

const watch = section({
  channel: choice(["lark", "dingtalk", "playground"]).describe("The channel of the chat; it has to be enabled."),
  chat: word().describe("Id of the chat that is told."),
  filter: text(longestFilter)
    .default("")
    .describe("What is watched, written as after /runtimes, such as group=rg-finance. Empty: everything."),
  locale: choice(["auto", "en", "zh"]).default("auto").describe("Language of the chat's alerts. auto: as above."),
});

const budget = section({
  calls: wholeNumber(0, 100_000_000)
    .default(0)
    .describe("API calls a month that scans may take; near it there are fewer scans. 0: no limit."),
  pushes: wholeNumber(0, 100_000_000)
    .default(0)
    .describe("Messages a month that are sent unasked; near it reminders and digests are left out. 0: no limit."),
});

/** How watches of chats behave. */
export const alerts = section({
  interval: duration({ least: 100, most: day }).prefault("60s").describe("Time between two scans of the fleet."),
  hold: duration({ least: 100, most: 7 * day, zero: true })
    .prefault("0s")
    .describe("A condition must last this long before it is told."),
  repeat: duration({ least: second, most: 30 * day, zero: true })
    .prefault("24h")
    .describe("Time between two reminders while a condition lasts. 0: never."),
  resolved: flag().default(true).describe("Whether the end of a condition is told."),
  groupLimit: wholeNumber(1, 100).default(10).describe("Runtimes named on one alert card; the rest by paging."),
  watches: z
    .array(watch, { error: "must be a list of watches, each beginning with -" })
    .max(200, { error: "must be at most 200 watches" })
    .default([])
    .describe("Watches of chats that stand here, beside those that chats set up themselves."),
  budget: budget.prefault({}).describe("What alerts may take in a calendar month (UTC)."),
});

/** Summaries on a schedule. */
export const digests = section({
  late: duration({ least: minute, most: day, zero: true })
    .prefault("2h")
    .describe("How late a digest that was missed is still told. 0: it is left out."),
});

const person = section({
  user: word().describe("The user as runtimes name it."),
  lark: word().optional().describe("The same person in Lark: an open id (ou_…)."),
  dingtalk: word().optional().describe("The same person in DingTalk: a staff id."),
}).refine(({ lark, dingtalk }) => lark !== undefined || dingtalk !== undefined, {
  error: "has neither lark nor dingtalk, so it names nobody",
});

/** Who is who: users as runtimes name them, and the same people on the platforms. */
export const people = z
  .array(person, { error: "must be a list of people, each beginning with -" })
  .max(5_000, { error: "must be at most 5000 people" })
  .superRefine((list, context) => {
    const seen = new Set<string>();
    list.forEach(({ user }, index) => {
      if (seen.has(user)) {
        context.addIssue({ code: "custom", path: [index, "user"], message: "is in the list already", input: user });
      }
      seen.add(user);
    });
  });
