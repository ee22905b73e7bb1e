/** Decodes `a=1&b=2`; undefined when it is not well-formed or names a key twice. A `+` is a blank. */
export function readQuery(text: string): Map<string, string> | undefined {
  const result = new Map<string, string>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const key = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = decode(equals < 0 ? "" : pair.slice(equals + 1));
    if (key === undefined || key === "" || value === undefined || result.has(key)) return undefined;
    result.set(key, value);
  }
  return result;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
