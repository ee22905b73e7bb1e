/** What Lark and Feishu allow, as their public documents say, and what this adapter holds at most. */
export const limits = {
  /** Bytes of a card's JSON: the whole request must stay within 30 KB (document of "Send message"). */
  cardBytes: 29_000,
  /** Elements of a card, texts and columns included (document of card JSON 2.0). */
  cardElements: 200,
} as const;
