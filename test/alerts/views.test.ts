import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewOf, widen } from "../../src/alerts/views.ts";
import { type Command, parse, parseFilters, print, printFilters } from "../../src/commands/index.ts";
import type { Filters } from "../../src/fleet/index.ts";
import { commands } from "../commands/arbitrary.ts";

function commandOf(text: string): Command {
  const parsed = parse(text);
  if (!parsed.ok) {
    throw new Error(`${text}: ${parsed.problem.kind}`);
  }
  return parsed.command;
}

const ofView: Filters = { status: ["Stopped"], group: ["rg-1"] };

const widened = (text: string, filters: Filters = ofView) => print(widen(commandOf(text), filters));

describe("a command with a view", () => {
  test.each([
    ["/runtimes view=mine page=2", "/runtimes status=Stopped group=rg-1 page=2"],
    ["/view mine", "/runtimes status=Stopped group=rg-1"],
    ["/runtimes summary view=mine by=region", "/runtimes summary status=Stopped group=rg-1 by=region"],
    ["/runtimes export view=mine format=csv", "/runtimes export status=Stopped group=rg-1 format=csv"],
    ["/runtimes trend view=mine days=3", "/runtimes trend status=Stopped group=rg-1 days=3"],
    ["/alerts on view=mine preview", "/alerts on status=Stopped group=rg-1 preview"],
    ["/digest on at=09:00 view=mine", "/digest on at=09:00 status=Stopped group=rg-1"],
  ])("%s is %s", (text, wide) => {
    expect(commandOf(widened(text))).toEqual(commandOf(wide));
  });

  test("names it", () => {
    expect(viewOf(commandOf("/runtimes view=mine"))).toBe("mine");
    expect(viewOf(commandOf("/runtimes"))).toBeUndefined();
    expect(viewOf(commandOf("/view drop mine"))).toBeUndefined();
  });

  test("wins where both name a key", () => {
    expect(widened("/runtimes view=mine status=Running")).toBe("/runtimes status=Running group=rg-1");
  });

  test("that leaves out what is known of risk does not ask for risk either", () => {
    const risky: Filters = { risk: ["yes"], "risk-info": ["yes"], group: ["rg-1"] };
    expect(widened("/runtimes view=mine risk-info=no", risky)).toBe("/runtimes group=rg-1 risk-info=no");
  });
});

const viewFilters = commands.map((command): Filters => ("filters" in command ? command.filters : {}));

test("no view is left in any command, and nothing but its filters changes", () => {
  fc.assert(
    fc.property(commands, viewFilters, (command, filters) => {
      const wide = widen(command, filters);
      expect(viewOf(wide)).toBeUndefined();
      if (viewOf(command) === undefined || !("filters" in command)) {
        expect(wide).toBe(command);
      } else {
        const { view: _, ...rest } = { view: undefined, ...command };
        expect(wide).toEqual({ ...rest, filters: "filters" in wide && wide.filters });
      }
    }),
  );
});

test("the filters are those of both, the command's where both name a key, and can be typed", () => {
  fc.assert(
    fc.property(viewFilters, viewFilters, (own, filters) => {
      const command: Command = { kind: "list", filters: own, view: "v", page: 1, size: 10 };
      const wide = widen(command, filters);
      const found = "filters" in wide ? wide.filters : {};
      const withoutRisk = own["risk-info"]?.[0] === "no" ? { risk: own.risk } : {};
      expect(found).toEqual(JSON.parse(JSON.stringify({ ...filters, ...own, ...withoutRisk })));
      expect(parseFilters(printFilters(found))).toEqual({ ok: true, filters: found });
    }),
  );
});
