import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { keysOf } from "../../src/config/keys.ts";
import { configSchema } from "../../src/config/schema.ts";

const keys = keysOf(configSchema);
const leaves = keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`)));

test("keys are found in sections, lists and kinds of credentials", () => {
  expect(keys).toContain("http.port");
  expect(keys).toContain("access.rules[].show.users");
  expect(keys).toContain("fleet.alibabaCloud.credentials.accessKeySecret");
  expect(new Set(keys).size).toBe(keys.length);
});

test("docs/configuration.md explains every key, and no other", async () => {
  const text = await readFile(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const explained = [...text.matchAll(/^\| `([^`]+)` \|.*\|.*\|/gm)].map((row) => row[1] ?? "");
  const rows = explained.filter((key) => /^[a-z]+(?:$|\.|\[)/i.test(key));
  expect(rows.toSorted()).toEqual(leaves.toSorted());
});
