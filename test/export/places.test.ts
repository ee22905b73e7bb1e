import { describe, expect, test } from "vitest";
import { createPlaces, type Place } from "../../src/export/places.ts";

const still = new AbortController().signal;
const nothing = () => undefined;

async function placeOf(taking: Promise<Place | "full" | "given-up">): Promise<Place> {
  const place = await taking;
  if (typeof place === "string") {
    throw new Error(place);
  }
  return place;
}

describe("places", () => {
  test("are given up to their number at once, and then in turn", async () => {
    const places = createPlaces(1, 2);
    const order: string[] = [];
    const first = await placeOf(places.take(still, nothing));
    const second = placeOf(places.take(still, () => order.push("second waits")));
    const third = placeOf(places.take(still, () => order.push("third waits")));
    void second.then(() => order.push("second"));
    void third.then(() => order.push("third"));
    first.leave();
    (await second).leave();
    (await third).leave();
    expect(order).toEqual(["second waits", "third waits", "second", "third"]);
    await placeOf(places.take(still, () => order.push("waits for nothing")));
    expect(order).toHaveLength(4);
  });

  test("are refused when too many wait", async () => {
    const places = createPlaces(1, 1);
    await places.take(still, nothing);
    void places.take(still, nothing);
    expect(await places.take(still, nothing)).toBe("full");
  });

  test("go to the next who still waits", async () => {
    const places = createPlaces(1, 2);
    const first = await placeOf(places.take(still, nothing));
    const impatient = new AbortController();
    const second = places.take(impatient.signal, nothing);
    const third = placeOf(places.take(still, nothing));
    impatient.abort();
    expect(await second).toBe("given-up");
    first.leave();
    (await third).leave();
    expect(await places.take(AbortSignal.abort(), nothing)).toBe("given-up");
  });
});
