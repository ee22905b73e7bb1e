import { type Context, found, valueAt } from "./describe.ts";
import type { Found, Path } from "./problem.ts";

/** What an id is of, where its beginning tells. */
const kinds: readonly (readonly [beginning: string, is: string])[] = [
  ["oc_", "a chat of Lark"],
  ["ou_", "a user of Lark"],
  ["on_", "a user of Lark for several apps (a union id)"],
  ["cli_", "an app of Lark"],
  ["om_", "a message of Lark"],
  ["cid", "a conversation of DingTalk"],
  ["ding", "an app or an organisation of DingTalk"],
];

/** A place for ids: which beginnings cannot be right there, and what belongs there. */
interface Place {
  readonly wrong: readonly string[];
  readonly wants: string;
}

const chatOfLark: Place = {
  wrong: ["ou_", "on_", "cli_", "om_", "cid"],
  wants: "the id of a chat begins with oc_; a user goes into users",
};
const userOfLark: Place = {
  wrong: ["oc_", "on_", "cli_", "om_", "cid"],
  wants: "the id of a user begins with ou_; a chat goes into chats",
};
const personOfLark: Place = { ...userOfLark, wants: "an open id begins with ou_" };
const chatOfDingTalk: Place = {
  wrong: ["oc_", "ou_", "on_", "cli_"],
  wants: "the id of a conversation begins with cid",
};
const userOfDingTalk: Place = { wrong: ["oc_", "ou_", "on_", "cli_", "cid"], wants: "write the staff id of the user" };
const appOfLark: Place = { wrong: ["ding", "oc_", "ou_"], wants: "the App ID of Lark begins with cli_" };
const appOfDingTalk: Place = { wrong: ["cli_", "oc_", "ou_"], wants: "write the Client ID (AppKey) of DingTalk" };

/** Ids that are those of something else, as their beginnings tell. The fact is worth an error: nothing would ever fit them. */
export function checkIds(context: Context): readonly Found[] {
  const one = (path: Path, place: Place) => checkId(context, path, place);
  const each = (path: Path, check: (path: Path) => readonly Found[]) => {
    const list = valueAt(context.tree.data, path);
    return Array.isArray(list) ? list.flatMap((_, index) => check([...path, index])) : [];
  };
  const channelOf = (path: Path) => valueAt(context.tree.data, [...path, "channel"]);
  const rule = (path: Path) => {
    const places = rulePlaces.get(channelOf(path));
    return places === undefined
      ? []
      : [
          ...each([...path, "chats"], (id) => one(id, places.chat)),
          ...each([...path, "users"], (id) => one(id, places.user)),
        ];
  };
  const watch = (path: Path) => {
    const places = rulePlaces.get(channelOf(path));
    return places === undefined ? [] : one([...path, "chat"], places.chat);
  };
  return [
    ...one(["channels", "lark", "appId"], appOfLark),
    ...one(["channels", "dingtalk", "clientId"], appOfDingTalk),
    ...each(["access", "rules"], rule),
    ...each(["alerts", "watches"], watch),
    ...each(["people"], (path) => [
      ...one([...path, "lark"], personOfLark),
      ...one([...path, "dingtalk"], userOfDingTalk),
    ]),
  ];
}

const rulePlaces: ReadonlyMap<unknown, { readonly chat: Place; readonly user: Place }> = new Map([
  ["lark", { chat: chatOfLark, user: userOfLark }],
  ["dingtalk", { chat: chatOfDingTalk, user: userOfDingTalk }],
]);

function checkId(context: Context, path: Path, { wrong, wants }: Place): readonly Found[] {
  const id = valueAt(context.tree.data, path);
  const kind = typeof id === "string" ? kinds.find(([beginning]) => id.startsWith(beginning)) : undefined;
  if (kind === undefined || !wrong.includes(kind[0])) {
    return [];
  }
  return [found(context, path, `is the id of ${kind[1]}`, wants)];
}
