import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createPlayground, type Playground } from "../../adapters/playground/index.ts";
import { systemClock } from "../../src/app.ts";
import type { Completion } from "../../src/commands/index.ts";
import { createFakeBot, type FakeBot } from "../adapters/playground/fake-bot.ts";
import { chineseCard, detailCard, listCard, problemCard, summaryCard, trendCard } from "./sample-cards.ts";

/** A playground on a port of this machine, with a bot that answers with sample cards. */
export interface Served {
  readonly url: string;
  readonly bot: FakeBot;
  readonly playground: Playground;
  close(): Promise<void>;
}

const words: readonly Completion[] = [
  { start: 0, end: 0, insert: "/runtimes ", label: "/runtimes", kind: "command", detail: "list the agent runtimes" },
  { start: 0, end: 0, insert: "/runtimes summary", label: "summary", kind: "subcommand", detail: "counts and shares" },
  { start: 0, end: 0, insert: "/runtimes status=", label: "status=", kind: "key", detail: "of the desktop" },
  { start: 0, end: 0, insert: "/runtimes status=Running", label: "Running", kind: "value", detail: "" },
  { start: 0, end: 0, insert: "/help", label: "/help", kind: "command", detail: "what can be typed" },
];

/** Starts it; `port` 0 takes any free one. */
export async function servePlayground(port = 0): Promise<Served> {
  let address = { host: "127.0.0.1", port };
  const playground = createPlayground({
    complete: (text, cursor) =>
      words
        .filter((word) => word.insert.startsWith(text.slice(0, cursor)) && word.insert !== text)
        .map((word) => ({ ...word, end: cursor })),
    locale: "auto",
    address: () => address,
    clock: systemClock,
    randomId: () => randomUUID(),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  const bot = createFakeBot();
  bot.onMessage = async ({ chat, id, text }) => {
    const card = sampleFor(text);
    if (card !== undefined) await playground.send(chat, card, { replyTo: id, key: id });
  };
  bot.onClick = ({ text }) => {
    const card = sampleFor(text);
    return card ? { kind: "card", card } : { kind: "toast", text: `No sample for ${text}`, colour: "orange" };
  };
  await playground.start(bot);
  const server = serve({ fetch: playground.routes.fetch, hostname: "127.0.0.1", port });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const bound = server.address() as AddressInfo;
  address = { host: "127.0.0.1", port: bound.port };
  return {
    url: `http://127.0.0.1:${bound.port}/`,
    bot,
    playground,
    async close() {
      await playground.quiesce();
      await playground.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}

function sampleFor(text: string) {
  const page = /^\/runtimes(?: page=(\d+) size=12)?$/.exec(text);
  if (page !== null) return listCard(Number(page[1] ?? 1));
  if (text.startsWith("/runtimes show")) return detailCard();
  if (text === "/runtimes summary") return summaryCard();
  if (text === "/runtimes trend") return trendCard();
  if (text === "/zh") return chineseCard();
  return text.startsWith("/runtimes status=Runing") ? problemCard() : undefined;
}
