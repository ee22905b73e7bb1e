import { append } from "../append.ts";

/** One state of a message's content. */
export interface Version {
  /** JSON text, as the Open API has it. */
  readonly content: string;
  readonly at: number;
  /** Sent; changed by PATCH; by the answer to a callback; by the token of a callback; edited by its writer. */
  readonly how: "send" | "patch" | "callback" | "token" | "edit";
}

/** A message as people see it. */
export interface ShownMessage {
  readonly id: string;
  readonly chat: string;
  readonly by: "bot" | "person";
  /** The open_id of the person, or of the bot. */
  readonly author: string;
  readonly type: string;
  /** What it says now: JSON text. */
  readonly content: string;
  readonly versions: readonly Version[];
  readonly createdAt: number;
  readonly replyTo: string | undefined;
  readonly root: string | undefined;
  readonly thread: string | undefined;
  readonly uuid: string | undefined;
  readonly state: "shown" | "recalled" | "deleted";
  /** Callbacks that are open on its card. */
  readonly locks: number;
  /** Ids of the bot's answers to it. */
  readonly replies: readonly string[];
}

/** Versions of one message that are remembered. */
const versionLimit = 1000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Stored extends Omit<Mutable<ShownMessage>, "versions" | "replies"> {
  readonly versions: Version[];
  readonly replies: string[];
}

export type NewMessage = Pick<ShownMessage, "chat" | "by" | "author" | "type" | "content"> &
  Partial<Pick<ShownMessage, "id" | "createdAt" | "replyTo" | "thread" | "uuid">>;

/** All messages; the bot's can be listed. */
export interface Messages {
  get(id: string): ShownMessage | undefined;
  /** The bot's, oldest first. */
  readonly sent: readonly ShownMessage[];
  add(message: NewMessage): ShownMessage;
  change(id: string, content: string, how: Version["how"]): void;
  recall(id: string): void;
  remove(id: string): void;
  lock(id: string): void;
  unlock(id: string): void;
  /** Called after each message and change of the bot, at once; the function that comes back ends that. */
  watch(listener: (message: ShownMessage, version: Version) => void): () => void;
}

export function createMessages(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly keep: number;
  readonly changed: () => void;
}): Messages {
  const all = new Map<string, Stored>();
  const sent: ShownMessage[] = [];
  const listeners = new Set<(message: ShownMessage, version: Version) => void>();

  function known(id: string): Stored {
    const message = all.get(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return message;
  }

  function tell(message: Stored, version: Version): void {
    for (const listener of listeners) listener(message, version);
    options.changed();
  }

  function store(given: NewMessage): Stored {
    const at = given.createdAt ?? options.now();
    const parent = given.replyTo === undefined ? undefined : all.get(given.replyTo);
    const message: Stored = {
      ...given,
      id: given.id ?? options.ids("om_"),
      versions: [{ content: given.content, at, how: "send" }],
      createdAt: at,
      replyTo: given.replyTo,
      root: parent?.root ?? given.replyTo,
      thread: given.thread,
      uuid: given.uuid,
      state: "shown",
      locks: 0,
      replies: [],
    };
    all.set(message.id, message);
    if (given.by === "bot") parent?.replies.push(message.id);
    if (all.size > options.keep) all.delete(all.keys().next().value ?? "");
    return message;
  }

  return {
    sent,
    get: (id) => all.get(id),
    add(given) {
      const message = store(given);
      const [first] = message.versions;
      if (given.by === "bot") append(sent, message, options.keep);
      if (given.by === "bot" && first !== undefined) tell(message, first);
      return message;
    },
    change(id, content, how) {
      const message = known(id);
      const version: Version = { content, at: options.now(), how };
      message.content = content;
      append(message.versions, version, versionLimit);
      tell(message, version);
    },
    recall(id) {
      known(id).state = "recalled";
      options.changed();
    },
    remove(id) {
      known(id).state = "deleted";
      options.changed();
    },
    lock(id) {
      known(id).locks += 1;
    },
    unlock(id) {
      known(id).locks -= 1;
      options.changed();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
