import { z } from "zod";
import { choose, type Target } from "./card.ts";
import type { Delivered } from "./carrier.ts";
import type { Delivery } from "./delivery.ts";
import type { Envelopes } from "./events.ts";
import type { Messages } from "./messages.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";

export interface Press extends Target {
  /** The message whose card is pressed. */
  readonly message: string;
  /** The open_id of who presses. */
  readonly user: string;
}

/** What the person who pressed saw. */
export interface Pressed {
  /** `error` is what a client shows when nothing came in time, or nothing that it understands. */
  readonly outcome: "toast" | "card" | "nothing" | "error";
  readonly toast: { readonly type: string; readonly content: string } | undefined;
  /** The card that was shown instead, as JSON text. */
  readonly card: string | undefined;
  /** The answer as it came. */
  readonly body: unknown;
  /** Why it is an error. */
  readonly reason: string | undefined;
  /** Whether an answer came within 3 s. */
  readonly inTime: boolean;
  readonly ms: number;
  readonly eventId: string;
  /** For a later update by POST /open-apis/interactive/v1/card/update. */
  readonly token: string;
}

/** What is known of a token that a callback brought. */
export interface CallbackToken {
  readonly message: string;
  readonly at: number;
  uses: number;
  /** Whether the callback was answered: earlier updates are lost. */
  open: boolean;
}

export interface Presses {
  press(press: Press): Promise<Pressed>;
  token(token: string): CallbackToken | undefined;
}

const toast = z.object({ type: z.enum(["info", "success", "warning", "error"]), content: z.string() });
const answer = z.strictObject({
  toast: z.looseObject(toast.shape).optional(),
  card: z.strictObject({ type: z.literal("raw"), data: z.record(z.string(), z.unknown()) }).optional(),
});
type Answer = z.infer<typeof answer>;

type Read =
  | { readonly ok: true; readonly answer: Answer; readonly card: string | undefined }
  | { readonly ok: false; readonly reason: string; readonly blames: boolean };

const failed = (reason: string, blames: boolean): Read => ({ ok: false, reason, blames });

export function createPresses(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly messages: Messages;
  readonly envelopes: Envelopes;
  readonly delivery: Delivery;
  readonly ids: (prefix: string) => string;
}): Presses {
  const { settings, records, messages } = options;
  const tokens = new Map<string, CallbackToken>();

  function remember(token: string, message: string): CallbackToken {
    const entry = { message, at: settings.now(), uses: 0, open: true };
    tokens.set(token, entry);
    if (tokens.size > settings.keep) tokens.delete(tokens.keys().next().value ?? "");
    return entry;
  }

  /** As a client judges an answer: what it does not understand is an error for the person (document "Card callbacks"). */
  function read(delivered: Delivered): Read {
    if (delivered.kind === "silent") return failed("no answer came in time", true);
    if (delivered.kind === "unreachable") return failed(delivered.reason, false);
    if (delivered.code !== 200) return failed(`the answer's code is ${delivered.code}`, false);
    const parsed = answer.safeParse(delivered.body);
    if (!parsed.success) return failed("the answer is no object with toast or card", true);
    const card = parsed.data.card === undefined ? undefined : JSON.stringify(parsed.data.card.data);
    const wrong = card === undefined ? [] : settings.checkCard(card);
    return wrong.length > 0
      ? failed(`the card is refused: ${wrong[0]}`, true)
      : { ok: true, answer: parsed.data, card };
  }

  function shown(read: Read): Pick<Pressed, "outcome" | "toast" | "card" | "reason"> {
    if (!read.ok) return { outcome: "error", toast: undefined, card: undefined, reason: read.reason };
    const { toast } = read.answer;
    const outcome = read.card !== undefined ? "card" : toast !== undefined ? "toast" : "nothing";
    return { outcome, toast, card: read.card, reason: undefined };
  }

  return {
    token: (token) => tokens.get(token),
    async press({ message: id, user, ...target }) {
      const message = messages.get(id);
      if (message === undefined) throw new Error(`there is no message ${id}`);
      const token = options.ids("c-");
      const envelope = options.envelopes.cardAction({ message, user, chosen: choose(message.content, target), token });
      const entry = remember(token, id);
      messages.lock(id);
      const delivered = await options.delivery.callback(envelope);
      messages.unlock(id);
      entry.open = false;
      const outcome = read(delivered);
      if (!outcome.ok && outcome.blames) records.complain(`card callback: ${outcome.reason}`);
      if (outcome.ok && outcome.card !== undefined) messages.change(id, outcome.card, "callback");
      return {
        ...shown(outcome),
        body: delivered.kind === "answered" ? delivered.body : undefined,
        inTime: delivered.kind === "answered",
        ms: delivered.ms,
        eventId: envelope.header.event_id,
        token,
      };
    },
  };
}
