import { expect, it } from "vitest";
import { faultTeller } from "../../src/doctor.ts";
import { createRecordingLog } from "../bot/rig.ts";

it("a check that fails by itself is logged without what an SDK hangs on its error, and without addresses", () => {
  const log = createRecordingLog();
  const request = { headers: { authorization: "Bearer t0ken" }, data: { ticket: "t1cket" } };
  const error = Object.assign(new TypeError("no answer of https://open.example/?key=s3cret"), {
    config: request,
    response: { request },
  });

  faultTeller(log)({ part: "lark", name: "token" }, error);

  expect(log.lines).toMatchObject([
    {
      level: "error",
      fields: { part: "lark", check: "token", fault: { type: "TypeError", message: "no answer of [address]" } },
    },
  ]);
  expect(JSON.stringify(log.lines)).not.toMatch(/t0ken|t1cket|s3cret/);
});
