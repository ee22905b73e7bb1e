import type { Block, Button } from "./card.ts";

/** How deep sections are looked into; those of this product do not stand in each other. */
export const deepest = 4;

/** The blocks, and those in their sections, from top to bottom. */
export function* withInner(blocks: readonly Block[], depth = 0): Generator<Block> {
  for (const block of blocks) {
    yield block;
    if (block.kind === "section" && depth < deepest) yield* withInner(block.blocks, depth + 1);
  }
}

/** Whether a list cannot be walked without its buttons of this role. */
export function steers(role: Button["role"]): boolean {
  return role === "previous" || role === "next" || role === "refresh";
}
