import { element, icon, icons, pressable } from "./element.ts";
import type { Theme } from "./settings.ts";
import type { Texts } from "./texts.ts";

export interface HeaderOptions {
  readonly texts: Texts;
  readonly theme: Theme;
  onTheme(theme: Theme): void;
  onLanguage(): void;
}

const nextTheme: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };
const themeIcons = { auto: icons.screen, light: icons.light, dark: icons.dark } as const;

/** Draws the top of the page: its name, the theme and the language. */
export function createHeader(options: HeaderOptions): HTMLElement {
  const { texts } = options;
  let theme = options.theme;
  const themeButton = pressable({ class: "tool", id: "theme" }, () => {
    theme = nextTheme[theme];
    showTheme();
    options.onTheme(theme);
  });
  const showTheme = (): void => {
    themeButton.title = texts.theme[theme];
    themeButton.setAttribute("aria-label", texts.theme[theme]);
    themeButton.replaceChildren(icon(...themeIcons[theme]));
  };
  showTheme();
  const attributes = {
    class: "tool wide",
    id: "language",
    title: texts.languageLabel,
    "aria-label": texts.languageLabel,
  };
  const language = pressable(attributes, options.onLanguage, texts.language);
  return element(
    "header",
    { class: "top" },
    element("img", { src: "/playground/favicon.svg", alt: "", width: 28, height: 28 }),
    element("strong", {}, texts.name),
    element("span", { class: "subtitle" }, texts.subtitle),
    element("div", { class: "tools" }, language, themeButton),
  );
}
