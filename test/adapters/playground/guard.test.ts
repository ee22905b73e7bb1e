import { beforeEach, describe, expect, it } from "vitest";
import { isOwnHost } from "../../../adapters/playground/guard.ts";
import { chat, createHarness, type Harness, host } from "./harness.ts";

describe("a Host header", () => {
  const loopback = { host: "127.0.0.1", port: 8080 };
  it.each(["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080", "127.8.9.1:8080"])(
    "%s is ours when the server listens on a loopback address",
    (header) => {
      expect(isOwnHost(header, loopback)).toBe(true);
    },
  );
  it.each([
    undefined,
    "",
    "attacker.example:8080",
    "localhost.attacker.example:8080",
    "127.0.0.1.attacker.example:8080",
    "localhost:8081",
    "localhost",
    "192.168.1.5:8080",
    "127.0.0.1:8080@attacker.example",
    "user@127.0.0.1:8080",
    "127.0.0.1:8080, attacker.example",
    "2130706433:8080",
    "localhost.:8080",
  ])("%s is not", (header) => {
    expect(isOwnHost(header, loopback)).toBe(false);
  });
  it("may be the name that the operator bound, and port 80 goes without saying", () => {
    expect(isOwnHost("Desk.Example:8080", { host: "desk.example", port: 8080 })).toBe(true);
    expect(isOwnHost("desk.example", { host: "desk.example", port: 80 })).toBe(true);
    expect(isOwnHost("other.example:8080", { host: "desk.example", port: 8080 })).toBe(false);
  });
  it("may be any literal address, behind any port, when the server listens on all", () => {
    const all = { host: "0.0.0.0", port: 8080 };
    expect(isOwnHost("192.168.1.5:9000", all)).toBe(true);
    expect(isOwnHost("localhost:9000", all)).toBe(true);
    expect(isOwnHost("attacker.example:8080", all)).toBe(false);
  });
});

describe("the door", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await createHarness();
  });
  const message = { chat, id: "b-0000001", text: "/help", locale: "en" };

  it.each(["/", "/playground/main.js", `/playground/history?chat=${chat}`, `/playground/events?chat=${chat}`])(
    "is closed to another name for this machine: %s",
    async (path) => {
      const response = await at.get(path, { host: "attacker.example:8080" });
      expect(response.status).toBe(403);
      expect(await response.json()).toEqual({ error: expect.stringContaining("http://127.0.0.1:8080/") });
    },
  );

  it.each([
    { origin: "http://attacker.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:3000" },
    { origin: "https://127.0.0.1:8080" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ])("is closed to messages of another origin: %o", async (headers) => {
    expect((await at.post("/playground/messages", message, headers)).status).toBe(403);
    expect(at.bot.messages).toEqual([]);
  });

  it.each([
    { origin: "http://attacker.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("is closed to readers of another origin: %o", async (headers: Record<string, string>) => {
    await at.say("b-0000001", "a secret");
    for (const path of ["history", "events"]) {
      const response = await at.get(`/playground/${path}?chat=${chat}`, headers);
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain("secret");
    }
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "is closed to what a form can send: %s",
    async (type) => {
      expect((await at.post("/playground/messages", message, { "content-type": type })).status).toBe(415);
      expect(at.bot.messages).toEqual([]);
    },
  );

  it("answers a preflight with no permission", async () => {
    const headers = { host, origin: "http://attacker.example", "access-control-request-method": "POST" };
    const response = await at.playground.routes.request("/playground/messages", { method: "OPTIONS", headers });
    expect(response.ok).toBe(false);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("lets a person open the page from a link elsewhere", async () => {
    expect((await at.get("/", { "sec-fetch-site": "cross-site" })).status).toBe(200);
  });
});

describe("every answer", () => {
  it.each(["/", "/playground/main.js", "/playground/nothing", `/playground/history?chat=${chat}`])(
    "%s carries the headers that confine it",
    async (path) => {
      const { headers } = await (await createHarness()).get(path);
      const policy = headers.get("content-security-policy")?.split("; ");
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self'",
          "img-src 'self' data:",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ]),
      );
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});
