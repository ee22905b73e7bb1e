// What YAML would read as a sign of its own inside `${…}`; each has a stand-in while YAML reads, one character for one, so
// that every place in the text stays where it is.
const signs = "{}[],:#";
const firstStandIn = 0xe800;
const variable = /\$\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}\n"']*)?\}/g;
const standIn = /[\ue800-\ue806]/g;

/** The text with its variables hidden from YAML: in `{ port: ${PORT:-8080} }` their braces are no braces of its. */
export function hideVariables(text: string): string {
  return text.replace(variable, (whole) =>
    whole.replace(/[{}[\],:#]/g, (sign) => String.fromCharCode(firstStandIn + signs.indexOf(sign))),
  );
}

/** What was hidden, as it was written. */
export function showVariables(text: string): string {
  return text.replace(standIn, (character) => signs.charAt(character.charCodeAt(0) - firstStandIn));
}
