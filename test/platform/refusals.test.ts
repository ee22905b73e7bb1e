import { expect, it } from "vitest";
import { createRefusals } from "../../src/platform/index.ts";
import { createEars } from "../adapters/lark/inbound-rig.ts";
import { createManualClock } from "../manual-clock.ts";

it("every refusal is counted; the log hears the first of each reason, and one a minute after it", async () => {
  const clock = createManualClock();
  const ears = createEars();
  const counted: string[] = [];
  const refuse = createRefusals({
    ...{ messages: { one: "One.", other: "Other." }, clock, log: ears.log },
    count: (reason) => counted.push(reason),
  });
  for (let times = 0; times < 3; times += 1) refuse("one");
  refuse("other", { hint: 1 });
  await clock.advance(59_999);
  refuse("one");
  await clock.advance(1);
  refuse("one");
  refuse("one");
  expect(counted).toEqual(["one", "one", "one", "other", "one", "one", "one"]);
  expect(ears.lines).toEqual([
    { fields: { reason: "one", sinceLastLine: 1 }, message: "One." },
    { fields: { reason: "other", hint: 1, sinceLastLine: 1 }, message: "Other." },
    { fields: { reason: "one", sinceLastLine: 4 }, message: "One." },
  ]);
});
