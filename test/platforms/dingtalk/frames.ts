/** The topics of the callbacks that a robot with cards subscribes to. */
export const messageTopic = "/v1.0/im/bot/messages/get";
export const cardTopic = "/v1.0/card/instances/callback";

/** What goes down a socket, before it is JSON text. */
export interface Frame {
  readonly type: "SYSTEM" | "CALLBACK" | "EVENT";
  readonly topic: string;
  readonly messageId: string;
  /** JSON text. */
  readonly data: string;
}

/** A frame as it is on the wire (document "Stream mode protocol"). */
export function frameText(
  { type, topic, messageId, data }: Frame,
  about: { readonly appId: string; readonly connectionId: string; readonly time: number },
): string {
  const { appId, connectionId, time } = about;
  const contentType = "application/json";
  return JSON.stringify({
    specVersion: "1.0",
    type,
    headers: { appId, connectionId, contentType, messageId, time: String(time), topic },
    data,
  });
}

/** Bytes that a client should survive. */
export type Disturbance =
  | "rubbish"
  | "empty"
  | "binary"
  | "null"
  | "array"
  | "no-headers"
  | "no-data"
  | "data-not-json"
  | "data-null"
  | "unknown-type"
  | "unknown-topic"
  | "unknown-system"
  | "long";

/** Message ids of frames that were made to disturb: what is said to them counts for nothing. */
export const disturbing = "disturbance-";

export function disturbance(how: Disturbance): string | Buffer {
  const headers = { contentType: "application/json", messageId: `${disturbing}${how}`, time: "0", topic: messageTopic };
  const callback = { specVersion: "1.0", type: "CALLBACK", headers };
  switch (how) {
    case "rubbish":
      return "<html>502 Bad Gateway</html>";
    case "empty":
      return "";
    case "binary":
      return Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    case "null":
      return "null";
    case "array":
      return "[1]";
    case "no-headers":
      return JSON.stringify({ specVersion: "1.0", type: "CALLBACK", data: "{}" });
    case "no-data":
      return JSON.stringify(callback);
    case "data-not-json":
      return JSON.stringify({ ...callback, data: "<html>" });
    case "data-null":
      return JSON.stringify({ ...callback, data: "null" });
    case "unknown-type":
      return JSON.stringify({ ...callback, type: "WEATHER", data: "{}" });
    case "unknown-topic":
      return JSON.stringify({ ...callback, headers: { ...headers, topic: "/v1.0/weather" }, data: "{}" });
    case "unknown-system":
      return JSON.stringify({ ...callback, type: "SYSTEM", headers: { ...headers, topic: "weather" }, data: "{}" });
    case "long":
      return JSON.stringify({ ...callback, data: JSON.stringify({ text: "x".repeat(2_000_000) }) });
  }
}
