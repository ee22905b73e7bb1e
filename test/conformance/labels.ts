/** The words of a label, without the arrow or icon beside them. */
export function wordsOfLabel(label: string): string {
  return label.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}
