import type { Filters } from "../fleet/index.ts";

/** What can be allowed. */
export type Right = "query" | "export" | "alerts" | "views" | "admin";

/** How authorised users are shown. */
export type UserDisplay = "full" | "masked" | "hidden";

export interface AccessRule {
  /** The name of a channel, or "*". */
  readonly channel: string;
  /** Ids of chats; undefined or "*" among them is every chat. */
  readonly chats: readonly string[] | undefined;
  /** Ids of users; undefined or "*" among them is everybody. */
  readonly users: readonly string[] | undefined;
  readonly allow: readonly Right[];
  /** Narrows every query from here. */
  readonly scope: Filters;
  readonly show: UserDisplay;
  /** Whether alerts may mention those who are authorised. */
  readonly mention: boolean;
}

export interface Access {
  readonly default: "allow" | "deny";
  readonly rules: readonly AccessRule[];
}

/** Who asks, and where. */
export interface Asker {
  readonly channel: string;
  readonly chat: string;
  readonly user: string;
}

/** What somebody may do in a chat. */
export interface Grant {
  readonly rights: ReadonlySet<Right>;
  readonly scope: Filters;
  readonly show: UserDisplay;
  /** Whether alerts may mention those who are authorised. */
  readonly mention: boolean;
}

/** What the operator may do on the command line: everything. */
export const operatorGrant: Grant = {
  rights: new Set(["query", "export", "alerts", "views", "admin"]),
  scope: {},
  show: "full",
  mention: false,
};

/** The grant of the first rule that matches; without one the default, which never includes `admin`. */
export function grantOf(access: Access, asker: Asker): Grant {
  const rule = access.rules.find((candidate) => matches(candidate, asker));
  if (rule !== undefined) {
    return { rights: new Set(rule.allow), scope: rule.scope, show: rule.show, mention: rule.mention };
  }
  const rights: readonly Right[] = access.default === "allow" ? ["query", "export", "alerts", "views"] : [];
  return { rights: new Set(rights), scope: {}, show: "full", mention: false };
}

function matches(rule: AccessRule, asker: Asker): boolean {
  const among = (ids: readonly string[] | undefined, id: string) =>
    ids === undefined || ids.includes("*") || ids.includes(id);
  return (
    (rule.channel === "*" || rule.channel === asker.channel) &&
    among(rule.chats, asker.chat) &&
    among(rule.users, asker.user)
  );
}
