import { expect, it } from "vitest";
import { findPostgres } from "./postgres.ts";
import { commandOf, describeSites, lasting } from "./sites.ts";

const postgres = await findPostgres();
const shown = { channel: "lark", chat: "chat-1", message: "card-1", command: "/runtimes" };

describeSites("the shown cards", postgres, (createSite) => {
  it("are known at once and after they were written", async () => {
    const site = await createSite();
    const { cards } = await site.open();

    cards.record(shown);
    expect(await commandOf(cards, "lark", "chat-1", "card-1")).toBe("/runtimes");
    await site.clock.advance(1_000);
    expect(await commandOf(cards, "lark", "chat-1", "card-1")).toBe("/runtimes");
    expect(await commandOf(cards, "lark", "chat-2", "card-1")).toBeUndefined();
  });

  it("show what was recorded last", async () => {
    const site = await createSite();
    const { cards } = await site.open();

    for (const command of ["/help", "/runtimes page=2", undefined, "/runtimes page=3"]) {
      cards.record({ ...shown, command });
      expect(await commandOf(cards, "lark", "chat-1", "card-1")).toBe(command);
    }
    await site.clock.advance(1_000);
    expect(await commandOf(cards, "lark", "chat-1", "card-1")).toBe("/runtimes page=3");
    cards.record({ ...shown, command: undefined });
    await site.clock.advance(1_000);
    expect(await commandOf(cards, "lark", "chat-1", "card-1")).toBeUndefined();
  });

  it("keep texts of every kind apart", async () => {
    const site = await createSite();
    const { cards } = await site.open();
    const long = "x".repeat(5_000);

    cards.record({ channel: "lark\0", chat: `${long}1`, message: "\uD800", command: "/runtimes name=\0" });
    cards.record({ channel: "lark\0", chat: `${long}2`, message: "\uD800", command: "/help" });
    await site.clock.advance(1_000);

    expect(await commandOf(cards, "lark\0", `${long}1`, "\uD800")).toBe("/runtimes name=\uFFFD");
    expect(await commandOf(cards, "lark\0", `${long}2`, "\uD800")).toBe("/help");
  });
});

describeSites(
  "the shown cards of an earlier process",
  postgres,
  (createSite) => {
    it("are known, also those of its last moment", async () => {
      const site = await createSite();
      const first = await site.open();
      for (let card = 0; card < 1_200; card += 1) {
        first.cards.record({ ...shown, message: `card-${card}` });
      }
      await first.stop();
      const { cards } = await site.open();

      const commands = await Promise.all(["card-0", "card-1199"].map((id) => commandOf(cards, "lark", "chat-1", id)));
      expect(commands).toEqual(["/runtimes", "/runtimes"]);
    });
  },
  lasting,
);
