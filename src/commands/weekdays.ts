import { type Weekday, weekdays } from "./command.ts";
import { foldWord, lookUp, nearestWord } from "./nearest.ts";

const names: Readonly<Record<Weekday, readonly string[]>> = {
  mon: ["monday", "周一", "星期一", "礼拜一", "一"],
  tue: ["tuesday", "tues", "周二", "星期二", "礼拜二", "二"],
  wed: ["wednesday", "周三", "星期三", "礼拜三", "三"],
  thu: ["thursday", "thurs", "周四", "星期四", "礼拜四", "四"],
  fri: ["friday", "周五", "星期五", "礼拜五", "五"],
  sat: ["saturday", "周六", "星期六", "礼拜六", "六"],
  sun: ["sunday", "周日", "星期日", "礼拜日", "日", "周天", "星期天", "礼拜天", "天"],
};

const dayLookup = new Map(
  weekdays.flatMap((day) => [day, ...names[day]].map((name): [string, Weekday] => [name, day])),
);

const groups: readonly (readonly [name: string, also: readonly string[], days: readonly Weekday[]])[] = [
  ["weekdays", ["weekday", "workdays", "workday", "工作日"], ["mon", "tue", "wed", "thu", "fri"]],
  ["weekend", ["weekends", "周末"], ["sat", "sun"]],
  ["daily", ["everyday", "all", "每天", "每日"], weekdays],
];

const groupLookup = new Map(
  groups.flatMap(([name, also, days]) => [name, ...also].map((word): [string, readonly Weekday[]] => [word, days])),
);

/** What `days=` of a digest takes, as people are told of it. */
export const daysWords: readonly string[] = ["mon-fri", ...groups.map(([name]) => name), ...weekdays];

/** The sign between the first and the last day of a range. */
const dash = /[-－–—~～至到]/u;

/** No days that mean something are longer. */
const longest = 40;

/** A day, a range of days or a word for several, in any of their spellings; undefined when it is none. */
export function daysOf(text: string): readonly Weekday[] | undefined {
  const several = text.length > longest ? undefined : lookUp(groupLookup, text);
  if (text.length > longest || several !== undefined) {
    return several;
  }
  const [from = "", to = from, ...more] = text.split(dash);
  const [first, last] = [dayLookup.get(foldWord(from)), dayLookup.get(foldWord(to))];
  return more.length > 0 || first === undefined || last === undefined ? undefined : range(first, last);
}

function range(first: Weekday, last: Weekday): readonly Weekday[] {
  const [from, to] = [weekdays.indexOf(first), weekdays.indexOf(last)];
  return weekdays.filter((_, index) => (from <= to ? from <= index && index <= to : index >= from || index <= to));
}

/** What somebody most likely meant, each day of a range by itself. */
export function nearestDays(text: string): string | undefined {
  if (text.length > longest) {
    return undefined;
  }
  const words = [...weekdays, ...weekdays.flatMap((day) => names[day].filter((name) => name.length > 1))];
  const parts = text.split(dash);
  if (parts.length > 2) {
    return undefined;
  }
  const near = parts.map((part) => dayLookup.get(foldWord(nearestWord(part, words) ?? "")));
  return near.every((day) => day !== undefined) ? near.join("-") : nearestWord(text, [...groupLookup.keys()]);
}

/** The days of a list with commas, in the order of the week, each once; what is none is left out. */
export function daysOfList(text: string): readonly Weekday[] {
  const days = new Set(text.split(",").flatMap((part) => daysOf(part) ?? []));
  return weekdays.filter((day) => days.has(day));
}

/** Days as `days=` takes them: in the order of the week, three and more in a row as a range. */
export function printDays(days: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const [index, day] of weekdays.entries()) {
    const before = weekdays[index - 1];
    if (!days.includes(day)) {
      continue;
    }
    const run = before !== undefined && days.includes(before) ? runs.at(-1) : undefined;
    if (run === undefined) {
      runs.push([day]);
    } else {
      run.push(day);
    }
  }
  return runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]}-${run.at(-1)}`])).join(",");
}
