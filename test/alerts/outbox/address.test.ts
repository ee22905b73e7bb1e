import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Notice } from "../../../src/alerts/notice.ts";
import { createAddress } from "../../../src/alerts/outbox/address.ts";
import { createStanding } from "../../../src/alerts/standing.ts";
import type { Access } from "../../../src/bot/index.ts";
import { createRecordingChannel } from "../../bot/rig.ts";
import { digestOf, makeWatch } from "../../store/alerts/rig.ts";
import { noticeOf } from "../builders.ts";
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
