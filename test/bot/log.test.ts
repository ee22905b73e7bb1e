import { expect, test } from "vitest";
import { faultOf } from "../../src/bot/log.ts";

test("a fault is logged by its name, its words and its place", () => {
  const fault = faultOf(new TypeError("x is not a function"));
  expect(fault).toMatchObject({ type: "TypeError", message: "x is not a function" });
  expect(fault.at[0]).toContain("log.test.ts");
});

test("what an SDK hangs on its errors is not logged, nor an address with its token, nor endless words", () => {
  const error = Object.assign(new Error(`POST https://oapi.example/send?token=s3cret ${"x".repeat(1_000)}`), {
    config: { headers: { authorization: "Bearer s3cret" }, data: "the card" },
  });
  const logged = JSON.stringify(faultOf(error));
  expect(logged).not.toMatch(/s3cret|the card/);
  expect(faultOf(error).message).toHaveLength(300);
});

test("what is thrown and is no error is told by its type alone", () => {
  expect(faultOf("a secret text")).toEqual({ type: "string", message: "", at: [] });
});
