import { randomBytes } from "node:crypto";
import { type DoctorStage, doctorCard, type Locale } from "../../../src/cards/index.ts";
import type { Found } from "../../../src/doctor/index.ts";
import { noMeter } from "../../../src/telemetry/index.ts";
import { createApi } from "../api.ts";
import { createInquiries } from "../inquiries.ts";
import { renderLark } from "../render.ts";
import { failedBy } from "./found.ts";
import { type LarkExamination, type Session, silent } from "./session.ts";

/**
 * Sends a card, changes it, reads it back where the app may, and leaves it with the word that doctor was here. Each is tried
 * once, so that nothing that is wrong for a moment is passed over.
 */
export async function examineCard(
  options: LarkExamination & { readonly chat: string },
  session: Session,
): Promise<Found> {
  const { chat, locale } = options;
  const api = createApi({ ...options, ...session, log: silent, meter: noMeter });
  const run = randomBytes(4).toString("hex");
  const draw = (stage: DoctorStage) => contentOf(stage, `${run}${stage}`, locale === "auto" ? "en" : locale);
  const sent = await api.create(chat, draw("sent"), `doctor-${run}`);
  if (!sent.ok) {
    return failedBy(sent.failure, `No card could be sent to ${chat}.`);
  }
  const changed = await api.patch(sent.message, draw("changed"));
  if (!changed.ok) {
    return failedBy(changed.failure, `A card was sent to ${chat}, and could not be changed.`);
  }
  const read = await createInquiries(session).content(sent.message);
  const done = await api.patch(sent.message, draw("done"));
  if (!done.ok) {
    return failedBy(done.failure, `A card in ${chat} could be changed once, and not again.`);
  }
  if (read.ok && !read.value.includes(`${run}changed`)) {
    return {
      state: "failed",
      says: `A card was sent to ${chat} and changed, and Lark has it as it was before.`,
      todo: "Look at the card in the chat: it says that doctor was here if the change came late. Then ask again.",
    };
  }
  const compared = read.ok
    ? "read back and as it should be"
    : `not read back (${read.failure.kind === "scope" ? "the app may not read messages, which the bot does not need" : read.failure.kind})`;
  return { state: "ok", says: `A card was sent to ${chat} and changed, ${compared}. Press its button to try presses.` };
}

function contentOf(stage: DoctorStage, mark: string, locale: Locale): string {
  return renderLark(doctorCard({ stage, locale, mark, pressable: true })).content;
}
