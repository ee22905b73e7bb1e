/** Who an authorised user is on a platform, where that is known. */
export type People = (
  channel: string,
  users: readonly string[],
) => readonly { readonly name: string; readonly id: string }[];

/** One person: as the API names them, and by their ids on the platforms. */
export interface Person {
  readonly user: string;
  readonly ids: Readonly<Record<string, string | undefined>>;
}

/** How many people one card mentions. */
const most = 20;

export function createPeople(people: readonly Person[]): People {
  const known = new Map(people.map((person) => [person.user, person.ids]));
  return (channel, users) =>
    [...new Set(users)]
      .flatMap((name) => {
        const ids = known.get(name);
        const id = ids !== undefined && Object.hasOwn(ids, channel) ? ids[channel] : undefined;
        return id === undefined ? [] : [{ name, id }];
      })
      .slice(0, most);
}
