import { expect, it } from "vitest";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting } from "./sites.ts";

const postgres = await findPostgres();

describeSites("the chats", postgres, (createSite) => {
  it("are not gone before the bot is told so", async () => {
    const { chats } = await (await createSite()).open();
    await chats.joined("lark", "chat-1");

    expect(await chats.isGone("lark", "chat-1")).toBe(false);
    expect(await chats.isGone("lark", "never heard of")).toBe(false);
  });

  it("are gone until the bot joins again", async () => {
    const { chats } = await (await createSite()).open();

    await chats.gone("lark", "chat-1", "the chat was dissolved \0");
    expect(await chats.isGone("lark", "chat-1")).toBe(true);
    expect(await chats.isGone("dingtalk", "chat-1")).toBe(false);
    await chats.joined("lark", "chat-1");
    expect(await chats.isGone("lark", "chat-1")).toBe(false);
    await chats.gone("lark", "chat-1", "the bot was removed");
    expect(await chats.isGone("lark", "chat-1")).toBe(true);
  });
});

describeSites(
  "the chats of an earlier process",
  postgres,
  (createSite) => {
    it("are still gone", async () => {
      const site = await createSite();
      const first = await site.open();
      await first.chats.gone("lark", "chat-1", "the bot was removed");
      await first.stop();

      expect(await (await site.open()).chats.isGone("lark", "chat-1")).toBe(true);
    });
  },
  lasting,
);
