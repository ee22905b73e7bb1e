import type { Found } from "../../../src/doctor/index.ts";
import { clip, plain } from "../../../src/platform/index.ts";
import { createInquiries } from "../inquiries.ts";
import { failedBy } from "./found.ts";
import type { Session } from "./session.ts";

const publish = "Publish a version of the app in the developer console, and have it approved.";
const enable = "Have an administrator enable the app in the admin console.";

/** What an activate_status says of the app (document "Obtain bot info"); 2 is an app in use. */
const outOfUse: Readonly<Record<number, readonly [what: string, todo: string]>> = {
  0: ["is not installed in the organisation", publish],
  1: ["is disabled in the organisation", enable],
  3: ["is installed and waits to be enabled", enable],
  5: ["is out of use, as its licence has ended", enable],
  6: ["is out of use, as the organisation's plan has ended or no longer has it", enable],
};

const upgrade = 4;

/** Whether the app has a bot and is published. */
export async function examineBot(session: Session): Promise<Found> {
  const told = await createInquiries(session).bot();
  if (!told.ok) {
    return failedBy(told.failure);
  }
  const { status } = told.value;
  const name = clip(plain(told.value.name), 60);
  const [what, todo] = outOfUse[status ?? 2] ?? [];
  if (what !== undefined && todo !== undefined) {
    return { state: "failed", says: `The app of the bot "${name}" ${what}.`, todo };
  }
  return status === upgrade
    ? { state: "note", says: `The bot is "${name}". A newer version of its app waits to be enabled.`, todo: enable }
    : { state: "ok", says: `The bot is "${name}", and its app is in use.` };
}
