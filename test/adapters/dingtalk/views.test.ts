import { describe, expect, it } from "vitest";
import { createViews, type Params } from "../../../adapters/dingtalk/views.ts";

const one = { title: "one" };
const two = { title: "two" };
const card = "card1";

const createRig = () => createViews(() => 0.5);

/** Everyone is shown this. @returns the mark that stands in the note then */
function show(views: ReturnType<typeof createRig>, params: Params, by: "creation" | "update" = "update"): string {
  const mark = views.differs(card);
  views.shown(card, mark, params, by);
  return mark;
}

describe("what everyone sees", () => {
  it("is what was shown last, under the mark that the note has", () => {
    const views = createRig();
    expect([views.isShown(card, undefined, one), views.isShown(card, "x.1", one)]).toEqual([false, false]);
    const mark = show(views, one);
    expect(views.isShown(card, mark, { ...one })).toBe(true);
    expect([views.isShown(card, mark, two), views.isShown("card2", mark, one)]).toEqual([false, false]);
  });

  it("is unknown where another process has changed the note, or it cannot be read", () => {
    const views = createRig();
    show(views, one);
    expect([views.isShown(card, "other.1", one), views.isShown(card, undefined, one)]).toEqual([false, false]);
  });

  it("is unknown from the beginning of an update on, until that is known to hold", () => {
    const views = createRig();
    const mark = show(views, one);
    expect(views.begun(card)).toBe(mark);
    expect(views.isShown(card, mark, one)).toBe(false);
    views.shown(card, mark, two, "update");
    expect([views.isShown(card, mark, one), views.isShown(card, mark, two)]).toEqual([false, true]);
  });

  it("is not what was changed since that began", () => {
    const views = createRig();
    const mark = views.differs(card);
    const newer = views.differs(card);
    expect([views.isNewest(card, mark), views.isNewest(card, newer), views.isNewest(card, undefined)]).toEqual([
      false,
      true,
      false,
    ]);
    views.shown(card, mark, one, "update");
    expect([views.isShown(card, mark, one), views.isShown(card, newer, one)]).toEqual([false, false]);
  });

  it.each([
    ["a word", undefined, "own"],
    ["another card", two, "own"],
    ["the same where another process changed something", one, "foreign"],
    ["the same where the note was not read", one, "none"],
  ] as const)("is not what one who pressed sees, where that is %s", (_, params, noted) => {
    const views = createRig();
    const mark = show(views, one);
    const after = views.answered(card, { own: mark, foreign: "other.1", none: undefined }[noted], params);
    expect(after).not.toBe(mark);
    expect([views.isShown(card, mark, one), views.isShown(card, after, one)]).toEqual([false, false]);
  });

  it("stays where who pressed sees the same", () => {
    const views = createRig();
    const mark = show(views, one);
    expect(views.answered(card, mark, { ...one })).toBe(mark);
    expect(views.isShown(card, mark, one)).toBe(true);
  });

  it("may be an earlier card of the same id where one was created, until somebody has pressed on it and sees this one", () => {
    const views = createRig();
    const mark = show(views, one, "creation");
    expect(views.isShown(card, mark, one)).toBe(false);
    expect(views.answered(card, mark, one)).toBe(mark);
    expect(views.isShown(card, mark, one)).toBe(true);
  });

  it("has marks of its own in each process", () => {
    const marks = [0.1, 0.2].flatMap((random) => {
      const views = createViews(() => random);
      return [views.differs(card), views.differs(card), views.differs("card2")];
    });
    expect(new Set(marks).size).toBe(6);
  });
});
