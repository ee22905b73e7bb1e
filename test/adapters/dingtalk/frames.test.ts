import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledge, readFrame, subscriptions } from "../../../adapters/dingtalk/frames.ts";
import { cardTopic, messageTopic } from "./fake-gateway.ts";

const read = (frame: unknown) => readFrame(Buffer.from(JSON.stringify(frame)));

describe("a frame of the stream", () => {
  it("is delivered with its data, whatever else it says", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })),
        fc.constantFrom(messageTopic, cardTopic),
        (data, topic) => {
          const headers = { topic, messageId: "m", time: 1, more: null };
          const frame = read({ type: "CALLBACK", headers, data: JSON.stringify(data), more: [] });
          expect(frame).toEqual({
            kind: "delivered",
            delivered: {
              topic: topic === cardTopic ? "card" : "message",
              messageId: "m",
              data: JSON.parse(JSON.stringify(data)),
            },
          });
        },
      ),
    );
  });

  it("is read without a throw, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (bytes) => {
        expect(["refused", "nothing"]).toContain(readFrame(bytes).kind);
      }),
    );
    fc.assert(
      fc.property(
        fc.record({
          type: fc.constantFrom("SYSTEM", "CALLBACK", "EVENT", "other"),
          headers: fc.record({
            topic: fc.constantFrom("ping", "disconnect", messageTopic, "error"),
            messageId: fc.anything(),
          }),
          data: fc.oneof(fc.string(), fc.json(), fc.jsonValue()),
        }),
        (frame) => {
          const { kind } = readFrame(
            Buffer.from(JSON.stringify(frame, (_, value) => (typeof value === "bigint" ? null : value))),
          );
          expect(["ping", "disconnect", "delivered", "nothing", "refused"]).toContain(kind);
        },
      ),
    );
  });

  it("is acknowledged with JSON within JSON", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (messageId, body) => {
        const { data, ...rest } = JSON.parse(acknowledge(messageId, body));
        expect(rest).toEqual({ code: 200, message: "OK", headers: { contentType: "application/json", messageId } });
        expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(body)));
      }),
    );
  });

  it("is never subscribed to as an event", () => {
    expect(subscriptions.map(({ type }) => type)).toEqual(["CALLBACK", "CALLBACK"]);
  });
});
