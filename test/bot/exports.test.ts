import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Access, Exported } from "../../src/bot/index.ts";
import { settle } from "../manual-clock.ts";
import { createRig, type Rig, titlesOf } from "./rig.ts";

const rights = (allow: Access["rules"][number]["allow"], more: Partial<Access["rules"][number]> = {}): Access => ({
  default: "deny",
  rules: [
    { channel: "*", chats: undefined, users: undefined, allow, scope: {}, show: "full", mention: false, ...more },
  ],
});
const allowed = rights(["query", "export"]);

let directory: string;
let removed: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-exports-"));
  removed = 0;
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function fileOf(text: string): Promise<Exported> {
  const path = join(directory, "runtimes.csv");
  await writeFile(path, text);
  return {
    kind: "file",
    file: { name: "runtimes.csv", type: "csv", path, bytes: text.length },
    rows: 2,
    complete: true,
    unreadable: 0,
    async remove() {
      removed += 1;
    },
  };
}

async function end({ exporter }: Rig, index: number, exported: Exported): Promise<void> {
  exporter.begun[index]?.done({ ok: true, value: exported });
  await settle();
}

/** What goes to the disk takes as long as the machine lets it. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 5 });
const filed = ({ channel }: Rig, count = 1) => until(() => expect(channel.filed).toHaveLength(count));
const lastCard = ({ channel }: Rig) => channel.shown.at(-1)?.card;
const finished = ({ channel }: Rig) =>
  until(() =>
    expect(channel.shown.at(-1)).toMatchObject({ passing: false, card: { header: { title: "Runtimes as a file" } } }),
  );

describe("an export", () => {
  test("puts the file into the chat, and then says on one card what it holds", async () => {
    const rig = createRig({ access: allowed });
    await rig.write("/runtimes export status=Running format=csv", { inThread: true });
    expect(rig.fake.asked).toEqual([]);
    expect(rig.exporter.begun[0]?.request).toMatchObject({
      filters: { status: ["Running"] },
      format: "csv",
      showsUsers: true,
      locale: "en",
      files: rig.channel.files,
    });
    expect(rig.exporter.begun[0]?.call.urgency).toBe("scan");
    await end(rig, 0, await fileOf("a,b"));
    await filed(rig);
    await finished(rig);
    expect(rig.channel.filed).toMatchObject([{ chat: "chat-1", replyTo: "message-1", text: "a,b" }]);
    expect(rig.channel.shown).toHaveLength(1);
    expect(rig.channel.filed[0]?.key).not.toBe(rig.channel.shown[0]?.key);
    expect(removed).toBe(1);
  });

  test("shows how far it is on the card that says in the end what came of it, less and less often", async () => {
    const rig = createRig({ access: allowed });
    await rig.write("/runtimes export");
    for (let second = 0; second < 60; second += 1) {
      await rig.clock.advance(1_000);
      rig.exporter.begun[0]?.call.onProgress(second * 100, 6_000);
      await settle();
    }
    const passing = rig.channel.shown.filter((one) => one.passing).length;
    expect(passing).toBeGreaterThan(3);
    expect(passing).toBeLessThan(12);
    await end(rig, 0, await fileOf("a,b"));
    await finished(rig);
    expect(rig.channel.shown.map(({ act }) => act)).toEqual([
      "send",
      ...Array.from({ length: passing }, () => "update"),
    ]);
    expect(rig.channel.shown.at(-1)?.passing).toBe(false);
  });

  test("is refused without the right, also by a press, and where it would tell who is authorised", async () => {
    for (const access of [rights(["query"]), rights(["export"])]) {
      const rig = createRig({ access });
      await rig.write("/runtimes export");
      expect(titlesOf(rig.channel)).toEqual(["send: Not allowed here"]);
      expect(await (await rig.press("/runtimes export")).reply).toMatchObject({ kind: "toast", colour: "orange" });
      expect(rig.exporter.begun).toEqual([]);
    }
    const masked = createRig({ access: rights(["query", "export"], { show: "masked" }) });
    await masked.write("/runtimes export user=li.na");
    expect(masked.exporter.begun).toEqual([]);
  });

  test("holds what whoever asks may see", async () => {
    const scope = { group: ["rg-finance"] };
    const rig = createRig({ access: rights(["query", "export"], { show: "hidden", scope }) });
    await rig.write("/runtimes export");
    const request = rig.exporter.begun[0]?.request;
    expect(request).toMatchObject({ scope, showsUsers: false });
    const [runtime] = (await import("../builders.ts")).runtimesOf(1);
    expect(runtime && request?.see({ ...runtime, users: ["li.na"] }).users).toEqual([]);
  });

  test("by a press leaves the card, says that it has begun, and answers below it, once", async () => {
    const rig = createRig({ access: allowed });
    const press = await rig.press("/runtimes export", { id: "press" });
    expect(await press.reply).toMatchObject({ kind: "toast", colour: "green" });
    await rig.press("/runtimes export", { id: "press" });
    expect(rig.exporter.begun).toHaveLength(1);
    await end(rig, 0, await fileOf("a,b"));
    await filed(rig);
    await finished(rig);
    expect(rig.channel.shown.map(({ act, replyTo }) => [act, replyTo])).toEqual([["send", "card-1"]]);
    expect(rig.memory.open.size).toBe(0);
  });

  test("is begun anew by the next process when this one ends, and nothing is told", async () => {
    const first = createRig({ access: allowed });
    await first.write("/runtimes export");
    const stopping = first.bot.stop(1_000);
    await first.clock.advance(1_000);
    first.exporter.begun[0]?.done({
      ok: false,
      failure: {
        ...{ kind: "stopped", code: undefined, detail: undefined, requestId: undefined },
        ...{ action: undefined, principal: undefined, attempts: 0 },
      },
    });
    await settle();
    await first.clock.advance(3_000);
    await stopping;
    expect(first.memory.open.size).toBe(1);
    expect(first.channel.shown.filter((one) => !one.passing)).toEqual([]);
    for (const arrival of first.memory.open.values()) first.memory.leave(arrival);
    const next = createRig({ access: allowed, memory: first.memory, clock: first.clock });
    next.bot.start();
    await settle();
    await end(next, 0, await fileOf("a,b"));
    await filed(next);
    await finished(next);
    expect(next.memory.open.size).toBe(0);
  });

  test("is not made again when its file is in the chat and only the card is owed", async () => {
    const first = createRig({ access: allowed });
    first.channel.answer = () => ({ ok: false, recoverable: true, reason: "busy" });
    await first.write("/runtimes export");
    await end(first, 0, await fileOf("a,b"));
    await filed(first);
    for (const arrival of first.memory.open.values()) first.memory.leave(arrival);
    const next = createRig({ access: allowed, memory: first.memory, clock: first.clock });
    next.bot.start();
    await settle();
    await until(() => expect(next.channel.shown.at(-1)?.card.header.title).toBe("Runtimes as a file"));
    expect([next.exporter.begun.length, next.channel.filed.length]).toEqual([0, 0]);
    expect(JSON.stringify(next.channel.shown.at(-1)?.card)).toContain("runtimes.csv");
    expect(next.memory.open.size).toBe(0);
  });

  test("by a press counts once against the pace of who presses", async () => {
    let counted = 0;
    const allows = () => {
      counted += 1;
      return true;
    };
    const rig = createRig({ access: allowed, pace: { allows } });
    await (await rig.press("/runtimes export")).reply;
    expect([counted, rig.exporter.begun.length]).toEqual([1, 1]);
  });

  test("that cannot be sent says what to do, and the file is not kept", async () => {
    const rig = createRig({ access: allowed });
    rig.channel.answerFile = () => ({ ok: false, recoverable: false, reason: "no permission" });
    await rig.write("/runtimes export");
    await end(rig, 0, await fileOf("a,b"));
    await filed(rig);
    await until(() => expect(removed).toBe(1));
    expect(rig.channel.filed).toHaveLength(1);
    await until(() => expect(lastCard(rig)?.header.colour).toBe("red"));
    expect(rig.memory.open.size).toBe(0);
  });

  test("that may have arrived says so, and is not sent again", async () => {
    const rig = createRig({ access: allowed });
    rig.channel.answerFile = () => ({ ok: false, recoverable: false, maybe: true, reason: "no answer" });
    await rig.write("/runtimes export");
    await end(rig, 0, await fileOf("a,b"));
    await until(() => expect(JSON.stringify(lastCard(rig))).toContain("did not say that it arrived"));
    expect(rig.channel.filed).toHaveLength(1);
  });

  test("is sent again when the platform fails for a moment", async () => {
    const rig = createRig({ access: allowed });
    rig.channel.answerFile = ({ message }) =>
      rig.channel.filed.length < 3 ? { ok: false, recoverable: true, reason: "busy" } : { ok: true, message };
    await rig.write("/runtimes export");
    await end(rig, 0, await fileOf("a,b"));
    await filed(rig, 1);
    await settle();
    await rig.clock.advance(1_500);
    await filed(rig, 2);
    await settle();
    await rig.clock.advance(2_500);
    await filed(rig, 3);
    await finished(rig);
    expect(new Set(rig.channel.filed.map(({ key }) => key)).size).toBe(1);
  });

  test("of a disk that is full, or of too much, is told as what it is", async () => {
    const rig = createRig({ access: allowed });
    await rig.write("/runtimes export");
    rig.exporter.begun[0]?.fail(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }));
    await settle();
    await rig.write("/runtimes export");
    await end(rig, 1, { kind: "too-many", total: 200_000, limit: 100_000 });
    await rig.write("/runtimes export");
    await end(rig, 2, { kind: "too-large", bytes: 40_000_000, limit: 20_000_000 });
    expect(rig.channel.shown).toHaveLength(3);
    expect(new Set(rig.channel.shown.map(({ card }) => JSON.stringify(card.blocks))).size).toBe(3);
    expect(rig.channel.filed).toEqual([]);
  });
});
