import { expect, test } from "vitest";
import { unwrittenReason } from "../../src/export/index.ts";

const system = (code: string) => Object.assign(new Error(`${code}: copyfile`), { code, syscall: "copyfile" });

test.each([
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EROFS", "denied"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["ENOENT", "missing"],
  ["ENOTDIR", "missing"],
  ["EIO", "other"],
])("a folder that answers %s has taken no file for the reason %s, also behind another error", (code, reason) => {
  expect(unwrittenReason(system(code))).toBe(reason);
  expect(unwrittenReason(new Error("The file of an export cannot be written", { cause: system(code) }))).toBe(reason);
});

test("a fault of the program is none of a folder", () => {
  expect(unwrittenReason(new TypeError("x is undefined"))).toBeUndefined();
  expect(unwrittenReason(Object.assign(new Error("bad"), { code: "ERR_INVALID_ARG_TYPE" }))).toBeUndefined();
  expect(unwrittenReason("full")).toBeUndefined();
});
