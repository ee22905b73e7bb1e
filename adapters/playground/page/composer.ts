import type { Completion } from "../../../src/commands/index.ts";
import { createCompletionPopup } from "./completions.ts";
import { element, icon, icons, pressable } from "./element.ts";
import type { Texts } from "./texts.ts";

export interface ComposerOptions {
  readonly texts: Texts;
  /** What stands in the input at first. */
  readonly draft: string;
  send(text: string): void;
  complete(text: string, cursor: number, signal: AbortSignal): Promise<readonly Completion[]>;
  /** What the person wrote so far, oldest first. */
  written(): readonly string[];
}

/** Where a person types. */
export interface Composer {
  readonly node: HTMLElement;
  text(): string;
  /** Puts a text in, with the cursor behind it. */
  edit(text: string): void;
  focus(): void;
}

/** Quiet time before completions are asked for: milliseconds. */
const typingPause = 70;

/** Creates the input with its completions and its memory of what was typed. */
export function createComposer(options: ComposerOptions): Composer {
  const { texts } = options;
  const input = element("textarea", {
    id: "input",
    rows: 1,
    placeholder: texts.placeholder,
    "aria-label": texts.input,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": "completions",
    "aria-expanded": "false",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "send",
  });
  const send = pressable(
    { class: "send", "aria-label": texts.send, title: texts.send },
    () => submit(),
    icon(...icons.send),
  );
  let asking: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the list is for what stands in the input: it lags behind a fast typist. */
  let current = false;
  /** How far back the person went in what was written; 0: not at all. */
  let back = 0;

  const popup = createCompletionPopup(input, texts, (completion) => accept(completion));

  const grow = (): void => {
    input.rows = Math.min(8, input.value.split("\n", 8).length);
    send.setAttribute("aria-disabled", String(input.value.trim() === ""));
  };
  const forgetCompletions = (): void => {
    clearTimeout(timer);
    asking?.abort();
    popup.close();
  };
  const ask = (pause: number, then: (completions: readonly Completion[]) => void = popup.show): void => {
    clearTimeout(timer);
    asking?.abort();
    current = false;
    if (input.value.trim() === "") {
      popup.close();
      return;
    }
    const question = new AbortController();
    asking = question;
    timer = setTimeout(async () => {
      const completions = await options.complete(input.value, input.selectionStart, question.signal);
      if (question.signal.aborted) return;
      current = true;
      then(completions);
    }, pause);
  };
  const put = (text: string, cursor = text.length): void => {
    input.value = text;
    input.setSelectionRange(cursor, cursor);
    grow();
  };
  const accept = ({ start, end, insert }: Completion): void => {
    put(input.value.slice(0, start) + insert + input.value.slice(end), start + insert.length);
    input.focus();
    ask(0);
  };
  const submit = (): void => {
    const text = input.value;
    if (text.trim() === "") return;
    forgetCompletions();
    back = 0;
    put("");
    options.send(text);
    input.focus();
  };
  const recall = (step: 1 | -1): boolean => {
    const written = options.written().filter((text, index, all) => text !== all[index + 1]);
    const isOnRecalled = back > 0 && input.value === written.at(-back);
    if (!isOnRecalled && input.value !== "") return false;
    const next = isOnRecalled ? back + step : step;
    if (next < 0 || next > written.length) return isOnRecalled;
    back = next;
    forgetCompletions();
    put(next === 0 ? "" : (written.at(-next) ?? ""));
    return true;
  };

  const keys: Readonly<Record<string, (event: KeyboardEvent) => boolean>> = {
    ArrowUp: () => (popup.isOpen() && back === 0 ? move(-1) : recall(1)),
    ArrowDown: () => (popup.isOpen() ? move(1) : recall(-1)),
    Escape: () => {
      const wasOpen = popup.isOpen();
      forgetCompletions();
      return wasOpen;
    },
    Tab: (event) => {
      const completion = popup.active() ?? popup.first();
      if (completion === undefined || event.shiftKey) return false;
      if (current) accept(completion);
      else ask(0, ([first]) => (first === undefined ? popup.close() : accept(first)));
      return true;
    },
    Enter: (event) => {
      if (event.shiftKey) return false;
      const completion = current ? popup.active() : undefined;
      if (completion === undefined) submit();
      else accept(completion);
      return true;
    },
  };
  const move = (step: 1 | -1): boolean => {
    popup.move(step);
    return true;
  };

  input.addEventListener("keydown", (event) => {
    // While an input method composes a word, its keys are its own; 229 is how Safari says so.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (keys[event.key]?.(event) === true) event.preventDefault();
  });
  input.addEventListener("input", () => {
    back = 0;
    grow();
    ask(typingPause);
  });
  input.addEventListener("blur", forgetCompletions);
  put(options.draft);

  const box = element("div", { class: "composer-box" }, popup.node, input, send);
  const hint = element("p", { class: "composer-hint" }, texts.sendHint);
  return {
    node: element("footer", { class: "composer" }, element("div", { class: "column" }, box, hint)),
    text: () => input.value,
    edit(text) {
      put(text);
      input.focus();
    },
    focus: () => input.focus(),
  };
}
