import type { Path } from "./problem.ts";
import { isSecretKey } from "./schema.ts";
import type { Place, Tree } from "./tree.ts";

const maxShown = 40;

/** Says in messages what was written, where that may be said. */
export interface Shown {
  /** How a message names the value of a key: quoted, or by its variable, or by its kind; undefined when it stays unsaid. */
  value(path: Path, value: unknown): string | undefined;
  /** The same for a part of a text. */
  part(path: Path, part: string): string | undefined;
}

/**
 * A value is not said when its key is secret, when it repeats one that is, when it may hold a password, or when it is
 * long. One that came from the environment is named by its variable, since nobody knows what else is in there.
 */
export function createShown(tree: Tree): Shown {
  const secrets = findSecrets(tree.data);

  function quoted(text: string): string | undefined {
    const leaks = secrets.some((secret) => text.includes(secret));
    return leaks || text.includes("@") || text.length > maxShown ? undefined : JSON.stringify(text);
  }

  function scalar(path: Path, text: string, place: Place | undefined): string | undefined {
    if (place !== undefined && place.variables.length > 0) {
      return `the value of ${place.variables.join(", ")}`;
    }
    return path.some(isSecretKey) ? undefined : quoted(text);
  }

  return {
    value(path, value) {
      if (Array.isArray(value)) {
        return "a list";
      }
      if (typeof value === "object" && value !== null) {
        return "a section";
      }
      const place = tree.place(path);
      if (typeof value === "number" || typeof value === "boolean") {
        const said = scalar(path, place?.source ?? String(value), place);
        return said?.startsWith('"') ? said.slice(1, -1) : said;
      }
      return typeof value === "string" ? scalar(path, value, place) : undefined;
    },
    part: (path, part) => scalar(path, part, tree.place(path)),
  };
}

/** The texts that stand under secret keys, wherever these are. */
function findSecrets(value: unknown, isSecret = false): readonly string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => findSecrets(inner, isSecret || isSecretKey(key)));
  }
  return isSecret && (typeof value === "string" || typeof value === "number") && value !== "" ? [String(value)] : [];
}
