// Ids say by their first letter what they are of, so that people can name either in the same place of a command.

/** The id of a new notice, from ten characters that no other has. */
export function noticeId(newId: () => string): string {
  return `n${newId()}`;
}

/** The id of a new episode, from ten characters that no other has. */
export function episodeId(newId: () => string): string {
  return `e${newId()}`;
}
