import { expect, it } from "vitest";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting } from "./sites.ts";

const postgres = await findPostgres();
const note = { channel: "dingtalk", kind: "button", key: "key-1", text: "/runtimes page=2" };

describeSites("the notes", postgres, (createSite) => {
  it("are known at once and after they were written", async () => {
    const site = await createSite();
    const { notes } = await site.open();

    notes.put(note);
    expect(await notes.get("dingtalk", "button", "key-1")).toBe("/runtimes page=2");
    await site.clock.advance(1_000);
    expect(await notes.get("dingtalk", "button", "key-1")).toBe("/runtimes page=2");
    const others = [
      notes.get("lark", "button", "key-1"),
      notes.get("dingtalk", "session", "key-1"),
      notes.get("dingtalk", "button", "key-2"),
    ];
    expect(await Promise.all(others)).toEqual([undefined, undefined, undefined]);
  });

  it("are as they were put last", async () => {
    const site = await createSite();
    const { notes } = await site.open();

    for (const text of ["one", "two", "", "three"]) {
      notes.put({ ...note, text });
      expect(await notes.get("dingtalk", "button", "key-1")).toBe(text);
    }
    await site.clock.advance(1_000);
    expect(await notes.get("dingtalk", "button", "key-1")).toBe("three");
    notes.put({ ...note, text: "" });
    await site.clock.advance(1_000);
    expect(await notes.get("dingtalk", "button", "key-1")).toBe("");
  });

  it("keep names of every kind apart, and texts of every kind", async () => {
    const site = await createSite();
    const { notes } = await site.open();
    const long = "x".repeat(5_000);

    notes.put({ channel: "dingtalk\0", kind: "\uD800", key: `${long}1`, text: "nul \0 and half \uDC00" });
    notes.put({ channel: "dingtalk\0", kind: "\uD800", key: `${long}2`, text: "'; drop table notes; --" });
    notes.put({ channel: "键".repeat(250), kind: "键".repeat(250), key: "键".repeat(250), text: "键" });
    await site.clock.advance(1_000);

    expect(await notes.get("dingtalk\0", "\uD800", `${long}1`)).toBe("nul \uFFFD and half \uFFFD");
    expect(await notes.get("dingtalk\0", "\uD800", `${long}2`)).toBe("'; drop table notes; --");
    expect(await notes.get("键".repeat(250), "键".repeat(250), "键".repeat(250))).toBe("键");
    expect(site.log.lines).toEqual([]);
  });

  it("that are too long are not kept, which one line says without their text", async () => {
    const site = await createSite();
    const { notes } = await site.open();

    notes.put({ ...note, text: "x".repeat(20_000) });
    notes.put({ ...note, key: "key-2", text: "x".repeat(20_001) });
    await site.clock.advance(1_000);

    expect(await notes.get("dingtalk", "button", "key-1")).toHaveLength(20_000);
    expect(await notes.get("dingtalk", "button", "key-2")).toBeUndefined();
    expect(site.log.lines.map(({ fields, message }) => ({ fields, message }))).toEqual([
      {
        fields: { channel: "dingtalk", kind: "button", characters: 20_001 },
        message: "A note is too long and is not kept.",
      },
    ]);
  });

  it("are not there any more to ask for, nor to put, after the end", async () => {
    const site = await createSite();
    const { notes, stop } = await site.open();
    await stop();

    notes.put(note);

    await expect(notes.get("dingtalk", "button", "key-1")).rejects.toThrow();
  });
});

describeSites(
  "the notes of another process",
  postgres,
  (createSite) => {
    it("are known, also those of its last moment", async () => {
      const site = await createSite();
      const first = await site.open();
      for (let one = 0; one < 1_200; one += 1) {
        first.notes.put({ ...note, key: `key-${one}`, text: `text ${one}` });
      }
      await first.stop();
      const { notes } = await site.open();

      const texts = await Promise.all(["key-0", "key-1199"].map((key) => notes.get("dingtalk", "button", key)));
      expect(texts).toEqual(["text 0", "text 1199"]);
    });

    it("are known while it lives, as whoever put them last did", async () => {
      const site = await createSite();
      const [one, other] = [await site.open(), await site.open()];

      one.notes.put({ ...note, text: "one" });
      await site.clock.advance(1_000);
      await expect.poll(() => other.notes.get("dingtalk", "button", "key-1"), { timeout: 10_000 }).toBe("one");
      other.notes.put({ ...note, text: "other" });
      await site.clock.advance(1_000);
      await expect.poll(() => one.notes.get("dingtalk", "button", "key-1"), { timeout: 10_000 }).toBe("other");
    });
  },
  lasting,
);
