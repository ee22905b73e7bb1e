import { describe, expect, it } from "vitest";
import { createPictures } from "../../../adapters/dingtalk/pictures.ts";
import type { ChartBlock } from "../../../src/cards/index.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createManualClock, settle } from "../../manual-clock.ts";
import { createMemoryLog } from "../lark/quiet.ts";
import { createScriptedApi, failing } from "./send-rig.ts";

const chartOf = (value: number): ChartBlock => ({
  ...{ kind: "chart", shape: "donut", title: "Status", total: 10 },
  slices: [{ label: "Running", value }],
});

const upload = { upload: true };
const lookUp = { upload: false };

function createRig() {
  const clock = createManualClock();
  const memory = createPlainMemory(clock.now);
  const log = createMemoryLog();
  const scripted = createScriptedApi();
  const drawn: string[] = [];
  const state = { draw: async (text: string): Promise<string> => text };
  const restarted = () =>
    createPictures({
      ...{ api: scripted.api, notes: memory.notes, clock, log },
      draw: async (charts) => {
        drawn.push(JSON.stringify(charts));
        return new TextEncoder().encode(await state.draw(JSON.stringify(charts)));
      },
    });
  return { ...scripted, clock, memory, log, drawn, state, restarted, pictures: restarted() };
}

describe("a picture", () => {
  it("is drawn and uploaded once, for however many cards at once and later", async () => {
    const rig = createRig();
    const ids = await Promise.all(
      [chartOf(1), chartOf(1), chartOf(1)].map((chart) => rig.pictures.idOf([chart], upload)),
    );
    expect(new Set([...ids, await rig.pictures.idOf([chartOf(1)], upload)])).toEqual(new Set(["@media-1"]));
    const name = expect.stringMatching(/^[\w-]+\.png$/);
    expect(rig.asked).toMatchObject([{ call: "upload", file: { type: "image", name } }]);
    expect(rig.drawn).toHaveLength(1);
  });

  it("says how many bytes it has", async () => {
    const rig = createRig();
    await rig.pictures.idOf([chartOf(1)], upload);
    const content = new TextEncoder().encode(rig.drawn[0]);
    expect(rig.asked).toMatchObject([{ file: { bytes: content.byteLength, content } }]);
  });

  it("of other charts is another one", async () => {
    const rig = createRig();
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBe("@media-1");
    expect(await rig.pictures.idOf([chartOf(2)], upload)).toBe("@media-2");
    expect(await rig.pictures.idOf([chartOf(1), chartOf(2)], upload)).toBe("@media-3");
  });

  it("is known over a restart by what it looks like, not by what it was drawn from", async () => {
    const rig = createRig();
    await rig.pictures.idOf([chartOf(1)], upload);
    const later = rig.restarted();
    expect(await later.idOf([chartOf(1)], upload)).toBe("@media-1");
    // The same charts drawn in another way, by another version of this program.
    rig.state.draw = async (text) => `${text} in other colours`;
    expect(await rig.restarted().idOf([chartOf(1)], upload)).toBe("@media-2");
    expect(rig.memory.notes.all()).toMatchObject([{ kind: "picture" }, { kind: "picture", text: "@media-2" }]);
  });

  it("that was uploaded is there without a call, also over a restart; another one is left out, and uploaded later", async () => {
    const rig = createRig();
    await rig.pictures.idOf([chartOf(1)], upload);
    for (const pictures of [rig.pictures, rig.restarted()]) {
      expect(await pictures.idOf([chartOf(1)], lookUp)).toBe("@media-1");
      expect(await pictures.idOf([chartOf(2)], lookUp)).toBeUndefined();
    }
    expect(await rig.pictures.idOf([chartOf(2)], lookUp)).toBeUndefined();
    expect([rig.asked.length, rig.drawn.length]).toEqual([1, 4]);
    const both = [rig.pictures.idOf([chartOf(2)], lookUp), rig.pictures.idOf([chartOf(2)], upload)];
    expect(await Promise.all(both)).toEqual([undefined, "@media-2"]);
  });

  it("that was uploaded by another process is there also while no upload is tried", async () => {
    const rig = createRig();
    await rig.restarted().idOf([chartOf(1)], upload);
    rig.answer(() => failing("quota"));
    await rig.pictures.idOf([chartOf(2)], upload);
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBe("@media-1");
    expect(rig.asked).toHaveLength(2);
  });

  it("of no charts is none", async () => {
    const rig = createRig();
    expect(await rig.pictures.idOf([], upload)).toBeUndefined();
    expect([rig.drawn, rig.asked]).toEqual([[], []]);
  });

  it("that cannot be uploaded is left out and told, and none is tried for a minute", async () => {
    const rig = createRig();
    rig.answer(() => failing("quota"));
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBeUndefined();
    expect(await rig.pictures.idOf([chartOf(2)], upload)).toBeUndefined();
    expect([rig.asked.length, rig.log.lines.length]).toEqual([1, 1]);
    rig.answer(() => undefined);
    await rig.clock.advance(60_000);
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBe("@media-2");
  });

  it("that cannot be drawn is left out and told", async () => {
    const rig = createRig();
    rig.state.draw = async () => {
      throw new Error("There is no renderer for this machine.");
    };
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBeUndefined();
    expect(rig.log.lines).toHaveLength(1);
    expect(rig.asked).toEqual([]);
  });

  it("that takes too long is left out, and is there for the next card", async () => {
    const rig = createRig();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    rig.answer(() => promise);
    const finding = rig.pictures.idOf([chartOf(1)], upload);
    await rig.clock.advance(5_000);
    expect(await finding).toBeUndefined();
    resolve(undefined);
    await settle();
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBe("@media-1");
    expect(rig.asked).toHaveLength(1);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("whose note is spoilt is uploaded again", async () => {
    const rig = createRig();
    await rig.pictures.idOf([chartOf(1)], upload);
    for (const text of ["", "](https://evil.example", "x".repeat(121)]) {
      rig.memory.notes.put({ channel: "dingtalk", kind: "picture", key: rig.memory.notes.all()[0]?.key ?? "", text });
      expect(await rig.restarted().idOf([chartOf(1)], upload)).toMatch(/^@media-/);
    }
    expect(rig.asked).toHaveLength(4);
  });

  it("is uploaded all the same when the store fails", async () => {
    const rig = createRig();
    rig.memory.failure = new Error("The disk is full.");
    expect(await rig.pictures.idOf([chartOf(1)], upload)).toBe("@media-1");
  });
});
