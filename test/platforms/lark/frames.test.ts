import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame, type Frame, headerOf } from "./frames.ts";

const frames: fc.Arbitrary<Frame> = fc.record({
  seqId: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  logId: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  service: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  method: fc.integer({ min: 0, max: 1 }),
  headers: fc.array(fc.record({ key: fc.string(), value: fc.string({ unit: "grapheme" }) }), { maxLength: 8 }),
  payload: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  payloadEncoding: fc.option(fc.string(), { nil: undefined }),
  payloadType: fc.option(fc.string(), { nil: undefined }),
  logIdNew: fc.option(fc.string(), { nil: undefined }),
});

describe("a frame", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it("has the bytes that the field list says", () => {
    const bytes = encodeFrame({
      seqId: 1n,
      logId: 300n,
      service: -1,
      method: 0,
      headers: [{ key: "type", value: "ping" }],
      payload: Buffer.from("{}"),
    });
    expect(bytes.toString("hex")).toBe(
      ["0801", "10ac02", "18ffffffffffffffffff01", "2000", "2a0c", "0a0474797065", "120470696e67", "42027b7d"].join(""),
    );
  });

  it("is refused when it is cut, or lacks what every frame has", () => {
    const bytes = encodeFrame({ seqId: 1n, logId: 1n, service: 1, method: 0, headers: [{ key: "k", value: "value" }] });
    expect(() => decodeFrame(bytes.subarray(0, bytes.length - 2))).toThrow(RangeError);
    expect(() => decodeFrame(Buffer.from([0x08, 0x01]))).toThrow("LogID is missing");
  });

  it("never makes the reader do anything but read or throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeFrame(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  it("says the last value of a header that stands twice", () => {
    const headers = [
      { key: "a", value: "1" },
      { key: "a", value: "2" },
    ];
    expect(headerOf({ seqId: 0n, logId: 0n, service: 0, method: 0, headers }, "a")).toBe("2");
  });
});
