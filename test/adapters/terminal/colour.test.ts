import { describe, expect, it } from "vitest";
import { type ColourHints, colourWanted } from "../../../adapters/terminal/index.ts";

const terminal: ColourHints = { isTerminal: true, noColor: undefined, forceColor: undefined, term: "xterm" };

describe("colours", () => {
  it("are for people at a terminal, not for files and pipes", () => {
    expect(colourWanted(terminal)).toBe(true);
    expect(colourWanted({ ...terminal, isTerminal: false })).toBe(false);
  });

  it("are off where NO_COLOR says something, and on a dumb terminal", () => {
    expect(colourWanted({ ...terminal, noColor: "1" })).toBe(false);
    expect(colourWanted({ ...terminal, noColor: "" })).toBe(true);
    expect(colourWanted({ ...terminal, term: "dumb" })).toBe(false);
  });

  it("are on where FORCE_COLOR says so, whatever else is said", () => {
    expect(colourWanted({ isTerminal: false, noColor: "1", forceColor: "1", term: "dumb" })).toBe(true);
    expect(colourWanted({ ...terminal, forceColor: "0" })).toBe(false);
  });
});
