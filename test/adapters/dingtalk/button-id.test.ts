import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buttonId, commandOfId, hashedId, idOfAnother } from "../../../adapters/dingtalk/render/button-id.ts";

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ unit: "grapheme", maxLength: 60 }));

describe("the id of a button", () => {
  it("holds its command", () => {
    expect(buttonId("/runtimes page=2")).toBe("c.L3J1bnRpbWVzIHBhZ2U9Mg");
    expect(commandOfId("c.L3J1bnRpbWVzIHBhZ2U9Mg")).toBe("/runtimes page=2");
  });

  it("holds a command as long as an id may be, and no longer one", () => {
    const longest = "x".repeat(120);
    expect(commandOfId(buttonId(longest))).toBe(longest);
    expect(buttonId(`${longest}x`)).toMatch(/^h\.[\w-]{22}$/);
    expect(commandOfId(buttonId(`${longest}x`))).toBeUndefined();
  });

  it("brings back every command that it holds, also of a second button", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 99 }), (text, times) => {
        const [command, id] = [text.toWellFormed(), buttonId(text)];
        const expected = id.startsWith("h.") || command === "" ? undefined : command;
        expect([commandOfId(id), commandOfId(idOfAnother(id, times))]).toEqual([expected, expected]);
        expect(id.length).toBeLessThanOrEqual(162);
      }),
    );
  });

  it("differs between commands that are too long for it", () => {
    const [one, other] = ["a", "b"].map((end) => buttonId("/runtimes name=".padEnd(500, "x") + end));
    expect(one).not.toBe(other);
    expect(one).toBe(hashedId(`${"/runtimes name=".padEnd(500, "x")}a`));
  });

  it("holds nothing where it is none of ours", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => `c.${text}`),
        ),
        (id) => {
          const command = commandOfId(id);
          if (command !== undefined) expect(Buffer.from(command).toString("base64url")).toBe(id.slice(2).split(".")[0]);
        },
      ),
    );
  });

  it.each([
    ["", "nothing"],
    ["c.", "an empty command"],
    ["c.gA", "what is no UTF-8"],
    ["c.L3I=", "padding"],
    ["c.L3J", "bits left over"],
    ["c.L3J1.0", "a second button 0"],
    ["c.L3J1.2.2", "two ends"],
    ["h.L3J1bnRpbWVzIHBhZ2U9Mg", "a hash"],
    ["msgButtons", "a word of the template"],
    [`c.${Buffer.from("x".repeat(20_001)).toString("base64url")}`, "a command that is too long"],
    [`c.${"A".repeat(1_000_000)}`, "an id that is too long"],
  ])("%.30s is %s and holds no command", (id) => {
    expect(commandOfId(id)).toBeUndefined();
  });

  it("holds a command of 20,000 characters, should a platform bring one", () => {
    const command = "长".repeat(20_000);
    expect(commandOfId(`c.${Buffer.from(command).toString("base64url")}`)).toBe(command);
  });
});
