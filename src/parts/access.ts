import type { Access } from "../bot/index.ts";
import { parseFilters } from "../commands/index.ts";
import type { Config } from "../config/index.ts";

/** Who may do what where, as configured. */
export function accessOf(config: Config): Access {
  return {
    default: config.access.default,
    rules: config.access.rules.map(({ channel, chats, users, allow, scope, show }) => {
      const parsed = parseFilters(scope ?? "");
      const narrows = parsed.ok && (scope === undefined || Object.keys(parsed.filters).length > 0);
      // The configuration was refused if its scope is not a filter: a rule without its scope must never come to be.
      return {
        channel,
        chats,
        users,
        allow: narrows ? allow : [],
        scope: parsed.ok ? parsed.filters : {},
        show: show.users,
        mention: show.mention,
      };
    }),
  };
}
