import type { Found } from "../../../src/doctor/index.ts";
import { createInquiries, type Scope } from "../inquiries.ts";
import { failedBy } from "./found.ts";
import type { Session } from "./session.ts";

interface Need {
  /** Any one of them is enough; the first is the narrowest. */
  readonly scopes: readonly [string, ...string[]];
  /** What cannot be done without. */
  readonly purpose: string;
  /** The bot is of use without it. */
  readonly optional?: boolean | undefined;
}

/** Documents of the events and calls; docs/lark.md asks for the first of each. */
const needs: readonly Need[] = [
  { scopes: ["im:message.p2p_msg:readonly", "im:message.p2p_msg"], purpose: "hear people in 1:1" },
  {
    scopes: ["im:message.group_at_msg:readonly", "im:message.group_at_msg", "im:message.group_msg"],
    purpose: "hear mentions in groups",
  },
  { scopes: ["im:message:send_as_bot", "im:message"], purpose: "answer" },
  { scopes: ["im:message:update", "im:message:send_as_bot", "im:message"], purpose: "change cards" },
  { scopes: ["im:resource", "im:resource:upload"], purpose: "send files", optional: true },
];

/** Document "Query the authorization status of a tenant". */
const notInstalled = 212_100;

/** Whether the app has the permissions that the bot needs. */
export async function examinePermissions(session: Session): Promise<Found> {
  const told = await createInquiries(session).scopes();
  if (told.ok) {
    return judge(told.value);
  }
  const { failure } = told;
  if (failure.code === notInstalled) {
    return {
      state: "failed",
      says: "The app is not installed in the organisation.",
      todo: "Publish a version of the app in the developer console, and have it approved.",
    };
  }
  // A private deployment may not know the call; what the others need they say themselves.
  return failure.kind === "parameter"
    ? { state: "note", says: `Lark does not tell which permissions the app has. ${failure.what}` }
    : failedBy(failure);
}

function judge(scopes: readonly Scope[]): Found {
  const granted = new Set(scopes.filter((scope) => scope.granted).map(({ name }) => name));
  const asked = new Set(scopes.map(({ name }) => name));
  const missing = needs.filter((need) => !need.scopes.some((scope) => granted.has(scope)));
  if (missing.length === 0) {
    return { state: "ok", says: "The app has every permission that the bot needs." };
  }
  const list = missing.map(({ scopes: [scope], purpose }) => `${scope} (to ${purpose})`).join(", ");
  const says = `${missing.length === 1 ? "A permission is" : "Permissions are"} missing: ${list}.`;
  const isAsked = missing.every((need) => need.scopes.some((scope) => asked.has(scope)));
  const which = missing.length === 1 ? "it" : "them";
  const todo = isAsked
    ? `The app asks for ${which}: have a version published and approved by an administrator.`
    : `Add ${which} to the app in the developer console and publish a version.`;
  return { state: missing.every(({ optional }) => optional) ? "note" : "failed", says, todo };
}
