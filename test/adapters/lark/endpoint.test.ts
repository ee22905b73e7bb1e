import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEndpoint, readEndpointFailure } from "../../../adapters/lark/endpoint.ts";

const granted = (url: unknown, config: unknown = { PingInterval: 90 }): object => ({
  code: 0,
  msg: "success",
  data: { URL: url, ClientConfig: config, more: 1 },
});

describe("the answer of the endpoint", () => {
  it("names an address and the time between pings", () => {
    const url = "wss://msg.example.com/ws/v2?device_id=1&service_id=2";
    expect(readEndpoint(granted(url), true)).toEqual({ kind: "address", url, pingSeconds: 90 });
    expect(readEndpoint(granted(url, { PingInterval: "x" }), true)).toMatchObject({ pingSeconds: undefined });
    expect(readEndpoint(granted(url, null), true)).toMatchObject({ pingSeconds: undefined });
  });

  it("is not followed to an open socket when it came over TLS", () => {
    const url = "ws://127.0.0.1:1/ws";
    expect(readEndpoint(granted(url), false)).toMatchObject({ kind: "address", url });
    expect(readEndpoint(granted(url), true)).toMatchObject({ kind: "failed" });
  });

  it.each(["http://example.com", "file:///etc/passwd", "", 1, undefined])("is none with the address %s", (url) => {
    expect(readEndpoint(granted(url), false)).toMatchObject({ kind: "failed" });
  });

  it("tells a refusal from a fault that passes", () => {
    expect(readEndpoint({ code: 514, data: null }, true)).toEqual({
      kind: "refused",
      refusal: "credentials",
      code: 514,
    });
    expect(readEndpoint({ code: 403 }, true)).toMatchObject({ refusal: "forbidden" });
    expect(readEndpoint({ code: 1000040350 }, true)).toMatchObject({ refusal: "connections" });
    expect(readEndpoint({ code: 1 }, true)).toMatchObject({ kind: "failed" });
    expect(readEndpoint({ code: 1000040343 }, true)).toMatchObject({ kind: "failed" });
    expect(readEndpointFailure({ status: 403 })).toMatchObject({ refusal: "forbidden" });
    expect(readEndpointFailure({ status: 400, code: 514 })).toMatchObject({ refusal: "credentials" });
    expect(readEndpointFailure({ status: 404 })).toMatchObject({ kind: "failed" });
    expect(readEndpointFailure({ code: "ECONNRESET" })).toMatchObject({ kind: "failed" });
  });

  it("is read without a throw, whatever it is", () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(readEndpoint(anything, true).kind).not.toBe("address");
        expect(readEndpointFailure(anything).kind).not.toBe("address");
      }),
    );
  });
});
