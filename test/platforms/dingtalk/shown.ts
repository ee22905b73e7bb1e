import { append, remember } from "../append.ts";

/** Variables of a card, or the fields of a message; lists as JSON text. */
export type Content = Readonly<Record<string, string>>;

/** One state of what is shown. */
export interface Version {
  readonly content: Content;
  readonly at: number;
  /** Sent or delivered; changed for everyone by PUT; changed for one person by the answer to a callback. */
  readonly how: "send" | "deliver" | "update" | "callback";
  /** Whom it was changed for. */
  readonly person: string | undefined;
}

/** A card or a message of the robot, as a chat shows it. */
export interface Shown {
  /** The outTrackId of a card, the processQueryKey of a message. */
  readonly id: string;
  /** Counts everything that was shown, from 1. */
  readonly order: number;
  readonly chat: string;
  /** By the card interfaces, by the robot's, or by a session webhook. */
  readonly via: "card" | "robot" | "webhook";
  readonly kind: "card" | "text" | "markdown" | "actionCard" | "link" | "file" | "image";
  /** What it says to everyone now. */
  readonly content: Content;
  readonly versions: readonly Version[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** The template of a card. */
  readonly template: string | undefined;
  /** What the list of chats and notifications say of a card, by language. */
  readonly lastMessage: Content;
  /** Callbacks that are not answered yet. */
  readonly open: number;
  /** Whether people can see it: there are cards whose delivery failed. */
  readonly delivered: boolean;
}

/** Versions of one card, and chats, that are remembered. */
const versionLimit = 1000;

interface Stored extends Shown {
  content: Content;
  readonly versions: Version[];
  open: number;
  /** What callbacks answered to one person, until a PUT of the same variables. */
  readonly answers: Map<string, Content>;
  /** The private data of one person. */
  readonly secrets: Map<string, Content>;
}

export type NewShown = Pick<Shown, "chat" | "via" | "kind" | "content"> &
  Partial<Pick<Shown, "id" | "template" | "lastMessage" | "delivered">>;

/** Everything the robot has shown. */
export interface Shows {
  /** Oldest first. */
  readonly sent: readonly Shown[];
  /** Those of one chat, oldest first. */
  within(chat: string): readonly Shown[];
  /** By id; a card also when its delivery failed. */
  get(id: string): Shown | undefined;
  /** A new one takes the place of a card with its id whose delivery failed. */
  add(shown: NewShown): Shown;
  /** What a person sees of it now. */
  viewOf(id: string, person: string): Content;
  /** PUT: for everyone; variables that are not named stay (`byKey`), or are emptied. */
  update(id: string, content: Content, byKey: boolean): void;
  /** The private data of one person. */
  updatePrivate(id: string, person: string, content: Content, byKey: boolean): void;
  /** The answer to a callback, for who pressed. */
  answer(id: string, person: string, content: Content, byKey: boolean): void;
  /** Counts a callback that begins (1) or ends (-1). */
  callback(id: string, change: 1 | -1): void;
  /** Called after each new message and change, at once; the function that comes back ends that. */
  watch(listener: (shown: Shown, version: Version) => void): () => void;
}

export function createShows(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly keep: number;
  readonly changed: () => void;
}): Shows {
  const { keep } = options;
  const all = new Map<string, Stored>();
  const sent: Shown[] = [];
  const chats = new Map<string, Shown[]>();
  const listeners = new Set<(shown: Shown, version: Version) => void>();
  let count = 0;

  function known(id: string): Stored {
    const shown = all.get(id);
    if (shown === undefined) throw new Error(`nothing is shown with the id ${id}`);
    return shown;
  }

  function tell(shown: Stored, how: Version["how"], content: Content, person?: string): void {
    const version: Version = { content, at: options.now(), how, person };
    append(shown.versions, version, versionLimit);
    if (shown.delivered) for (const listener of listeners) listener(shown, version);
    options.changed();
  }

  function viewOf(id: string, person: string): Content {
    const { content, answers, secrets } = known(id);
    return { ...content, ...answers.get(person), ...secrets.get(person) };
  }

  /** What an answer hides of other variables when it does not go by key: they are empty. */
  function emptied(view: Content): Content {
    return Object.fromEntries(Object.keys(view).map((key) => [key, ""]));
  }

  function without(content: Content, keys: Content): Content {
    return Object.fromEntries(Object.entries(content).filter(([key]) => !(key in keys)));
  }

  function list(shown: Stored): void {
    append(sent, shown, keep);
    const chat = chats.get(shown.chat);
    if (chat === undefined) remember(chats, shown.chat, [shown], keep);
    else append(chat, shown, keep);
  }

  return {
    sent,
    within: (chat) => chats.get(chat) ?? [],
    get: (id) => all.get(id),
    add(given) {
      count += 1;
      const { delivered = true, template, lastMessage = {}, id = options.ids("pqk") } = given;
      const shown: Stored = {
        ...given,
        id,
        order: count,
        versions: [],
        at: options.now(),
        template,
        lastMessage,
        open: 0,
        delivered,
        answers: new Map(),
        secrets: new Map(),
      };
      remember(all, id, shown, keep);
      if (delivered) list(shown);
      tell(shown, given.via === "card" ? "deliver" : "send", given.content);
      return shown;
    },
    viewOf,
    update(id, content, byKey) {
      const shown = known(id);
      shown.content = byKey ? { ...shown.content, ...content } : { ...emptied(shown.content), ...content };
      for (const [person, answer] of shown.answers) {
        if (byKey) shown.answers.set(person, without(answer, content));
        else shown.answers.delete(person);
      }
      tell(shown, "update", shown.content);
    },
    updatePrivate(id, person, content, byKey) {
      const { secrets } = known(id);
      secrets.set(person, byKey ? { ...secrets.get(person), ...content } : content);
      options.changed();
    },
    answer(id, person, content, byKey) {
      const shown = known(id);
      const before = shown.answers.get(person);
      shown.answers.set(person, byKey ? { ...before, ...content } : { ...emptied(viewOf(id, person)), ...content });
      tell(shown, "callback", viewOf(id, person), person);
    },
    callback(id, change) {
      const shown = all.get(id);
      if (shown === undefined) return;
      shown.open += change;
      options.changed();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
