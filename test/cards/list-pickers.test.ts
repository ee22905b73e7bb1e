import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Answer, toCard } from "../../src/cards/index.ts";
import { type ListCommand, parse } from "../../src/commands/index.ts";
import { listingOf, runtimesOf } from "../builders.ts";
import { anyListCommand } from "./arbitrary.ts";
import { blocksOfKind, pickerOf } from "./read.ts";

function cardOf(command: Partial<ListCommand>, providers = ["OpenClaw", "HermesAgent"]) {
  const whole: ListCommand = { kind: "list", filters: {}, page: 1, size: 10, ...command };
  const { page, size } = whole;
  const listing = listingOf(runtimesOf(10), { total: 300, page, size });
  const answer: Answer = { kind: "list", command: whole, listing, providers, showsUsers: true, canExport: true };
  return toCard(answer, "en");
}

function optionsOf(label: string, command: Partial<ListCommand> = {}, providers?: string[]) {
  return pickerOf(cardOf(command, providers), label).options;
}

const chosen = (options: ReturnType<typeof optionsOf>) =>
  options.filter(({ selected }) => selected).map(({ label }) => label);

describe("a picker of a filter", () => {
  test("offers every value, and none, each on the first page of the list that is shown", () => {
    const options = optionsOf("Status", { page: 3, size: 20, filters: { risk: ["yes"] } });
    expect(options.slice(0, 2)).toEqual([
      { label: "All", command: "/runtimes risk=yes size=20", selected: true },
      { label: "Running", command: "/runtimes status=Running risk=yes size=20", selected: false },
    ]);
    expect(options).toHaveLength(9);
  });

  test("marks the value in force", () => {
    expect(chosen(optionsOf("Status", { page: 2, filters: { status: ["Expired"] } }))).toEqual(["Expired"]);
    expect(chosen(optionsOf("Risk", { filters: { risk: ["agent-uninstalled"] } }))).toEqual(["agent uninstalled"]);
    expect(chosen(optionsOf("Provider"))).toEqual(["All"]);
  });

  test("shows what is in force though it is not among the values", () => {
    expect(chosen(optionsOf("Status", { filters: { status: ["Running", "Stopped"] } }))).toEqual(["Running, Stopped"]);
    expect(chosen(optionsOf("Provider", { filters: { provider: ["Other"] } }))).toEqual(["Other"]);
  });

  test("names risks in words", () => {
    expect(optionsOf("Risk").map(({ label }) => label)).toEqual([
      "All",
      "at risk",
      "agent uninstalled",
      "model changed",
      "channel changed",
      "no risk",
    ]);
  });

  test("offers the providers as they are documented, however the operator spelled them", () => {
    const options = optionsOf("Provider", { filters: { provider: ["OpenClaw"] } }, ["open-claw", "Own Agent"]);
    expect(options.map(({ label, command, selected }) => [label, command, selected])).toEqual([
      ["All", "/runtimes", false],
      ["OpenClaw", "/runtimes provider=OpenClaw", true],
      ["Own Agent", '/runtimes provider="Own Agent"', false],
    ]);
  });

  test("asks for risk again when a risk is picked where it was left out", () => {
    const options = optionsOf("Risk", { filters: { "risk-info": ["no"] } });
    expect(options.map(({ command }) => command).slice(0, 2)).toEqual(["/runtimes risk-info=no", "/runtimes risk=yes"]);
    expect(options).toHaveLength(6);
  });
});

describe("the picker of the page size", () => {
  test("keeps the first row of the page in sight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }), (page, size) => {
        const first = (page - 1) * size;
        for (const { command } of optionsOf("Rows", { page, size })) {
          const parsed = parse(command);
          if (!parsed.ok || parsed.command.kind !== "list") {
            throw new Error(command);
          }
          const start = (parsed.command.page - 1) * parsed.command.size;
          expect(start <= first && first < start + parsed.command.size).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("offers the size in force beside the usual ones", () => {
    const options = optionsOf("Rows", { size: 7 });
    expect(options.map(({ label }) => label)).toEqual(["5 a page", "7 a page", "10 a page", "20 a page", "50 a page"]);
    expect(chosen(options)).toEqual(["7 a page"]);
  });
});

test("every picker but the one of details has exactly one option in force", () => {
  fc.assert(
    fc.property(anyListCommand, (command) => {
      const pickers = blocksOfKind(cardOf(command), "pickers").flatMap((block) => block.pickers);
      for (const { label, options } of pickers) {
        expect([label, options.filter(({ selected }) => selected).length]).toEqual([
          label,
          label === "Details" ? 0 : 1,
        ]);
      }
    }),
    { numRuns: 100 },
  );
});
