import { describe, expect, it } from "vitest";
import { type Arrival, arrivalKey } from "../../src/bot/index.ts";
import { createManualClock } from "../manual-clock.ts";
import { machineClock } from "./machine-clock.ts";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting, messageOf, messagesOf } from "./sites.ts";

const postgres = await findPostgres();

describeSites("the inbox", postgres, (createSite) => {
  it("knows what was delivered before", async () => {
    const { inbox } = await (await createSite()).open();

    expect(await inbox.take(messageOf("one"))).toBe("new");
    expect(await inbox.take(messageOf("one"))).toBe("known");
    expect(await inbox.take(messageOf("two"))).toBe("new");
  });

  it("knows what was settled", async () => {
    const site = await createSite();
    const { inbox } = await site.open();
    await inbox.take(messageOf("one"));

    inbox.settle(messageOf("one"));
    await site.clock.advance(1_000);

    expect(await inbox.take(messageOf("one"))).toBe("known");
  });

  it("calls one of many deliveries at once new", async () => {
    const { inbox } = await (await createSite()).open();

    const taken = await Promise.all(Array.from({ length: 64 }, () => inbox.take(messageOf("one"))));

    expect(taken.filter((one) => one === "new")).toHaveLength(1);
  });

  it("tells apart what differs only by kind, channel or chat", async () => {
    const { inbox } = await (await createSite()).open();
    const where = { channel: "lark", chat: "chat-1", user: "user-1", id: "one", locale: "en" } as const;

    const taken = await Promise.all(
      [
        messageOf("one"),
        messageOf("one", { chat: "chat-2" }),
        messageOf("one", { channel: "dingtalk" }),
        { kind: "click", at: 0, click: { ...where, message: "card", text: "/help" } } satisfies Arrival,
        { kind: "joined", at: 0, joined: where } satisfies Arrival,
      ].map((arrival) => inbox.take(arrival)),
    );

    expect(taken).toEqual(["new", "new", "new", "new", "new"]);
  });

  it("takes texts of every kind, and tells long ones apart", async () => {
    const { inbox } = await (await createSite()).open();
    const odd = [
      messageOf("nul \0", { text: "\0", chat: "\0" }),
      messageOf("half \uD800", { text: "\uDC00", channel: "\uD800" }),
      messageOf(`${"long".repeat(5_000)}1`, { text: "text".repeat(50_000) }),
      messageOf(`${"long".repeat(5_000)}2`),
      messageOf("'; drop table arrivals; --"),
    ];

    const first = await Promise.all(odd.map((arrival) => inbox.take(arrival)));
    const second = await Promise.all(odd.map((arrival) => inbox.take(arrival)));

    expect(first).toEqual(odd.map(() => "new"));
    expect(second).toEqual(odd.map(() => "known"));
  });

  it("rejects what comes when ten thousand wait, and takes those", async () => {
    const { inbox } = await (await createSite()).open();
    const waiting = messagesOf(10_000).map((arrival) => inbox.take(arrival));

    await expect(inbox.take(messageOf("one too many"))).rejects.toThrow("more to write than it can");
    const taken = await Promise.all(waiting);

    expect(new Set(taken)).toEqual(new Set(["new"]));
    expect(await inbox.take(messageOf("one too many"))).toBe("new");
  });

  it("rejects what comes after the end", async () => {
    const store = await (await createSite()).open();
    await store.stop();

    await expect(store.inbox.take(messageOf("one"))).rejects.toThrow("closed");
    store.inbox.settle(messageOf("one"));
  });

  it("gives what was released to whoever looks for it then, this process included, and not sooner", async () => {
    const site = await createSite();
    const { inbox } = await site.open();
    await inbox.take(messageOf("one"));
    await inbox.release(messageOf("one"), 60_000);
    expect(await inbox.adopt(10)).toEqual([]);
    await site.clock.advance(60_000);
    expect(await inbox.adopt(10)).toEqual([messageOf("one")]);
    expect(await inbox.adopt(10)).toEqual([]);
    expect(await inbox.take(messageOf("one"))).toBe("known");
  });

  it("releases nothing that was settled", async () => {
    const site = await createSite();
    const { inbox } = await site.open();
    await inbox.take(messageOf("one"));
    inbox.settle(messageOf("one"));
    await site.clock.advance(1_000);
    await inbox.release(messageOf("one"), 0);
    expect(await inbox.adopt(10)).toEqual([]);
  });

  it("gives nobody what its own process answers", async () => {
    const { inbox } = await (await createSite()).open();
    await inbox.take(messageOf("one"));

    expect(await inbox.adopt(10)).toEqual([]);
  });
});

