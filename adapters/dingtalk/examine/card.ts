import { randomBytes } from "node:crypto";
import { type Card, type DoctorStage, doctorCard } from "../../../src/cards/index.ts";
import type { Found } from "../../../src/doctor/index.ts";
import type { Api, Asked, CreateCard } from "../api.ts";
import { apiLimits } from "../api-limits.ts";
import { fallbackWords } from "../fallback.ts";
import { renderDingTalk, renderMarkdown } from "../render.ts";
import { templateOf } from "../requests.ts";
import { failedBy } from "./found.ts";
import type { DingTalkExamination, Session } from "./session.ts";

/**
 * Delivers a card and changes it to the word that doctor was here; where it cannot be delivered and the bot would send a plain
 * message in its place, that is tried as well. Each is tried once. DingTalk has no call that reads a card back.
 */
export async function examineCard(
  { chat, locale, cardTemplateId }: DingTalkExamination & { readonly chat: string },
  { api, spent }: Session,
): Promise<Found> {
  const run = randomBytes(4).toString("hex");
  const drawn = (stage: DoctorStage): Card =>
    doctorCard({ stage, locale: locale === "auto" ? "zh" : locale, mark: run, pressable: false });
  const template = templateOf(cardTemplateId);
  const { params, summary } = renderDingTalk(drawn("sent"), template);
  const outTrackId = `doctor-${run}`;
  const to = addresseeOf(chat);
  const created = await api.createCard({ outTrackId, params, to, summary });
  if (!created.ok) {
    const failed = failedBy(created.failure, `No card could be delivered to ${chat}.`);
    const words = fallbackWords(created.failure.kind);
    return words === undefined || created.failure.maybeSent
      ? failed
      : { ...failed, says: `${failed.says} ${words} ${await plainMessage(api, to, drawn("done"))}` };
  }
  const changed = await api.updateCard(outTrackId, renderDingTalk(drawn("done"), template).params);
  return changed.ok
    ? {
        state: "ok",
        says: `A card was delivered to ${chat} and changed, as DingTalk says. That took ${spent()} of the month's API calls.`,
      }
    : failedBy(changed.failure, `A card was delivered to ${chat}, and could not be changed.`);
}

/** Ids of conversations begin with cid; people go by the id that their organisation gave them. */
function addresseeOf(chat: string): CreateCard["to"] {
  return chat.startsWith("cid") ? { kind: "group", conversationId: chat } : { kind: "single", staffId: chat };
}

/** Sends what the bot would send in place of a card, and says what became of it. */
async function plainMessage(api: Api, to: CreateCard["to"], card: Card): Promise<string> {
  const { title, text } = renderMarkdown(card, apiLimits.msgParamBytes);
  const asked: Asked<undefined> =
    to.kind === "group"
      ? await api.sendGroup(to.conversationId, "sampleMarkdown", { title, text })
      : await api.sendUser(to.staffId, "sampleMarkdown", { title, text });
  return asked.ok ? "One was sent." : `None could be sent. ${asked.failure.what}`;
}
