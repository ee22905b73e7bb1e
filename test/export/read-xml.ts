/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text in it and in its children. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const characters = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const token =
  /<\?xml [^?]*\?>|<\/([\w:]+)>|<([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|((?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d+);)+)/y;

/** Reads a small part of XML strictly: throws for whatever is not well-formed, and for characters that XML forbids. */
export function readXml(document: string): Element {
  if (!characters.test(document)) {
    throw new Error("a character that XML forbids");
  }
  const root = open("", "");
  const stack = [root];
  token.lastIndex = 0;
  for (let at = 0; at < document.length; at = token.lastIndex) {
    const found = token.exec(document);
    const parent = stack.at(-1);
    if (found === null || parent === undefined) {
      throw new Error(`not well-formed at ${at}: ${document.slice(at, at + 60)}`);
    }
    const [, closed, opened, attributes = "", empty, text] = found;
    if (closed !== undefined) {
      stack.pop();
      if (parent.name !== closed) {
        throw new Error(`${parent.name} is closed as ${closed}`);
      }
      stack.at(-1)?.add(parent);
    } else if (opened !== undefined) {
      const element = open(opened, attributes);
      if (empty === "/") {
        parent.add(element);
      } else {
        stack.push(element);
      }
    } else if (text !== undefined) {
      parent.write(decode(text));
    }
  }
  const [only, ...others] = root.children;
  if (stack.length !== 1 || only === undefined || others.length > 0) {
    throw new Error("not one whole element");
  }
  return only;
}

function open(name: string, attributes: string) {
  const children: Element[] = [];
  const given = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, decode(value)]);
  if (new Set(given.map(([key]) => key)).size !== given.length) {
    throw new Error(`an attribute of ${name} comes twice`);
  }
  const element = {
    name,
    attributes: Object.fromEntries(given) as Record<string, string>,
    children,
    text: "",
    add(child: Element) {
      children.push(child);
      element.text += child.text;
    },
    write(text: string) {
      element.text += text;
    },
  };
  return element;
}

function decode(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
      code === undefined ? (entities[name] ?? "") : String.fromCodePoint(Number(code)),
    );
}

/** The elements of a name anywhere below one. */
export function elementsOf(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
