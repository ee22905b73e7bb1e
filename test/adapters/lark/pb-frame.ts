/** A frame of Lark's long connection, as far as the tests look at it. */
export interface PbFrame {
  /** 0 control, 1 data. */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
  /** Numbers that an acknowledgement carries back: SeqID, LogID, service. */
  readonly numbers: readonly [bigint, bigint, bigint];
}

/** Protobuf: SeqID 1, LogID 2, service 3, method 4 (varints), headers 5 { key 1, value 2 }, payload 8. */
export function encodeFrame({ method, headers, payload, numbers }: PbFrame): Buffer {
  const fields: Uint8Array[] = [...numbers, BigInt(method)].map((value, at) =>
    Buffer.concat([varint((at + 1) << 3), varint(value)]),
  );
  for (const [key, value] of Object.entries(headers)) {
    fields.push(prefixed(5, Buffer.concat([prefixed(1, Buffer.from(key)), prefixed(2, Buffer.from(value))])));
  }
  return Buffer.concat([...fields, prefixed(8, payload)]);
}

export function decodeFrame(bytes: Uint8Array): PbFrame {
  const numbers = new Map<number, bigint>();
  const headers: Record<string, string> = {};
  let payload: Uint8Array = new Uint8Array();
  for (const { field, value } of fieldsOf(bytes)) {
    if (typeof value === "bigint") numbers.set(field, value);
    else if (field === 8) payload = value;
    else if (field === 5) {
      const [key, text] = [...fieldsOf(value)].map((part) => Buffer.from(part.value as Uint8Array).toString());
      headers[key ?? ""] = text ?? "";
    }
  }
  const number = (field: number): bigint => numbers.get(field) ?? 0n;
  return { method: Number(number(4)), headers, payload, numbers: [number(1), number(2), number(3)] };
}

function* fieldsOf(bytes: Uint8Array): Generator<{ field: number; value: bigint | Uint8Array }> {
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(readVarint());
    const value = readVarint();
    if ((tag & 7) === 0) {
      yield { field: tag >> 3, value };
    } else {
      at += Number(value);
      yield { field: tag >> 3, value: bytes.subarray(at - Number(value), at) };
    }
  }
}

function prefixed(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
