/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one `${…}`. `occurrence` counts the `${` of the text, from 0. */
export type SubstitutionFault =
  | { readonly kind: "missing"; readonly name: string; readonly occurrence: number }
  | { readonly kind: "malformed"; readonly occurrence: number };

/** A text with its variables put in. */
export interface Substitution {
  readonly text: string;
  /** The variables that the text names, in order; empty when it was plain text. */
  readonly variables: readonly string[];
  readonly faults: readonly SubstitutionFault[];
}

/** `$${`, `${NAME}` with or without a default, or a `${` that is neither. A default ends at the first `}`. */
const places = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{)[^}])*))?\}|\$\{/g;

/**
 * Puts variables into one text: `${NAME}` must be set; `${NAME:-default}` takes the default when it is unset or empty, as
 * in a shell; `$${` stands for `${`. What is put in is not looked at again. Never throws.
 */
export function substitute(text: string, environment: Environment): Substitution {
  const variables: string[] = [];
  const faults: SubstitutionFault[] = [];
  let occurrence = -1;
  const result = text.replace(places, (whole: string, name: string | undefined, fallback: string | undefined) => {
    occurrence += 1;
    if (whole === "$${") {
      return "${";
    }
    if (name === undefined) {
      faults.push({ kind: "malformed", occurrence });
      return whole;
    }
    variables.push(name);
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (fallback !== undefined) {
      return value === undefined || value === "" ? fallback : value;
    }
    if (value === undefined) {
      faults.push({ kind: "missing", name, occurrence });
      return "";
    }
    return value;
  });
  return { text: result, variables, faults };
}

const integer = /^[-+]?\d+$|^0x[0-9a-fA-F]+$|^0o[0-7]+$/;
const decimal = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** What YAML makes of an unquoted text where a number or `true` and `false` can stand; any other text stays text. */
export function readScalar(text: string): string | number | boolean {
  if (/^(?:true|True|TRUE)$/.test(text)) {
    return true;
  }
  if (/^(?:false|False|FALSE)$/.test(text)) {
    return false;
  }
  return integer.test(text) || decimal.test(text) ? Number(text) : text;
}
