import { expect, it } from "vitest";
import { sentenceOf, whatOf } from "../../src/platform/index.ts";

const advice = { what: "The bot is off", todo: "Switch it on." };

it("what went wrong and what to do are one sentence in the log", () => {
  expect(sentenceOf(advice, " (code 7)")).toBe("The bot is off: switch it on. (code 7)");
});

it("what nobody can do anything about is told without", () => {
  expect(sentenceOf({ what: "The bot is off" }, "")).toBe("The bot is off.");
});

it("what went wrong alone keeps its code within the sentence", () => {
  expect(whatOf(advice, " (code 7)")).toBe("The bot is off (code 7).");
});
