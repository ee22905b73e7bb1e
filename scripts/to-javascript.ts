import { stripTypeScriptTypes } from "node:module";

/**
 * JavaScript of a module of this project: its types become blanks, and its imports of other modules end in `.js`. Nothing moves.
 * Throws when the source is no TypeScript that Node can read.
 */
export function toJavaScript(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/(\b(?:from|import)\s*\(?\s*"\.{1,2}\/[^"\n]+)\.ts"/g, '$1.js"');
}
