import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { fleetKey } from "../fleet-section.ts";
import { expectNoSecret } from "../secrets.ts";
import { exportOf } from "./exported.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const granted = z.object({ accessToken: z.string().min(10) });

/** The access token that is in use: the platform gives it again to whoever has the secret. */
async function accessToken(): Promise<string> {
  const response = await fetch(`${rig.fake.url}/v1.0/oauth2/accessToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ appKey: rig.fake.clientId, appSecret: rig.fake.clientSecret }),
  });
  return granted.parse(await response.json()).accessToken;
}

test("no secret is in a log line, a metric, a card, an answer or a byte of the store, whatever goes wrong", async () => {
  rig = await openRig({ store: "file" });
  const { fake, simulator } = rig;
  const secrets = [fake.clientSecret, fleetKey.secret, await accessToken()];
  const [, , token = ""] = secrets;
  const card = await rig.ask("/runtimes size=5");
  await rig.turn(card, "Next");
  await rig.ask("/runtimes summary");
  await rig.say({ msgtype: "picture", content: {} });

  // What the platform says in its errors may repeat what it was told.
  const said = { code: "odd.failure", message: `token ${token} of ${fake.clientSecret}`, requestid: `of ${token}` };
  fake.faults.api({ kind: "answer", status: 400, body: said }, { api: "deliver" });
  await rig.ask("/help");
  fake.faults.api(
    { kind: "answer", status: 500, body: `<html>${fake.clientSecret} ${token}</html>` },
    { api: "deliver" },
  );
  fake.faults.api({ kind: "cut" }, { api: "deliver" });
  await rig.ask("/runtimes");
  fake.faults.failDelivery(1, `token ${token}`);
  await rig.ask("/help");
  fake.faults.api({ kind: "errcode", errcode: 310_000, errmsg: `session ${fake.clientSecret}` }, { api: "webhook" });
  await rig.say({ msgtype: "picture", content: {} });
  fake.faults.api({ kind: "reset" }, { api: "webhook" });
  // Whether that one arrived nobody knows: it is not sent again.
  const webhooks = fake.calls.webhook;
  fake.write({ chat: group, user: "other", msgtype: "picture", content: {} });
  await fake.until(() => fake.calls.webhook > webhooks, 5_000, "a webhook is tried");
  fake.faults.api({ kind: "errcode", errcode: 40_014, errmsg: `access_token=${token}` }, { api: "upload" });
  fake.faults.api({ kind: "reset" }, { api: "upload" });
  rig.write("/runtimes export", { chat: "cidFile==" });
  await exportOf(rig, "cidFile==");
  fake.tokens.revoke();
  fake.faults.api({ kind: "answer", status: 400, body: { code: "x", message: fake.clientSecret } }, { api: "token" });
  await rig.ask("/runtimes size=6");
  secrets.push(await accessToken());
  simulator.faults.fail(3, { status: 400, code: "SignatureDoesNotMatch", message: `key ${fleetKey.secret}` });
  await rig.ask("/runtimes group=rg-finance");
  simulator.faults.clear();
  const [connection] = fake.connections;
  for (const how of ["rubbish", "data-not-json", "no-headers"] as const) connection?.disturb(how);
  const busy = { code: `busy ${fake.clientSecret}`, message: fake.clientSecret };
  fake.faults.api({ kind: "answer", status: 503, body: busy }, { api: "gateway" });
  fake.faults.refuseSockets(1_000);
  connection?.drop("reset");
  const isNew = () => fake.connections.some((one) => one !== connection);
  await fake.until(() => fake.calls.gateway > 2 && isNew(), 15_000, "it connects again");

  expect(new Set(secrets).size).toBe(secrets.length);
  const markers = /sendBySession|session=|ticket=|access_token=|accessToken"/;
  await expectNoSecret(rig, secrets, { known: group, markers });
});
