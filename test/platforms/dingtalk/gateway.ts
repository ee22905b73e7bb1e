import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { append } from "../append.ts";
import { sameSecret } from "../secret.ts";
import type { ApiAnswer } from "../server.ts";
import { refusal, success } from "./answers.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";

/** Lets clients become sockets. */
export interface Gateway {
  /** POST /v1.0/gateway/connections/open. */
  open(body: unknown, headers: IncomingHttpHeaders): ApiAnswer;
  /** Takes a ticket, which is good once; gives the topics it was given out for, undefined when it is not good. */
  take(ticket: string): readonly string[] | undefined;
}

interface Ticket {
  readonly text: string;
  readonly ends: number;
  readonly topics: readonly string[];
}

const openBody = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  ua: z.string().optional(),
  subscriptions: z.array(z.object({ type: z.enum(["EVENT", "CALLBACK", "SYSTEM"]), topic: z.string().min(1) })),
});

/** Tickets that were given out and not used yet, at most. */
const ticketLimit = 1000;

export function createGateway(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly ids: (prefix: string) => string;
  readonly host: () => string;
}): Gateway {
  const { settings, records } = options;
  const tickets: Ticket[] = [];

  function issue(topics: readonly string[]): { readonly endpoint: string; readonly ticket: string } {
    // With all that an address has to encode, so that a client which does not is found out.
    const text = `${options.ids("")}+/=${options.ids("")}==`;
    append(tickets, { text, ends: settings.now() + settings.ticketSeconds * 1000, topics }, ticketLimit);
    return { endpoint: `ws://${options.host()}/connect`, ticket: text };
  }

  return {
    open(body, headers) {
      const read = openBody.safeParse(body);
      if (!read.success) return refusal("param.invalid", read.error.issues[0]?.path.join("."));
      const { clientId, clientSecret, subscriptions } = read.data;
      if (clientId !== settings.clientId || !sameSecret(clientSecret, settings.clientSecret)) {
        return refusal("AuthenticationFailed.InvalidClient");
      }
      if (subscriptions.length === 0) return refusal("InvalidParameter.Subscriptions");
      if (subscriptions.some(({ type, topic }) => type === "EVENT" && topic === "*")) {
        records.complain("a subscription to every event: each costs a push");
      }
      const issued = issue(subscriptions.filter(({ type }) => type === "CALLBACK").map(({ topic }) => topic));
      if (/\bapplication\/json\b/i.test(headers.accept ?? "")) return success(issued);
      // A remark in the SDK: without this header the answer is XML.
      const xml = `<response><endpoint>${issued.endpoint}</endpoint><ticket>${issued.ticket}</ticket></response>`;
      const blame = "without Accept: application/json the answer is XML";
      return { status: 200, body: xml, headers: { "content-type": "application/xml" }, blame };
    },
    take(text) {
      const place = tickets.findIndex((ticket) => ticket.text === text);
      const [ticket] = place < 0 ? [] : tickets.splice(place, 1);
      return ticket !== undefined && ticket.ends > settings.now() ? ticket.topics : undefined;
    },
  };
}
