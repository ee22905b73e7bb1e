import { z } from "zod";
import { withoutAddresses } from "../../src/bot/index.ts";
import { clip, plain } from "../../src/platform/index.ts";
import type { Asked } from "./ask.ts";
import { type FailureKind, kindOfCode } from "./codes.ts";
import { failureOf } from "./failure.ts";

const flag = z.boolean().optional().catch(undefined);

const createdSchema = z.object({
  success: flag,
  result: z
    .object({ deliverResults: z.array(z.object({ success: flag, errorMsg: z.string().catch("") })).catch([]) })
    .optional()
    .catch(undefined),
});
const updatedSchema = z.object({ success: flag, result: flag });
const ids = z.array(z.string()).catch([]);
const sentSchema = z.object({
  processQueryKey: z.string().min(1),
  invalidStaffIdList: ids,
  flowControlledStaffIdList: ids,
  filteredStaffIdList: ids,
});
const uploadedSchema = z.object({ media_id: z.string().regex(/^[\x21-\x7e]{1,300}$/) });

const done = { ok: true, value: undefined } as const;

/** What came is not what the call answers with; whether it was done is open. */
const strange = (words: string): Asked<never> => ({
  ok: false,
  failure: failureOf("unavailable", words, { maybeSent: true }),
});

/** What a card that was made says: it may not have been delivered all the same. */
export function readCreated(data: unknown): Asked<undefined> {
  const { success, result } = createdSchema.safeParse(data).data ?? {};
  const undelivered = result?.deliverResults.find((one) => one.success === false);
  if (undelivered !== undefined) {
    return notDelivered(undelivered.errorMsg);
  }
  if (success === false) {
    return { ok: false, failure: failureOf("refused", "DingTalk did not make the card.") };
  }
  return success === true || result !== undefined ? done : strange("DingTalk did not say whether it made the card.");
}

/** Why a card was not delivered, as far as its word says it. */
const lasting: ReadonlySet<FailureKind> = new Set(["gone", "user", "scope", "denied", "template"]);

/**
 * The card is there and nobody sees it: to make it once more would only be told that it is there. So this is never a failure
 * that passes, whatever the platform says.
 */
function notDelivered(errorMsg: string): Asked<never> {
  const code = /^[A-Za-z][\w.]{1,99}$/.test(errorMsg) ? errorMsg : undefined;
  const kind = code === undefined ? undefined : kindOfCode(code);
  const why = wordsOf(errorMsg);
  const words = `DingTalk made the card and did not deliver it${why === "" ? "" : ` (${why})`}.`;
  return {
    ok: false,
    failure: failureOf(kind !== undefined && lasting.has(kind) ? kind : "refused", words, { code }),
  };
}

/** UTF-16 units of what the platform says in its own words. */
const longestWhy = 200;

/** What may be a token or a key: the platform may repeat what it was told. */
const isKeyLike = (run: string): boolean => /\d/.test(run) || run.length >= 40;

/** What the platform says, for the log: in one line, without addresses and what may be secret. */
function wordsOf(text: string): string {
  const words = withoutAddresses(plain(text)).trim();
  return clip(
    words.replace(/[\w+/=-]{16,}/g, (run) => (isKeyLike(run) ? "[…]" : run)),
    longestWhy,
  );
}

export function readUpdated(data: unknown): Asked<undefined> {
  const { success, result } = updatedSchema.safeParse(data).data ?? {};
  return success === false || result === false
    ? { ok: false, failure: failureOf("refused", "DingTalk did not change the card.") }
    : done;
}

/** What a robot message says: the platform may have taken it, and left out who it was for. */
export function readSent(data: unknown): Asked<undefined> {
  const sent = sentSchema.safeParse(data).data;
  if (sent === undefined) {
    return strange("DingTalk did not say whether it took the message.");
  }
  if (sent.invalidStaffIdList.length > 0) {
    return { ok: false, failure: failureOf("user", "DingTalk does not know the person the message is for.") };
  }
  if (sent.flowControlledStaffIdList.length > 0) {
    return { ok: false, failure: failureOf("rate", "Too many messages to one person.", { limited: "key" }) };
  }
  return sent.filteredStaffIdList.length > 0
    ? { ok: false, failure: failureOf("refused", "DingTalk does not pass the message on to the person it is for.") }
    : done;
}

/** The id by which a message or a card names what was uploaded. */
export function readUploaded(data: unknown): Asked<string> {
  const uploaded = uploadedSchema.safeParse(data).data;
  return uploaded === undefined
    ? strange("DingTalk did not say how it calls the file.")
    : { ok: true, value: uploaded.media_id };
}
