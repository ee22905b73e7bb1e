import { z } from "zod";
import { parseJson } from "../json.ts";
import { buttonsOf, type CardButton } from "./card-rules.ts";
import type { Delivery } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";
import { sentence } from "./sentence.ts";
import type { Shows } from "./shown.ts";
import type { Delivered } from "./sockets.ts";

/**
 * Where a callback says which button it was, as no document tells it of the public template:
 * - "ids": actionIds is the button's id, and there are no params
 * - "params": actionIds is a word of the template, params are the button's and its text
 * - "label": the same with the text alone
 * - "action": params.actionId
 * - "value": as "params", under `value` in place of `content`
 * - "top": actionId at the top of the callback
 */
export type Shape = "ids" | "params" | "label" | "action" | "value" | "top";

export const shapes: readonly Shape[] = ["ids", "params", "label", "action", "value", "top"];

export interface Press {
  /** The outTrackId of the card. */
  readonly card: string;
  /** Who presses; somebody unknown becomes a member of staff. */
  readonly user: string;
  /** The text on the button; arrows and icons beside the words may be left out. */
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  /** "params" unless given. */
  readonly shape?: Shape | undefined;
}

/** What the person who pressed saw. */
export interface Pressed {
  /** The card as the answer has it, no change, an error as nothing came in time, or as nothing that can be understood. */
  readonly outcome: "card" | "nothing" | "late" | "bad";
  readonly inTime: boolean;
  /** The answer as it came. */
  readonly response: unknown;
  /** Why it is bad or late. */
  readonly reason: string | undefined;
  readonly ms: number;
}

export interface Presses {
  /** Presses a button of a card as the person sees it now. Never rejects for an answer. */
  press(press: Press): Promise<Pressed>;
  /** Sends any callback of that topic; an answer changes the card of `outTrackId`, where there is one, for the `userId`. */
  callback(data: Readonly<Record<string, unknown>>): Promise<Pressed>;
}

const part = z.strictObject({ cardParamMap: z.record(z.string(), z.unknown()) });
const answer = z.strictObject({
  response: z.strictObject({
    cardUpdateOptions: z
      .strictObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
      .optional(),
    cardData: part.optional(),
    userPrivateData: part.optional(),
  }),
});
type Response = z.infer<typeof answer>["response"];

type Judged =
  | { readonly outcome: "card" | "nothing"; readonly response: Response }
  /** `blames`: it is the client's doing. */
  | { readonly outcome: "late" | "bad"; readonly reason: string; readonly blames: boolean };

function contentOf({ id = "", label, params }: CardButton, shape: Shape): object {
  const generic = ["msgButtons"];
  switch (shape) {
    case "ids":
      return { cardPrivateData: { actionIds: [id], params: {} } };
    case "params":
    case "value":
      return { cardPrivateData: { actionIds: generic, params: { ...params, text: label } } };
    case "label":
      return { cardPrivateData: { actionIds: generic, params: { text: label } } };
    case "action":
      return { cardPrivateData: { actionIds: [], params: { actionId: id } } };
    case "top":
      return {};
  }
}

export function createPresses(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly directory: Directory;
  readonly shows: Shows;
  readonly delivery: Delivery;
}): Presses {
  const { settings, records, directory, shows } = options;

  function buttonOf({ card, user, label, id }: Press): CardButton {
    const buttons = buttonsOf(shows.viewOf(card, user));
    const button =
      id === undefined
        ? (buttons.find((entry) => entry.label === label) ?? buttons.find((entry) => entry.label.includes(label ?? "")))
        : buttons.find((entry) => entry.id === id);
    if (button === undefined) {
      const there = buttons.map((entry) => `"${entry.label}"`).join(", ");
      throw new Error(`there is no button ${label ?? id}; the card has: ${there || "none"}`);
    }
    if (button.id === undefined) throw new Error(`"${button.label}" opens an address and asks nothing`);
    return button;
  }

  function dataOf(press: Press, button: CardButton): Readonly<Record<string, unknown>> {
    const { card, user, shape = "params" } = press;
    const chat = directory.chat(shows.get(card)?.chat ?? "");
    const { staffId } = directory.person(user) ?? directory.add({ id: user });
    const content = JSON.stringify(contentOf(button, shape));
    return {
      extension: "{}",
      corpId: settings.corpId,
      type: "actionCallback",
      ...(staffId === undefined ? {} : { userId: staffId, userIdType: 1 }),
      outTrackId: card,
      spaceType: chat?.group === false ? "IM_ROBOT" : "IM_GROUP",
      spaceId: chat?.group === false ? (chat.person ?? "") : (chat?.id ?? ""),
      ...(shape === "value" ? { value: content } : { content }),
      ...(shape === "top" ? { actionId: button.id } : {}),
    };
  }

  /** As a client judges an answer: only these keys, and strings that a card may hold. */
  function judge(delivered: Delivered): Judged {
    if (delivered.kind === "silent") {
      return { outcome: "late", reason: `no answer within ${settings.answerWithin} ms`, blames: true };
    }
    if (delivered.kind === "unreachable") return { outcome: "late", reason: delivered.reason, blames: false };
    if (delivered.code !== 200) return { outcome: "bad", reason: `the code is ${delivered.code}`, blames: true };
    const read = answer.safeParse(parseJson(delivered.data));
    if (!read.success) return { outcome: "bad", reason: `the answer's ${sentence(read.error)}`, blames: true };
    const { response } = read.data;
    const { cardData, userPrivateData } = response;
    const wrong = [cardData, userPrivateData].flatMap((given) =>
      given === undefined ? [] : settings.checkCard(given.cardParamMap),
    );
    if (wrong[0] !== undefined) return { outcome: "bad", reason: `the card: ${wrong[0]}`, blames: true };
    return { outcome: cardData === undefined && userPrivateData === undefined ? "nothing" : "card", response };
  }

  function apply(card: string, person: string, { cardData, userPrivateData, cardUpdateOptions }: Response): void {
    if (shows.get(card)?.kind !== "card") return;
    const strings = z.record(z.string(), z.string());
    if (cardData !== undefined) {
      shows.answer(card, person, strings.parse(cardData.cardParamMap), cardUpdateOptions?.updateCardDataByKey === true);
    }
    if (userPrivateData !== undefined) {
      const byKey = cardUpdateOptions?.updatePrivateDataByKey === true;
      shows.updatePrivate(card, person, strings.parse(userPrivateData.cardParamMap), byKey);
    }
  }

  async function callback(data: Readonly<Record<string, unknown>>, person: string): Promise<Pressed> {
    const card = String(data.outTrackId);
    shows.callback(card, 1);
    const delivered = await options.delivery.callback(card, data);
    shows.callback(card, -1);
    const judged = judge(delivered);
    if ("response" in judged) apply(card, person, judged.response);
    else if (judged.blames) records.complain(`card callback: ${judged.reason}`);
    return {
      outcome: judged.outcome,
      inTime: delivered.kind === "answered",
      response: delivered.kind === "answered" ? parseJson(delivered.data) : undefined,
      reason: "reason" in judged ? judged.reason : undefined,
      ms: delivered.ms,
    };
  }

  return {
    press: async (press) => callback(dataOf(press, buttonOf(press)), press.user),
    callback: (data) => callback(data, String(data.userId)),
  };
}
