import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWebhookCheck } from "../../../adapters/dingtalk/webhook-address.ts";

const allowed = createWebhookCheck(["http://127.0.0.1:4001", "https://cloud.example.com/base", "no address"]);

describe("session webhooks", () => {
  it.each([
    "https://oapi.dingtalk.com/robot/sendBySession?session=abc",
    "https://dingtalk.com/x",
    "https://OAPI.DingTalk.com:443/x",
    "http://127.0.0.1:4001/session/1",
    "https://cloud.example.com/elsewhere",
  ])("go to DingTalk, and to where the operator says: %s", (address) => {
    expect(allowed(address)).toBe(true);
  });

  it.each([
    "http://oapi.dingtalk.com/robot",
    "https://oapi.dingtalk.com:8443/robot",
    "https://oapi.dingtalk.com.example.org/robot",
    "https://evildingtalk.com/robot",
    "https://example.org/oapi.dingtalk.com",
    "https://oapi.dingtalk.com@example.org/robot",
    "https://user:word@oapi.dingtalk.com/robot",
    "https://oapi.dingtalk.com./robot",
    "http://127.0.0.1:4002/session/1",
    "https://127.0.0.1:4001/session/1",
    "http://cloud.example.com/elsewhere",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "blob:https://oapi.dingtalk.com/1",
    "data:text/plain,x",
    `https://oapi.dingtalk.com/${"x".repeat(2_000)}`,
    "//oapi.dingtalk.com/robot",
    "",
  ])("go nowhere else: %.60s", (address) => {
    expect(allowed(address)).toBe(false);
  });

  it("do not go to a place without an origin because a base has none", () => {
    expect(createWebhookCheck(["data:text/plain,x"])("data:text/plain,x")).toBe(false);
  });

  it("are only ever https to a host of DingTalk, however an address is put together", () => {
    const strict = createWebhookCheck([]);
    const schemes = fc.constantFrom("https://", "http://", "//", "https:", "");
    const pieces = [
      "dingtalk.com",
      "oapi.",
      "evil.example",
      "@",
      ":443",
      ":80",
      "/",
      "\\",
      "?",
      "#",
      "%2e",
      "\t",
      "。",
      "x",
    ];
    let passed = 0;
    fc.assert(
      fc.property(schemes, fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (scheme, rest) => {
        const address = `${scheme}${rest.join("")}`;
        if (strict(address)) {
          passed += 1;
          const { protocol, hostname, username } = new URL(address);
          expect([protocol, username, hostname]).toEqual([
            "https:",
            "",
            expect.stringMatching(/^(.+\.)?dingtalk\.com$/),
          ]);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(passed).toBeGreaterThan(0);
  });
});
