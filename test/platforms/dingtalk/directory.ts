/** Somebody who writes and presses. */
export interface Person {
  /** What tests call them. */
  readonly id: string;
  /** Their userId in the organisation; undefined for outsiders. */
  readonly staffId: string | undefined;
  readonly nick: string;
  /** The encrypted id that messages carry. */
  readonly senderId: string;
}

export interface Chat {
  /** cid… */
  readonly id: string;
  readonly group: boolean;
  readonly title: string;
  /** Whose 1:1 chat it is. */
  readonly person: string | undefined;
  /** Whether the robot is in it. */
  readonly robotIn: boolean;
}

/** Who there is, and where they talk. */
export interface Directory {
  person(id: string): Person | undefined;
  /** The member of staff with this userId. */
  staff(staffId: string): Person | undefined;
  /** Makes somebody known, or changes them; the staffId is the id unless they are an outsider. */
  add(person: {
    readonly id: string;
    readonly nick?: string | undefined;
    readonly outsider?: boolean | undefined;
  }): Person;
  /** Takes somebody out of the organisation. */
  leave(id: string): void;
  chat(id: string): Chat | undefined;
  /** The group with this id: the one that is there, or a new one with the robot in it. */
  group(id: string, title?: string): Chat;
  /** The 1:1 chat of a person with the robot, which is always there; a new one has the id that is given. */
  single(person: string, id?: string): Chat;
  /** Takes the robot out of a group, or puts it in again. */
  robot(chat: string, isIn: boolean): void;
}

export function createDirectory(ids: (prefix: string) => string): Directory {
  const people = new Map<string, Person>();
  const chats = new Map<string, Chat>();
  const singles = new Map<string, string>();

  function add(given: Parameters<Directory["add"]>[0]): Person {
    const known = people.get(given.id);
    const outsider = given.outsider ?? (known !== undefined && known.staffId === undefined);
    const person: Person = {
      id: given.id,
      staffId: outsider ? undefined : given.id,
      nick: given.nick ?? known?.nick ?? given.id,
      senderId: known?.senderId ?? `$:LWCP_v1:$${Buffer.from(given.id).toString("base64")}`,
    };
    people.set(given.id, person);
    return person;
  }

  function store(chat: Chat): Chat {
    chats.set(chat.id, chat);
    return chat;
  }

  return {
    person: (id) => people.get(id),
    staff(staffId) {
      const person = people.get(staffId);
      return person?.staffId === undefined ? undefined : person;
    },
    add,
    leave: (id) => void people.delete(id),
    chat: (id) => chats.get(id),
    group: (id, title = `group ${id}`) =>
      chats.get(id) ?? store({ id, group: true, title, person: undefined, robotIn: true }),
    single(person, id) {
      const known = chats.get(singles.get(person) ?? "");
      if (known !== undefined) return known;
      const chat = store({ id: id ?? `${ids("cid")}+/==`, group: false, title: "", person, robotIn: true });
      singles.set(person, chat.id);
      return chat;
    },
    robot(id, isIn) {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`there is no chat ${id}`);
      store({ ...chat, robotIn: isIn });
    },
  };
}
