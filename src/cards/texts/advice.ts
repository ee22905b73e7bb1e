/** A failure in words: what happened, and what can be done about it. */
export interface Advice {
  readonly happened: string;
  readonly todo: string;
}

/** Something that a person has to be told, under a title. */
export interface Told extends Advice {
  readonly title: string;
}
