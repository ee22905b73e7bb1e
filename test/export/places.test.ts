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
    const places = createPlaces({ atOnce: 1, waiting: 2, ofOne: 9 });
    const order: string[] = [];
    const first = await placeOf(places.take("anna", still, nothing));
    const second = placeOf(places.take("anna", still, () => order.push("second waits")));
    const third = placeOf(places.take("anna", still, () => order.push("third waits")));
    void second.then(() => order.push("second"));
    void third.then(() => order.push("third"));
    first.leave();
    (await second).leave();
    (await third).leave();
    expect(order).toEqual(["second waits", "third waits", "second", "third"]);
    await placeOf(places.take("anna", still, () => order.push("waits for nothing")));
    expect(order).toHaveLength(4);
  });

  test("are refused when too many wait", async () => {
    const places = createPlaces({ atOnce: 1, waiting: 1, ofOne: 9 });
    await places.take("anna", still, nothing);
    void places.take("anna", still, nothing);
    expect(await places.take("anna", still, nothing)).toBe("full");
  });

  test("go to the next who still waits", async () => {
    const places = createPlaces({ atOnce: 1, waiting: 2, ofOne: 9 });
    const first = await placeOf(places.take("anna", still, nothing));
    const impatient = new AbortController();
    const second = places.take("anna", impatient.signal, nothing);
    const third = placeOf(places.take("anna", still, nothing));
    impatient.abort();
    expect(await second).toBe("given-up");
    first.leave();
    (await third).leave();
    expect(await places.take("anna", AbortSignal.abort(), nothing)).toBe("given-up");
  });

  test("are few for one person, and there for the others", async () => {
    const places = createPlaces({ atOnce: 2, waiting: 9, ofOne: 2 });
    const first = await placeOf(places.take("anna", still, nothing));
    await placeOf(places.take("anna", still, nothing));
    expect(await places.take("anna", still, nothing)).toBe("full");
    const other = placeOf(places.take("ben", still, nothing));
    first.leave();
    await other;
    const impatient = new AbortController();
    const again = places.take("anna", impatient.signal, nothing);
    expect(await places.take("anna", still, nothing)).toBe("full");
    impatient.abort();
    expect(await again).toBe("given-up");
    void places.take("anna", still, nothing);
    expect(await places.take("anna", still, nothing)).toBe("full");
  });
});
