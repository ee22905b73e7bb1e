import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Notice } from "../../../src/alerts/notice.ts";
import { createAddress } from "../../../src/alerts/outbox/address.ts";
import { createStanding } from "../../../src/alerts/standing.ts";
import type { Access } from "../../../src/bot/index.ts";
import { createRecordingChannel } from "../../bot/rig.ts";
import { runtimeOf } from "../../fleet/rows.ts";
import { changeOf, digestOf, lead, makeWatch } from "../../store/alerts/rig.ts";
import { episodeOf, minute, momentAt, noon, noticeOf } from "../builders.ts";
import { createWorld, open, type World } from "../engine/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

function addressOf(part: Partial<Notice>, access: Access = open) {
  const address = createAddress({ memory: world.memory, standing: createStanding(access), locale: "en" });
  return address(noticeOf(part), new Map([["lark", createRecordingChannel("lark")]]));
}

/** A watch was removed while two runtimes of three were at risk; the first had been out of its sight by then. */
async function removed(): Promise<void> {
  await makeWatch(world.memory);
  const term = await lead({ alerts: world.memory });
  const silent = { state: "ended", end: "silent", endedAt: noon.steady, until: noon.wall } as const;
  const inGroup = (id: string) => ({ runtime: id, seen: runtimeOf({ id, groupId: `rg-${id.at(-1)}` }) });
  const episodes = [
    episodeOf({ runtime: "ecd-1", ...silent }),
    episodeOf(inGroup("ecd-2")),
    episodeOf(inGroup("ecd-3")),
  ];
  await world.memory.watches.commit(term, changeOf({ episodes }));
  await world.memory.watches.remove("w1", momentAt(minute));
}

const nobody: Access = { default: "deny", rules: [] };
const plain = { kind: "test", watch: undefined, about: { kind: "test", by: "ou_1", at: 0 } } as const;

describe("a notice that names runtimes", () => {
  it("shows what the author of its watch may see now", async () => {
    await makeWatch(world.memory);
    const rule = { channel: "*", chats: undefined, users: ["ou_1"], mention: false } as const;
    const masked: Access = {
      default: "deny",
      rules: [{ ...rule, allow: ["query", "alerts"], scope: { group: ["rg-1"] }, show: "masked" }],
    };
    expect(await addressOf({}, masked)).toMatchObject({
      ok: true,
      value: { grant: { show: "masked", scope: { group: ["rg-1"] } } },
    });
  });

  it("is not sent where its author may not do that any more", async () => {
    await makeWatch(world.memory);
    expect(await addressOf({}, nobody)).toMatchObject({ ok: false });
  });

  it("is not sent where its watch is gone", async () => {
    expect(await addressOf({})).toMatchObject({ ok: false });
  });

  it("that was sent before its watch was removed shows what ended with it, and nobody", async () => {
    await removed();
    expect(await addressOf({ state: "sent" })).toMatchObject({
      ok: true,
      value: { grant: { show: "hidden", mention: false, scope: { id: ["ecd-2", "ecd-3"] } } },
    });
  });

  it("that was sent before its watch was removed shows what everybody in the chat may see", async () => {
    await removed();
    const rule = { channel: "*", chats: undefined, users: undefined, show: "full", mention: true } as const;
    const access: Access = { default: "deny", rules: [{ ...rule, allow: ["query"], scope: { group: ["rg-3"] } }] };
    expect(await addressOf({ state: "sent" }, access)).toMatchObject({
      value: { grant: { show: "hidden", mention: false, scope: { id: ["ecd-3"] } } },
    });
  });

  it("is not sent to a channel that is switched off", async () => {
    expect(await addressOf({ ...plain, channel: "dingtalk" })).toMatchObject({ ok: false });
  });
});

describe("a notice that names none", () => {
  it("is sent whoever may see what, and shows nobody", async () => {
    expect(await addressOf(plain, nobody)).toMatchObject({ ok: true, value: { grant: { show: "hidden" } } });
  });
});

describe("a digest", () => {
  const about = {
    kind: "digest",
    slot: 0,
    zone: "UTC",
    filter: "",
    summary: undefined,
    last: undefined,
    skipped: [],
  } as const;
  const digest = { kind: "digest", watch: undefined, about } as const;

  it("shows what its author may see now", async () => {
    await world.memory.digests.save(digestOf());
    expect(await addressOf(digest)).toMatchObject({ ok: true });
    expect(await addressOf(digest, nobody)).toMatchObject({ ok: false });
  });

  it("that was ended is not sent", async () => {
    expect(await addressOf(digest)).toMatchObject({ ok: false });
  });
});

describe("the language of a notice", () => {
  it("is the one that the chat has chosen", async () => {
    await makeWatch(world.memory, { locale: "en" });
    await world.memory.languages.set({ channel: "lark", chat: "oc_1" }, "zh");
    expect(await addressOf({})).toMatchObject({ value: { locale: "zh" } });
  });

  it("is else that of who set up what it tells", async () => {
    await makeWatch(world.memory, { locale: "zh" });
    expect(await addressOf({})).toMatchObject({ value: { locale: "zh" } });
  });

  it("is else that of the configuration", async () => {
    expect(await addressOf(plain)).toMatchObject({ value: { locale: "en" } });
  });
});
