/** What DingTalk shows of a card, and what the drawing of cards goes by. */
export const renderLimits = {
  /** Bytes of a variable's value. The documents of the card API give no figure; public bots keep to this one. */
  value: 2_500,
  /** Bytes that a picture takes in the markdown, with the characters of its media id and the break after it. */
  picture: 128,
  mediaId: 120,
  /** Buttons of a card: more than that push what was asked off the screen of a phone. */
  buttons: 10,
  /** Rows whose commands become buttons, where a card has no pages. */
  rowButtons: 6,
  /** UTF-16 units of the text on a button, and of one where room is short. */
  button: 40,
  shortButton: 20,
  /** UTF-16 units of a text in a cell, of another text, of a title, of a name, and of the line of facts. */
  cell: 200,
  text: 2_000,
  title: 200,
  label: 100,
  headline: 500,
  /** Tags beside the title. */
  tags: 3,
  columns: 50,
  /** UTF-16 units of a name, and columns of a list, with fewer of which its rows do not tell what they are to. */
  shortestName: 24,
  fewestColumns: 3,
  /** Charts of one picture. */
  charts: 4,
  /** Slices or lines that are told apart in a chart. */
  slices: 16,
  /** What is listed of one kind, as facts of a block. */
  entries: 150,
  /** UTF-16 units of a command: longer ones are not taken back from a press. */
  command: 20_000,
  /** UTF-16 units of a command in a link of a message. */
  linked: 2_000,
} as const;
