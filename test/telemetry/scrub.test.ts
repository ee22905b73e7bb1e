import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrub } from "../../src/telemetry/scrub.ts";

/** Halves of characters and control characters included. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

describe("scrubbed words", () => {
  it.each([
    ["an access key id", "key LTAI5tPlantedKey0001 is off", "LTAI5tPlantedKey0001"],
    ["a temporary key id", "key STS.NTplantedKey0001 is off", "NTplantedKey0001"],
    ["a parameter of a signature", "AccessKeyId=planted&Signature=planted2 rejected", "planted"],
    ["a percent-encoded parameter", "AccessKeyId%3Dplanted rejected", "planted"],
    ["a header", "Authorization: ACS3-HMAC-SHA256 Credential=planted,SignedHeaders=host,Signature=planted", "planted"],
    ["a JSON field", '{"SecurityToken":"planted"}', "planted"],
    ["an address with its query", "connect to https://host.example/?DesktopIds.1=planted failed", "planted"],
    ["a path with its query", "POST /?AuthUsers.1=planted failed", "planted"],
    ["the text that was signed", "does not match: server string to sign is:POST&%2F&planted more", "planted"],
    ["an address of the network", "connect ECONNREFUSED 10.1.2.3:8443", "10.1.2.3"],
    ["a long signature", `sent ${"ab12".repeat(16)}`, "ab12ab12"],
  ])("hold no %s", (_, input, planted) => {
    const line = scrub(input, []);
    expect(line).toBeDefined();
    expect(line).not.toContain(planted);
  });

  it("keep what helps", () => {
    const words = "The specified parameter AgentProvider is not valid, see appstreaming:ListDesktopAgentRuntime.";
    expect(scrub(words, [])).toBe(words);
  });

  it("hold no known secret, as it is or percent-encoded, wherever it stands", () => {
    const secret = fc.string({ minLength: 4, maxLength: 60, unit: codeUnit }).filter((text) => text.trim().length >= 4);
    const around = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(around, secret, around, (before, planted, after) => {
        fc.pre(!"[removed][address][query]…".includes(planted));
        const line =
          scrub(`${before} ${planted} ${encodeURIComponent(planted.toWellFormed())} ${after}`, [planted]) ?? "";
        fc.pre(!`${before} ${after}`.includes(planted));
        expect(line).not.toContain(planted);
      }),
    );
  });

  it("are one line of at most 300 characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000, unit: codeUnit }), (input) => {
        const line = scrub(input, []) ?? "";
        expect(line.length).toBeLessThanOrEqual(300);
        expect(/\p{Cc}/u.test(line)).toBe(false);
      }),
    );
  });

  it("do not end in half a secret where a long input was cut", () => {
    const line = scrub(`${"https://a.example/?q=".padEnd(3_990, "x")} plantedsecretvalue`, ["plantedsecretvalue"]);
    expect(line).toBe("[address]");
  });

  it("take no time on hostile input", () => {
    const begun = performance.now();
    for (const piece of ["?", "a.", "=", "Signature", "?="]) scrub(piece.repeat(200_000), []);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it("tell apart what the HTTP client puts behind the system's words without a blank", () => {
    const said = "connect ECONNREFUSED 127.0.0.1:9POST http://127.0.0.1:9/?Action=List failed.";
    expect(scrub(said, [])).toBe("connect ECONNREFUSED [address]: POST [address] failed.");
  });
});
