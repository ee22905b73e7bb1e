import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "./inbound-rig.ts";
import { challenge, createWebhookRig, encryptKey, type Keys, nested, sealed } from "./webhook-rig.ts";

describe("the challenge of the developer console", () => {
  it("is answered without a signature, when it is encrypted and its token is ours", async () => {
    const at = createWebhookRig();
    const response = await at.post(sealed(challenge));
    expect([response.status, await response.json()]).toEqual([200, { challenge: challenge.challenge }]);
    expect(at.taken).toEqual([]);
  });

  it("is answered with a signature", async () => {
    expect(await (await createWebhookRig().send(challenge)).json()).toEqual({ challenge: challenge.challenge });
  });

  it("is answered unencrypted where no encrypt key is set", async () => {
    const at = createWebhookRig({ encryptKey: "" });
    expect(await (await at.post(JSON.stringify(challenge))).json()).toEqual({ challenge: challenge.challenge });
  });

  it("is answered without a token where none is set", async () => {
    const { token: _, ...bare } = challenge;
    const at = createWebhookRig({ verificationToken: "" });
    expect(await (await at.post(sealed(bare))).json()).toEqual({ challenge: challenge.challenge });
  });

  it("with another signature is not answered", async () => {
    const body = sealed(challenge);
    const at = createWebhookRig();
    const headers = { ...at.signed(body), "x-lark-signature": "0".repeat(64) };
    expect((await at.post(body, headers)).status).toBe(401);
  });
});

