export type ChatType = "p2p" | "group" | "topic_group";

export interface Chat {
  readonly id: string;
  readonly type: ChatType;
  readonly name: string;
  /** Whose 1:1 chat it is. */
  readonly user: string | undefined;
  /** Whether the bot is a member. */
  readonly botIn: boolean;
  readonly dissolved: boolean;
}

/** The chats of the tenant. */
export interface Chats {
  get(id: string): Chat | undefined;
  /** The chat with this id: the one that is there, or a new one with the bot in it. */
  ensure(id: string, type?: ChatType, user?: string): Chat;
  /** The 1:1 chat with a person, when there is one. */
  of(user: string): Chat | undefined;
  admit(id: string): void;
  expel(id: string): void;
  dissolve(id: string): void;
}

export function createChats(): Chats {
  const chats = new Map<string, Chat>();
  const direct = new Map<string, string>();

  function change(id: string, part: Partial<Chat>): void {
    const chat = chats.get(id);
    if (chat === undefined) throw new Error(`there is no chat ${id}`);
    chats.set(id, { ...chat, ...part });
  }

  return {
    get: (id) => chats.get(id),
    ensure(id, type = "group", user) {
      const known = chats.get(id);
      if (known !== undefined) return known;
      const chat: Chat = { id, type, name: `chat ${id}`, user, botIn: true, dissolved: false };
      chats.set(id, chat);
      if (type === "p2p" && user !== undefined) direct.set(user, id);
      return chat;
    },
    of: (user) => chats.get(direct.get(user) ?? ""),
    admit: (id) => change(id, { botIn: true }),
    expel: (id) => change(id, { botIn: false }),
    dissolve: (id) => change(id, { dissolved: true }),
  };
}
