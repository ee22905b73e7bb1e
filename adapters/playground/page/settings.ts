import type { Locale } from "../../../src/cards/index.ts";

export type Theme = "auto" | "light" | "dark";

/** What this browser profile remembers. */
export interface Settings {
  /** This profile's chat; all its tabs share it. */
  readonly chat: string;
  locale(): Locale;
  setLocale(locale: Locale): void;
  theme(): Theme;
  setTheme(theme: Theme): void;
}

/** Reads the profile's settings. Where the browser keeps nothing, they last as long as the page. */
export function createSettings(): Settings {
  const memory = new Map<string, string>();
  const read = (key: string): string | null => {
    try {
      return localStorage.getItem(`deskhand.${key}`);
    } catch {
      return memory.get(key) ?? null;
    }
  };
  const write = (key: string, value: string): void => {
    memory.set(key, value);
    try {
      localStorage.setItem(`deskhand.${key}`, value);
    } catch {
      // A profile that keeps nothing still has the page's memory.
    }
  };

  const stored = read("chat");
  const chat = stored !== null && /^play_[0-9a-f]{32}$/.test(stored) ? stored : `play_${randomHex()}`;
  if (chat !== stored) write("chat", chat);

  return {
    chat,
    locale() {
      const chosen = read("locale");
      if (chosen === "en" || chosen === "zh") return chosen;
      const operators = document.documentElement.dataset.locale;
      if (operators === "en" || operators === "zh") return operators;
      return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
    },
    setLocale: (locale) => write("locale", locale),
    theme() {
      const chosen = read("theme");
      return chosen === "light" || chosen === "dark" ? chosen : "auto";
    },
    setTheme: (theme) => write("theme", theme),
  };
}

/** 128 random bits as 32 hexadecimal digits. */
export function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
