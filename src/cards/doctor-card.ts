import type { Card, Locale } from "./card.ts";
import { button, buttons, note, card as of, text } from "./parts.ts";
import { textsOf } from "./texts/index.ts";

/** How far the card has come: as it is sent, after its first change, and as it stays. */
export type DoctorStage = "sent" | "changed" | "done";

interface Words {
  readonly title: string;
  readonly says: Readonly<Record<DoctorStage, string>>;
  readonly press: string;
}

const words: Readonly<Record<Locale, Words>> = {
  en: {
    title: "Deskhand doctor",
    says: {
      sent: "A test of the operator. This card changes in a moment.",
      changed: "A test of the operator. This card was changed once.",
      done: "Doctor was here: this card was sent, and changed.",
    },
    press: "A press on the button shows whether presses reach the bot, once it runs.",
  },
  zh: {
    title: "Deskhand 自检",
    says: {
      sent: "运维测试，这张卡片马上会更新。",
      changed: "运维测试，这张卡片已更新一次。",
      done: "自检完成：这张卡片已发送并更新。",
    },
    press: "机器人运行后，按下按钮即可确认按键能否送达。",
  },
};

export interface DoctorCardOptions {
  readonly stage: DoctorStage;
  readonly locale: Locale;
  /** Letters and digits that tell this card from others; shown in small type. */
  readonly mark: string;
  /** Whether a press on a button of the card would be understood by a bot that did not send it. */
  readonly pressable: boolean;
}

/** The card by which doctor tries whether cards arrive in a chat and can be changed. */
export function doctorCard({ stage, locale, mark, pressable }: DoctorCardOptions): Card {
  const texts = textsOf(locale);
  const { title, says, press } = words[locale];
  const isPressed = pressable && stage === "done";
  return of(
    { locale, texts },
    {
      title,
      colour: stage === "done" ? "green" : "grey",
      blocks: [
        text(says[stage]),
        isPressed ? text(press) : undefined,
        isPressed ? buttons(button(texts.labels.help, { kind: "help" })) : undefined,
        note(mark),
      ],
    },
  );
}
