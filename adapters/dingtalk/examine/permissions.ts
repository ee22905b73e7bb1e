import { randomBytes } from "node:crypto";
import type { Found } from "../../../src/doctor/index.ts";
import type { Asked } from "../api.ts";
import type { FailureKind } from "../codes.ts";
import type { Failure } from "../failure.ts";
import { failedBy } from "./found.ts";
import type { Session } from "./session.ts";

// DingTalk does not tell which permissions an app has. So it is asked for what cannot be done, and says either that it is not
// allowed, or that there is no such thing: then it would be allowed.

/** A group that there is not: no id of DingTalk reads so. */
const nowhere = "cidNoSuchGroupAsDeskhandAsksFor==";

/** What follows when the permission is there and the thing is not. */
const letThrough: ReadonlySet<FailureKind> = new Set(["missing-card", "gone", "parameter", "user", "refused"]);

/** Whether the app may send as its robot. Costs one call of the month; nobody gets anything. */
export async function examineRobot({ api }: Session): Promise<Found> {
  const asked = await api.sendGroup(nowhere, "sampleText", { content: "Deskhand" });
  return judge(asked, "The robot is in use, and the app may send messages.");
}

/** Whether the app may make and change cards. Costs one call of the month; there is no such card. */
export async function examineCardPermission({ api }: Session): Promise<Found> {
  const asked = await api.updateCard(`doctor-${randomBytes(8).toString("hex")}`, { title: "Deskhand" });
  return judge(asked, "The app may make and change cards.");
}

function judge(asked: Asked<undefined>, says: string): Found {
  if (asked.ok || isLetThrough(asked.failure)) {
    return { state: "ok", says };
  }
  const { kind, code, what } = asked.failure;
  return kind === "unknown" && code !== undefined
    ? {
        state: "note",
        says: `Whether the app may is not known: a card to a chat shows it. ${what}`,
        todo: "Name a chat by --chat.",
      }
    : failedBy(asked.failure);
}

function isLetThrough({ kind, code }: Failure): boolean {
  return letThrough.has(kind) && code !== undefined && !code.startsWith("InvalidAction.");
}
