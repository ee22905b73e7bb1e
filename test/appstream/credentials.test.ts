import { describe, expect, it } from "vitest";
import { createCredentialChain } from "../../src/appstream/credentials.ts";
import { createManualClock } from "../manual-clock.ts";

const model = { accessKeyId: "id-1", accessKeySecret: "secret-1", providerName: "default/env" };

function build(answers: readonly (() => Promise<unknown>)[]) {
  const clock = createManualClock(0);
  let built = 0;
  let asked = 0;
  const chain = createCredentialChain({
    build: () => {
      built += 1;
      return {
        getCredential: () => {
          asked += 1;
          return (answers[Math.min(asked, answers.length) - 1] ?? (() => Promise.resolve(model)))();
        },
      };
    },
    limit: 1_000,
    clock,
  });
  return { chain, clock, built: () => built, asked: () => asked };
}

describe("the chain of credentials", () => {
  it("is built once and asked once by those who ask at the same time", async () => {
    const { chain, built, asked } = build([async () => model]);
    await Promise.all([chain.getCredential(), chain.getCredential()]);
    expect([built(), asked()]).toEqual([1, 1]);
    await chain.getCredential();
    expect([built(), asked()]).toEqual([1, 2]);
  });

  it("says which provider answered, and which values are secret", async () => {
    const { chain } = build([async () => ({ ...model, securityToken: "t".repeat(1_500) })]);
    expect(chain.provider()).toBeUndefined();
    await chain.getCredential();
    expect(chain.provider()).toBe("default/env");
    expect(chain.secrets()).toEqual(["id-1", "secret-1", "t".repeat(1_500)]);
  });

  it("is built anew after a failure, as it stays with the provider that failed", async () => {
    const { chain, built } = build([() => Promise.reject(new Error("no role")), async () => model]);
    await expect(chain.getCredential()).rejects.toMatchObject({ code: "InvalidCredentials", message: "no role" });
    await expect(chain.getCredential()).resolves.toEqual(model);
    expect(built()).toBe(2);
  });

  it("does not wait for a provider beyond its limit", async () => {
    const { chain, clock, built } = build([() => new Promise(() => undefined), async () => model]);
    const late = chain.getCredential();
    const caught = expect(late).rejects.toMatchObject({ code: "InvalidCredentials" });
    await clock.advance(1_000);
    await caught;
    await chain.getCredential();
    expect(built()).toBe(2);
    expect(clock.sleeping()).toBe(0);
  });

  it("is built anew when it is renewed", async () => {
    const { chain, built } = build([async () => model]);
    await chain.getCredential();
    chain.renew();
    await chain.getCredential();
    expect(built()).toBe(2);
  });
});
