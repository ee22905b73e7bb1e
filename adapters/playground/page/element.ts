/** Attributes by name; `true` sets an empty one, `false` and `undefined` leave it out. */
export type Attributes = { readonly [name: string]: string | number | boolean | undefined };

/** A string becomes a text node: nothing here reads markup. */
export type Child = Node | string | false | undefined;

/** Builds an HTML element. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

/** Builds an SVG element. */
export function drawing<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Builds a button that calls `onPress`. */
export function pressable(
  attributes: Attributes,
  onPress: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const button = element("button", { type: "button", ...attributes }, ...children);
  button.addEventListener("click", () => {
    // aria-disabled keeps the focus where it is; a truly disabled button would lose it.
    if (button.getAttribute("aria-disabled") !== "true") onPress();
  });
  return button;
}

/** Draws one of the page's own icons, as wide as the text is high. */
export function icon(...paths: readonly string[]): SVGElement {
  const lines = paths.map((d) => drawing("path", { d }));
  return drawing("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ...lines);
}

export const icons = {
  copy: ["M9 9h11v11H9z", "M5 15H4V4h11v1"],
  edit: ["M4 20l1-4L16 5l3 3L8 19z"],
  previous: ["M15 5l-7 7 7 7"],
  next: ["M9 5l7 7-7 7"],
  refresh: ["M20 11a8 8 0 1 0-2 6", "M20 4v7h-7"],
  details: ["M4 6h16", "M4 12h16", "M4 18h10"],
  file: ["M6 3h8l5 5v13H6z", "M14 3v5h5", "M9 13h7", "M9 17h7"],
  download: ["M12 4v11", "M7 11l5 5l5-5", "M5 20h14"],
  send: ["M4 12l16-8-5 16-3-7z"],
  warning: ["M12 4l9 16H3z", "M12 10v4", "M12 17v.5"],
  light: [
    "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
    "M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5",
  ],
  dark: ["M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z"],
  screen: ["M4 5h16v11H4z", "M9 20h6"],
} as const;

function fill<Kind extends Element>(node: Kind, attributes: Attributes, children: readonly Child[]): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === "style" || name.startsWith("on")) throw new Error(`The page sets no ${name} attribute`);
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== false && child !== undefined) node.append(child);
  return node;
}
