import { describe, expect, it } from "vitest";
import { baseUrlOf, otherCloudOf } from "../../../adapters/lark/domain.ts";

describe("the cloud of an app", () => {
  it.each([
    ["feishu", "https://open.feishu.cn", "lark"],
    ["lark", "https://open.larksuite.com", "feishu"],
    ["https://open.feishu.cn/", "https://open.feishu.cn", "lark"],
    ["https://lark.example.com//", "https://lark.example.com", undefined],
  ])("%s is at %s, and may be taken for %s", (domain, url, other) => {
    expect(baseUrlOf(domain)).toBe(url);
    expect(otherCloudOf(baseUrlOf(domain))).toBe(other);
  });
});
