import { afterEach, expect, test } from "vitest";
import { fleetKey } from "../fleet-section.ts";
import { expectNoSecret } from "../secrets.ts";
import { bothWays, encryptKey, openRig, type Rig, verificationToken } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** The tenant token that is in use: the platform gives it again to whoever has the secret. */
async function tenantToken(): Promise<string> {
  const response = await fetch(`${rig.fake.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app_id: rig.fake.appId, app_secret: rig.fake.appSecret }),
  });
  const body: { tenant_access_token: string } = JSON.parse(await response.text());
  return body.tenant_access_token;
}

test.each(bothWays)(
  "by %s: no secret is in a log line, a card, a stored row or an answer, whatever goes wrong",
  async (events) => {
    rig = await openRig({ events, store: "file" });
    const { fake, simulator } = rig;
    const secrets = [fake.appSecret, encryptKey, verificationToken, fleetKey.secret, await tenantToken()];
    const card = await rig.ask("/runtimes size=5");
    secrets.push((await rig.press(card, { label: "Next" })).token);

    const replying = { path: /\/reply$/ };
    fake.faults.api(
      { kind: "answer", status: 401, body: { code: 99991663, msg: `token ${secrets[4]} invalid` } },
      replying,
    );
    fake.faults.api({ kind: "answer", status: 500, body: `<html>${fake.appSecret}</html>` }, replying);
    fake.faults.api({ kind: "cut" }, replying);
    await rig.ask("/help");
    fake.tokens.end("expired");
    fake.faults.api(
      { kind: "answer", status: 200, body: { code: 99, msg: fake.appSecret } },
      { path: /tenant_access_token/ },
    );
    fake.faults.api({ kind: "reset" }, { path: /tenant_access_token/ });
    await rig.ask("/runtimes summary");
    secrets.push(await tenantToken());
    simulator.faults.fail(3, { status: 400, code: "SignatureDoesNotMatch", message: `key ${fleetKey.secret}` });
    await rig.ask("/runtimes group=rg-finance");
    simulator.faults.clear();
    if (events === "webhook") {
      for (const tampering of ["signature", "cipher", "token", "plain", "body"] as const) {
        await fake.webhook.post({ token: verificationToken, encrypt: encryptKey }, tampering);
      }
    } else {
      fake.connections[0]?.disturb("rubbish");
      fake.faults.refuseEndpoint(1, `busy ${fake.appSecret}`);
      fake.faults.refuseEndpoint(514, `auth failed ${fake.appSecret}`);
      fake.connections[0]?.drop("reset");
      const refused = () => fake.requests.filter(({ path, code }) => path.endsWith("/endpoint") && code === 514).length;
      await fake.until(() => refused() === 1, 10_000, "the endpoint refuses");
    }

    expect(new Set(secrets).size).toBe(secrets.length);
    const markers = /ticket=|access_key=|\/ws\/v2|Bearer t-|tenant_access_token"/;
    await expectNoSecret(rig, secrets, { known: "/runtimes", markers });
  },
);
