import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGateway } from "../../../adapters/dingtalk/gateway.ts";

const granted = (endpoint: unknown, ticket: unknown = "t"): { status: number; data: unknown } => ({
  status: 200,
  data: { endpoint, ticket, more: 1 },
});

describe("the answer of the gateway", () => {
  it("names an address, with the ticket as the last of its query", () => {
    expect(readGateway(granted("wss://example.com:443/connect", "a b+c/d=&e"), true)).toEqual({
      kind: "address",
      url: "wss://example.com/connect?ticket=a%20b%2Bc%2Fd%3D%26e",
    });
    expect(readGateway(granted("wss://example.com/connect?zone=1#part"), true)).toEqual({
      kind: "address",
      url: "wss://example.com/connect?zone=1&ticket=t",
    });
  });

  it("brings any ticket to the other end as it was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (ticket) => {
        const gateway = readGateway(granted("wss://example.com/connect", ticket), true);
        const url = gateway.kind === "address" ? gateway.url : "";
        expect(decodeURIComponent(url.split("?ticket=")[1] ?? "")).toBe(ticket);
        expect(new URL(url).searchParams.getAll("ticket")).toEqual([ticket]);
        expect(url).not.toContain("#");
      }),
    );
  });

  it("is not followed to an open socket when it came over TLS, unless that is on this machine", () => {
    expect(readGateway(granted("ws://example.com/connect"), false).kind).toBe("address");
    expect(readGateway(granted("ws://example.com/connect"), true)).toMatchObject({
      kind: "failed",
      reason: "the platform's address is not a secure one",
    });
    expect(readGateway(granted("ws://127.0.0.1.example.com/connect"), true).kind).toBe("failed");
    for (const host of ["127.0.0.1:9", "127.9.9.9", "localhost", "[::1]"]) {
      expect(readGateway(granted(`ws://${host}/connect`), true).kind).toBe("address");
    }
  });

  it.each(["https://example.com", "ws+unix:/tmp/x", "file:///etc/passwd", "wss://", "", 1, null])(
    "is none with the endpoint %s",
    (endpoint) => {
      expect(readGateway(granted(endpoint), false)).toMatchObject({ kind: "failed" });
    },
  );

  it("tells a refusal from a fault that passes", () => {
    const read = (status: number, code?: unknown) => readGateway({ status, data: { code, message: "words" } }, true);
    expect(read(401, "authFailed")).toEqual({ kind: "refused", refusal: "credentials", code: "authFailed" });
    expect(read(401)).toEqual({ kind: "refused", refusal: "credentials", code: 401 });
    expect(read(400, "invalidClientIdOrSecret")).toMatchObject({ refusal: "credentials" });
    expect(read(404, "appNotFound")).toMatchObject({ refusal: "credentials" });
    expect(read(403)).toMatchObject({ refusal: "forbidden", code: 403 });
    expect(read(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi")).toMatchObject({ kind: "failed" });
    expect(read(400, "systemError")).toEqual({
      kind: "failed",
      reason: "the platform answered with HTTP 400 (systemError)",
    });
    expect(read(404, "InvalidAction.NotFound")).toMatchObject({ kind: "failed" });
    expect(read(502, "<b>foreign text</b>")).toEqual({
      kind: "failed",
      reason: "the platform answered with HTTP 502",
    });
  });

  it("is read without a throw, whatever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.anything(), (status, data) => {
        expect(readGateway({ status, data }, true).kind).not.toBe("address");
      }),
    );
  });
});
