import { remember } from "../append.ts";

/** The session webhooks that messages bring. */
export interface Sessions {
  /** The address for a chat, and when it ends in epoch milliseconds. One that is young is given out again. */
  open(chat: string): { readonly url: string; readonly ends: number };
  /** The chat of a session that is good. */
  chatOf(session: string | null): string | undefined;
  /** None that was given out is good any more. */
  end(): void;
}

export function createSessions(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly base: () => string;
  readonly seconds: number;
  readonly keep: number;
}): Sessions {
  const sessions = new Map<string, { readonly chat: string; readonly ends: number }>();
  const latest = new Map<string, string>();
  const life = options.seconds * 1000;

  return {
    open(chat) {
      const now = options.now();
      let session = latest.get(chat) ?? "";
      const ends = sessions.get(session)?.ends ?? 0;
      if (ends - now <= life / 2) {
        session = options.ids("session");
        remember(latest, chat, session, options.keep);
        remember(sessions, session, { chat, ends: now + life }, options.keep);
      }
      return {
        url: `${options.base()}/robot/sendBySession?session=${session}`,
        ends: sessions.get(session)?.ends ?? now,
      };
    },
    chatOf(session) {
      const known = sessions.get(session ?? "");
      return known !== undefined && known.ends > options.now() ? known.chat : undefined;
    },
    end() {
      sessions.clear();
      latest.clear();
    },
  };
}
