import type { Found } from "../../../src/doctor/index.ts";
import type { LarkExamination } from "./session.ts";

/** Whether requests of Lark can be told from those of others. That they arrive only Lark itself can try. */
export function examineWebhook({ encryptKey, verificationToken }: LarkExamination): Found {
  const hasKey = encryptKey() !== "";
  const hasToken = verificationToken() !== "";
  if (!hasKey && !hasToken) {
    return {
      state: "failed",
      says: "Nothing tells events of Lark from those of others: channels.lark.encryptKey and verificationToken are empty.",
      todo: "Write both as the developer console shows them, under Events and callbacks, Encryption strategy.",
    };
  }
  const tried =
    "In the developer console, under Events and callbacks, save the request URL https://YOUR.HOST/lark/events once more while the bot runs: Lark tries it then.";
  return hasKey
    ? {
        state: "note",
        says: "Events come to /lark/events encrypted and signed. Whether Lark reaches it is not known here.",
        todo: tried,
      }
    : {
        state: "note",
        says: "Events come to /lark/events unencrypted: the verification token alone protects it.",
        todo: `Set an encrypt key in the developer console, and channels.lark.encryptKey. ${tried}`,
      };
}