describe("without a signature", () => {
  it("everything but the challenge gets one and the same answer, so that nobody learns what the key makes of it", async () => {
    const at = createWebhookRig();
    const bodies = [
      sealed(messageOf("/help")),
      sealed({ ...challenge, token: "another" }),
      sealed({ ...challenge, challenge: "not plain" }),
      sealed(challenge, "another key"),
      sealed("no json"),
      sealed("[]"),
      sealed(Buffer.from([0xff, 0xfe])),
      JSON.stringify({ encrypt: "AAAA" }),
      JSON.stringify({ encrypt: "" }),
      JSON.stringify({ encrypt: randomBytes(64).toString("base64") }),
    ];
    const answers = await Promise.all(
      bodies.map(async (body) => {
        const response = await at.post(body);
        return `${response.status} ${await response.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^401 /);
    expect(new Set(at.counted)).toEqual(new Set(["lark_webhook_refused unsigned"]));
    expect(at.taken).toEqual([]);
  });
});

describe("a request that is not Lark's", () => {
  const event = JSON.stringify(messageOf("/help"));
  const secret = sealed(messageOf("/help"));
  const unsafe: readonly (readonly [string, string, number, Keys, string | Uint8Array, Record<string, string>])[] = [
    ["no content type", "content_type", 400, {}, secret, { "content-type": "" }],
    ["the content type of a form", "content_type", 400, {}, secret, { "content-type": "text/plain" }],
    ["another character set", "content_type", 400, {}, secret, { "content-type": "application/json; charset=gbk" }],
    ["nothing", "json", 400, {}, "", {}],
    ["half of a JSON text", "json", 400, {}, '{"encrypt":', {}],
    ["what is not UTF-8", "encoding", 400, {}, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), {}],
    ["a list", "shape", 400, {}, "[]", {}],
    ["a number", "shape", 400, {}, "1", {}],
    ["null", "shape", 400, {}, "null", {}],
    ["deep nesting", "nesting", 400, {}, nested(100_000), {}],
    ["an event that is not encrypted", "plain", 400, {}, event, {}],
    ["an encrypted part that is no text", "plain", 400, {}, '{"encrypt":{"a":1}}', {}],
    ["the bytes AAAA", "unsigned", 401, {}, '{"encrypt":"AAAA"}', {}],
    ["an empty signature", "unsigned", 401, {}, secret, { "x-lark-signature": "" }],
    ["a wrong signature", "signature", 401, {}, secret, { "x-lark-signature": "a".repeat(64) }],
    ["a signature of two letters", "signature", 401, {}, secret, { "x-lark-signature": "ab" }],
    ["a token only, and another one", "token", 401, { encryptKey: "", verificationToken: "mine" }, event, {}],
    ["no token where one is set", "token", 401, { encryptKey: "" }, '{"schema":"2.0"}', {}],
    ["a token that is no text", "token", 401, { encryptKey: "" }, '{"header":{"token":{"a":1}}}', {}],
    ["an encrypted event where no key is set", "encrypted", 400, { encryptKey: "" }, secret, {}],
    ["anything where nothing is set", "unprotected", 401, { encryptKey: "", verificationToken: "" }, event, {}],
  ];
  it.each(unsafe)("with %s is refused (%s, %i)", async (_, reason, status, keys, body, headers) => {
    const at = createWebhookRig(keys);
    const response = await at.post(body as BodyInit, headers);
    expect(response.status).toBe(status);
    expect(at.taken).toEqual([]);
    expect(at.counted).toEqual([`lark_webhook_refused ${reason}`]);
    expect(at.lines.map(({ fields }) => fields)).toEqual([{ reason, sinceLastLine: 1 }]);
  });

  it.each([
    ["another key", "signature", "another key"],
    ["no token", "token", encryptKey],
  ])("but signed with %s is refused", async (_, reason, key) => {
    const at = createWebhookRig();
    const { header, ...rest } = messageOf("/help");
    const { token: __, ...without } = header;
    expect((await at.send({ ...rest, header: without }, { key })).status).toBe(401);
    expect(at.counted).toEqual([`lark_webhook_refused ${reason}`]);
  });

  it.each([
    ["cannot be decrypted", "cipher", JSON.stringify({ encrypt: "AAAA" })],
    ["is no JSON inside", "json", sealed("no json")],
    ["is a list inside", "shape", sealed([1])],
    ["is not UTF-8 inside", "encoding", sealed(Buffer.from([0xff]))],
    ["is nested deep inside", "nesting", sealed(nested(33))],
  ])("but signed, and %s, is refused", async (_, reason, body) => {
    const at = createWebhookRig();
    expect((await at.post(body, at.signed(body))).status).toBe(400);
    expect(at.counted).toEqual([`lark_webhook_refused ${reason}`]);
  });

  it.each(["", "soon", "-1", "1e9", "0"])("but signed with the timestamp %j is refused", async (timestamp) => {
    const at = createWebhookRig();
    expect((await at.send(messageOf("/help"), { timestamp })).status).toBe(401);
    expect(at.counted).toEqual(["lark_webhook_refused timestamp"]);
  });
});

it("where only an encrypt key is set, an event is taken whatever its token", async () => {
  const at = createWebhookRig({ verificationToken: "" });
  expect((await at.send(messageOf("/help"))).status).toBe(200);
  expect(at.taken).toEqual([messageOf("/help")]);
});

it("brackets in what a person wrote are no nesting", async () => {
  const at = createWebhookRig();
  for (const note of [`"${"[".repeat(100)}`, `\\${"{".repeat(100)}`, `\\"${"[".repeat(100)}`]) {
    expect((await at.send({ ...messageOf("/help"), note })).status).toBe(200);
  }
});

it("where only a token is set, an event with it is taken", async () => {
  const at = createWebhookRig({ encryptKey: "" });
  expect((await at.post(JSON.stringify(messageOf("/help")))).status).toBe(200);
  expect(at.taken).toEqual([messageOf("/help")]);
});

it("any bytes under any headers are refused, never with a failure of the server", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ encrypt: value }))),
    fc.base64String({ minLength: 44 }).map((encrypt) => Buffer.from(JSON.stringify({ encrypt }))),
    fc.jsonValue().map((value) => Buffer.from(sealed(value))),
    fc.dictionary(fc.string(), fc.jsonValue()).map((value) => Buffer.from(sealed(value))),
  );
  const value = fc.stringMatching(/^[\x20-\x7e]{0,40}$/);
  const headers = fc.record(
    { "x-lark-signature": value, "x-lark-request-timestamp": value, "x-lark-request-nonce": value },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.option(headers, { nil: undefined }), async (body, given) => {
      const at = createWebhookRig({ verificationToken: "nobody knows it" });
      const response = await at.post(new Uint8Array(body), given ?? at.signed(body));
      expect([400, 401]).toContain(response.status);
      expect(at.taken).toEqual([]);
    }),
  );
});
