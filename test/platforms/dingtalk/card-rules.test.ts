import { describe, expect, it } from "vitest";
import { sampleParams } from "./calls.ts";
import { buttonsOf, checkCard } from "./card-rules.ts";

const button = (more: object = {}) => ({
  text: "Next",
  color: "blue",
  id: "c",
  request: true,
  params: { id: "c" },
  ...more,
});
const buttons = (...list: object[]) => ({ sys_full_json_obj: JSON.stringify({ msgButtons: list }) });

describe("a good card", () => {
  it.each([
    ["the sample", sampleParams()],
    ["variables of another template", { state: "green", page: "", command: "/runtimes" }],
    [
      "colours, breaks, links and pictures",
      {
        markdown: "<font color=#d92d20 sizeToken=common_h4>2</font><br>**a**\n[b](https://b.example) ![c](@lAD1)",
      },
    ],
    ["the longest value", { markdown: "字".repeat(833) }],
    ["a divider after a text with a bar", { markdown: "a | b\n\n---" }],
    ["a button that says more", buttons(button({ params: { id: "c", page: "2" } }))],
    ["an order", { sys_full_json_obj: JSON.stringify({ order: ["title", "markdown"], msgButtons: [] }) }],
  ])("is %s", (_name, params) => {
    expect(checkCard(params)).toEqual([]);
  });
});

describe("a bad card", () => {
  it.each([
    ["a number", { title: 3 }],
    ["null", { title: null }],
    ["an object", { sys_full_json_obj: { msgButtons: [] } }],
    ["a long value", { markdown: "字".repeat(834) }],
    ["a long key", { ["字".repeat(34)]: "" }],
    ["half of a character", { title: "\ud83d" }],
    ["a control character", { title: "a\u0007b" }],
    ["a mark that turns the direction", { title: "a\u202eb" }],
    ["a table", { markdown: "| a |\n| --- |" }],
    ["a dtmd link", { markdown: "[a](dtmd://dingtalkclient/sendMessage?content=x)" }],
    ["another tag", { markdown: "<b>x</b>" }],
    ["a font with a script", { markdown: '<font onclick="x">x</font>' }],
    ["a picture without encryption", { markdown: "![a](http://a.example/b.png)" }],
    ["buttons that are no JSON", { sys_full_json_obj: "" }],
    ["buttons under another name", { sys_full_json_obj: '{"buttons":[]}' }],
    ["a button without text", buttons(button({ text: "" }))],
    ["a button without request", buttons(button({ request: undefined }))],
    ["a button without id", buttons(button({ id: undefined }))],
    ["a button without params", buttons(button({ params: undefined }))],
    ["a button with two ids", buttons(button({ params: { id: "d" } }))],
    ["a button that asks and opens", buttons(button({ url: "https://a.example" }))],
    ["a button that runs a script", buttons({ text: "a", url: "javascript:1" })],
    ["a button that sends", buttons({ text: "a", url: "dtmd://dingtalkclient/sendMessage?content=x" })],
    ["two buttons of one id", buttons(button(), button({ text: "Other" }))],
    ["two buttons of one label", buttons(button(), button({ id: "d", params: { id: "d" } }))],
  ])("has %s", (_name, params) => {
    expect(checkCard(params)).not.toEqual([]);
  });
});

describe("the buttons of a card", () => {
  it("are read from the variables", () => {
    expect(buttonsOf(sampleParams())).toEqual([
      { label: "Next →", id: "c.next", params: { id: "c.next" }, url: undefined },
      { label: "Refresh", id: "c.refresh", params: { id: "c.refresh" }, url: undefined },
      { label: "Help", id: undefined, params: {}, url: "https://example.com/help" },
    ]);
    expect(buttonsOf({})).toEqual([]);
  });
});