describeSites(
  "the inbox of a later process",
  postgres,
  (createSite) => {
    it("knows what an earlier one took", async () => {
      const site = await createSite();
      const first = await site.open();
      await first.inbox.take(messageOf("one"));
      await first.stop();

      expect(await (await site.open()).inbox.take(messageOf("one"))).toBe("known");
    });

    it("adopts at once what one that ended left, the oldest first, as it was, and once", async () => {
      const site = await createSite();
      const first = await site.open();
      const left = [messageOf("z", { inThread: true }), messageOf("a", { text: "/帮助 \0" }), messageOf("m")];
      for (const arrival of left) {
        await first.inbox.take(arrival);
      }
      await first.stop();
      const { inbox } = await site.open();

      expect(await inbox.adopt(2)).toEqual(left.slice(0, 2));
      expect(await inbox.adopt(2)).toEqual(left.slice(2));
      expect(await inbox.adopt(2)).toEqual([]);
    });

    it("does not adopt what was settled a moment before the end", async () => {
      const site = await createSite();
      const first = await site.open();
      await first.inbox.take(messageOf("one"));
      await first.inbox.take(messageOf("two"));
      first.inbox.settle(messageOf("one"));
      await first.stop();

      expect(await (await site.open()).inbox.adopt(10)).toEqual([messageOf("two")]);
    });

    it("passes on what it adopted and did not answer either", async () => {
      const site = await createSite();
      const first = await site.open();
      await first.inbox.take(messageOf("one"));
      await first.stop();
      const second = await site.open();
      await second.inbox.adopt(10);
      await second.stop();

      expect(await (await site.open()).inbox.adopt(10)).toEqual([messageOf("one")]);
    });

    it("adopts from one that gives no sign of life for ten seconds, and not sooner", async () => {
      const site = await createSite();
      const silent = await site.open();
      await silent.inbox.take(messageOf("one"));
      const later = createManualClock(site.clock.now());
      const { inbox } = await site.open(later);

      await later.advance(9_999);
      expect(await inbox.adopt(10)).toEqual([]);
      await later.advance(1);
      expect(await inbox.adopt(10)).toEqual([messageOf("one")]);
    });

    it("gives each arrival to one of those who adopt at once", async () => {
      const site = await createSite();
      const first = await site.open(machineClock);
      const left = messagesOf(200);
      await Promise.all(left.map((arrival) => first.inbox.take(arrival)));
      await first.stop();
      const others = await Promise.all([site.open(machineClock), site.open(machineClock), site.open(machineClock)]);

      const adopted = await Promise.all([...others, ...others].map(({ inbox }) => inbox.adopt(40)));
      const rest = await Promise.all(others.map(({ inbox }) => inbox.adopt(200)));

      expect([...adopted, ...rest].flat().map(arrivalKey).toSorted()).toEqual(left.map(arrivalKey).toSorted());
    });

    it("calls each arrival new once when several processes take the same", async () => {
      const site = await createSite();
      const stores = await Promise.all([site.open(machineClock), site.open(machineClock), site.open(machineClock)]);
      const arrivals = messagesOf(300);

      const taken = await Promise.all(
        stores.map(({ inbox }, index) =>
          Promise.all((index === 1 ? arrivals.toReversed() : arrivals).map((arrival) => inbox.take(arrival))),
        ),
      );

      const straight = taken.map((one, index) => (index === 1 ? one.toReversed() : one));
      const news = arrivals.map((_, index) => straight.filter((one) => one[index] === "new").length);
      expect(new Set(news)).toEqual(new Set([1]));
    });

    it("settles what it cannot read, and says so", async () => {
      const site = await createSite();
      await (await site.open()).stop();
      await site.look(async (db) => {
        const old = { channel: "lark", taken_at: site.clock.now(), holder: "gone", settled_at: null, retry_at: 0 };
        await db
          .insertInto("arrivals")
          .values([
            { ...old, key: "no JSON", content: "{" },
            { ...old, key: "another shape", content: '{"kind":"postcard"}' },
            { ...old, key: "readable", content: JSON.stringify(messageOf("one")) },
          ])
          .execute();
      });
      const store = await site.open();

      expect(await store.inbox.adopt(10)).toEqual([messageOf("one")]);
      await store.stop();
      const open = await site.look((db) =>
        db.selectFrom("arrivals").select("key").where("settled_at", "is", null).execute(),
      );
      expect(open).toEqual([{ key: "readable" }]);
      expect(site.log.lines.filter(({ message }) => message.includes("cannot be read"))).toHaveLength(2);
    });
  },
  lasting,
);

describe("a process that lives", () => {
  describeSites(
    "gives signs of life",
    postgres,
    (createSite) => {
      it("so that nobody adopts what it answers", async () => {
        const site = await createSite();
        const { inbox } = await site.open();
        await inbox.take(messageOf("one"));
        const other = await site.open();

        await site.clock.advance(60_000);

        expect(await other.inbox.adopt(10)).toEqual([]);
      });
    },
    ["file"],
  );
});
