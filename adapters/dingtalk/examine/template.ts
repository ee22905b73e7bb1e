import type { Found } from "../../../src/doctor/index.ts";
import { templateOf } from "../requests.ts";
import type { DingTalkExamination } from "./session.ts";

/** What can be known of the template before a card is made of it. */
export function examineTemplate({ cardTemplateId, chat }: DingTalkExamination): Found {
  if (templateOf(cardTemplateId) === "public") {
    return { state: "ok", says: "Cards use the public template, which every organisation has." };
  }
  if (!/^[\w-]{1,100}\.schema$/.test(cardTemplateId)) {
    return {
      state: "failed",
      says: "channels.dingtalk.cardTemplateId is not the id of a card template.",
      todo: "Copy the id from the card platform: it ends in .schema. Or leave it empty for the public template.",
    };
  }
  const says = `Cards use the template ${cardTemplateId}.`;
  return chat === undefined
    ? {
        state: "note",
        says: `${says} Whether it is published shows when a card is sent.`,
        todo: "Name a chat by --chat.",
      }
    : { state: "ok", says };
}
