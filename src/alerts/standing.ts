import { type Access, type Grant, grantOf } from "../bot/index.ts";
import { parseFilters } from "../commands/index.ts";
import type { Filters } from "../fleet/index.ts";
import type { Pause, Place, Watch } from "./watch.ts";

/** What stands in a chat without anybody asking anew: who set it up may have lost the right since. */
export interface Standing extends Place {
  readonly origin: Watch["origin"];
  readonly author: string;
  readonly filter: string;
}

/** What may be read and shown for it now, or why nothing may. */
export type Allowed =
  | { readonly ok: true; readonly filters: Filters; readonly grant: Grant }
  | { readonly ok: false; readonly why: Exclude<Pause, "chat"> };

/**
 * What was set up in the configuration is wanted by the operator: the chat's rule narrows what is shown, and where none is for
 * everybody there, nobody is named.
 */
export function createStanding(access: Access): (standing: Standing) => Allowed {
  function grantFor({ channel, chat, author, origin }: Standing): Grant | undefined {
    const grant = grantOf(access, { channel, chat, user: author });
    if (origin === "configuration") {
      return grant.rights.has("query") ? grant : { ...grant, show: "hidden" };
    }
    return grant.rights.has("query") && grant.rights.has("alerts") ? grant : undefined;
  }

  return (standing) => {
    const grant = grantFor(standing);
    if (grant === undefined) {
      return { ok: false, why: "right" };
    }
    const parsed = parseFilters(standing.filter);
    if (!parsed.ok) {
      return { ok: false, why: "filter" };
    }
    // A list of somebody's runtimes would say who is authorised on them.
    const tells = grant.show !== "full" && parsed.filters.user !== undefined;
    return tells ? { ok: false, why: "right" } : { ok: true, filters: parsed.filters, grant };
  };
}
