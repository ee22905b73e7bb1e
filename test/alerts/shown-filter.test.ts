import { expect, it } from "vitest";
import { shownFilter } from "../../src/alerts/shown-filter.ts";

const byUser = 'status=Running user="li na",wang.wei';

it("a filter by user is shown as it is where users are", () => {
  expect(shownFilter(byUser, { show: "full" })).toBe(byUser);
});

it.each(["masked", "hidden"] as const)("a filter by user is shown without its users where these are %s", (show) => {
  expect(shownFilter(byUser, { show })).toBe('status=Running user="…"');
});

it("another filter is shown as it is", () => {
  expect(shownFilter("risk=yes", { show: "hidden" })).toBe("risk=yes");
});

it("a filter that cannot be read is not shown where users are not", () => {
  expect(shownFilter("users=li.na", { show: "masked" })).toBe("…");
});
