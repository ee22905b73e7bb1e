/** What a page asks its reader to do or to look at, in the order of the page. */
export type Step =
  /** To type into a chat. */
  | { readonly kind: "type"; readonly text: string }
  /** To press a button of the card that is looked at. */
  | { readonly kind: "press"; readonly label: string }
  /** To choose an option of one of its lists. */
  | { readonly kind: "choose"; readonly option: string; readonly list: string }
  /** Words that stand on the card that is looked at. */
  | { readonly kind: "see"; readonly words: readonly string[] }
  /** A card that comes by itself, with words that stand on it. */
  | { readonly kind: "soon"; readonly words: readonly string[] }
  /** To paste into a shell. */
  | { readonly kind: "run"; readonly script: string };

/** A block of code of a page: the word after its fence, and what stands in it. */
export interface Fence {
  readonly language: string;
  readonly text: string;
}

/** The blocks of code of a page, those in lists as well. */
export function fencesOf(page: string): readonly Fence[] {
  return [...page.matchAll(/^( *)```(\w*)\n([\s\S]*?)\n\1```$/gm)].map(([, indent = "", language = "", text = ""]) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

const mark = /Press \*\*(.+?)\*\*|Choose \*\*(.+?)\*\* under \*\*(.+?)\*\*|(You see)\b|(Soon)\b|\*\*(.+?)\*\*/g;

/**
 * Reads a page on which a block of code is typed or pasted, "Press **Next**" and "Choose **A** under **B**" are done, and what
 * stands in bold type after "You see" or "Soon" is on a card. Throws where bold type stands anywhere else, which nothing would
 * hold against the product.
 */
export function stepsOf(page: string): readonly Step[] {
  return page.split(/^(```\w*\n[\s\S]*?\n```)$/m).flatMap((part): readonly Step[] => {
    const [code] = fencesOf(part);
    if (code === undefined) return part.split(/\n{2,}/).flatMap((text) => stepsIn(text.replaceAll(/\s+/g, " ")));
    if (code.language === "sh") return [{ kind: "run", script: code.text }];
    return code.text.startsWith("/") ? [{ kind: "type", text: code.text }] : [];
  });
}

function stepsIn(paragraph: string): readonly Step[] {
  const steps: Step[] = [];
  let words: string[] | undefined;
  for (const [, button, option, list = "", see, soon, bold = ""] of paragraph.matchAll(mark)) {
    if (button !== undefined) steps.push({ kind: "press", label: button });
    else if (option !== undefined) steps.push({ kind: "choose", option, list });
    else if (see !== undefined || soon !== undefined) {
      words = [];
      steps.push({ kind: soon === undefined ? "see" : "soon", words });
    } else if (words === undefined) throw new Error(`What is in bold type is neither done nor seen: ${bold}`);
    else words.push(bold);
  }
  return steps;
}
