/**
 * The frames of the long connection: protobuf, proto2, as the SDK's generated code (`pbbp2.Frame`) writes and reads them.
 * This codec is written from the field list alone, so that it can tell when the two disagree.
 */
export interface Frame {
  readonly seqId: bigint;
  readonly logId: bigint;
  readonly service: number;
  /** 0 control, 1 data. */
  readonly method: number;
  readonly headers: readonly Header[];
  readonly payloadEncoding?: string | undefined;
  readonly payloadType?: string | undefined;
  readonly payload?: Uint8Array | undefined;
  readonly logIdNew?: string | undefined;
}

export interface Header {
  readonly key: string;
  readonly value: string;
}

/** The value of a header; the last one wins, as in the SDK. */
export function headerOf(frame: Frame, key: string): string | undefined {
  return frame.headers.findLast((header) => header.key === key)?.value;
}

const varint = 0;
const bytes = 2;

function writeVarint(out: number[], value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
}

function lengthPrefix(field: number, length: number): number[] {
  const out: number[] = [(field << 3) | bytes];
  writeVarint(out, BigInt(length));
  return out;
}

function textField(field: number, text: string): readonly Uint8Array[] {
  const content = Buffer.from(text);
  return [Uint8Array.from(lengthPrefix(field, content.length)), content];
}

function headerField({ key, value }: Header): readonly Uint8Array[] {
  const content = Buffer.concat([...textField(1, key), ...textField(2, value)]);
  return [Uint8Array.from(lengthPrefix(5, content.length)), content];
}

/** The bytes of a frame. */
export function encodeFrame(frame: Frame): Buffer {
  const start: number[] = [];
  const numbers = [frame.seqId, frame.logId, BigInt(frame.service), BigInt(frame.method)];
  for (const [index, value] of numbers.entries()) {
    start.push(((index + 1) << 3) | varint);
    writeVarint(start, value);
  }
  const parts: Uint8Array[] = [Uint8Array.from(start)];
  for (const header of frame.headers) parts.push(...headerField(header));
  if (frame.payloadEncoding !== undefined) parts.push(...textField(6, frame.payloadEncoding));
  if (frame.payloadType !== undefined) parts.push(...textField(7, frame.payloadType));
  if (frame.payload !== undefined) {
    parts.push(Uint8Array.from(lengthPrefix(8, frame.payload.length)), frame.payload);
  }
  if (frame.logIdNew !== undefined) parts.push(...textField(9, frame.logIdNew));
  return Buffer.concat(parts);
}

interface Field {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of a message in their order. Throws a RangeError on bytes that are no protobuf. */
function* fieldsOf(buffer: Buffer): Generator<Field> {
  let at = 0;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = buffer[at];
      if (byte === undefined) throw new RangeError("the message ends inside a number");
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError("a number has more than ten bytes");
  };
  while (at < buffer.length) {
    const tag = Number(next());
    const number = tag >>> 3;
    if (number === 0) throw new RangeError("field 0");
    if ((tag & 7) === varint) {
      yield { number, value: next() };
    } else if ((tag & 7) === bytes) {
      const length = Number(next());
      if (at + length > buffer.length) throw new RangeError("the message ends inside a field");
      yield { number, value: buffer.subarray(at, at + length) };
      at += length;
    } else {
      throw new RangeError(`wire type ${tag & 7}, which no field of a frame has`);
    }
  }
}

function text(value: bigint | Buffer): string {
  if (typeof value === "bigint") throw new RangeError("a number where a text belongs");
  return new TextDecoder("utf-8", { fatal: true }).decode(value);
}

function whole(value: bigint | Buffer): bigint {
  if (typeof value !== "bigint") throw new RangeError("bytes where a number belongs");
  return value;
}

function readHeader(value: bigint | Buffer): Header {
  if (typeof value === "bigint") throw new RangeError("a number where a header belongs");
  let key: string | undefined;
  let content: string | undefined;
  for (const field of fieldsOf(value)) {
    if (field.number === 1) key = text(field.value);
    else if (field.number === 2) content = text(field.value);
  }
  if (key === undefined || content === undefined) throw new RangeError("a header without key or value");
  return { key, value: content };
}

/** Reads a frame. Throws a RangeError (or TypeError for text that is not UTF-8) on bytes that are none. */
export function decodeFrame(buffer: Buffer): Frame {
  const numbers = new Map<number, bigint>();
  const texts = new Map<number, string>();
  const headers: Header[] = [];
  let payload: Buffer | undefined;
  for (const { number, value } of fieldsOf(buffer)) {
    if (number >= 1 && number <= 4) numbers.set(number, whole(value));
    else if (number === 5) headers.push(readHeader(value));
    else if (number === 8 && typeof value !== "bigint") payload = value;
    else if (number === 6 || number === 7 || number === 9) texts.set(number, text(value));
  }
  const required = (number: number, name: string): bigint => {
    const value = numbers.get(number);
    if (value === undefined) throw new RangeError(`${name} is missing`);
    return value;
  };
  return {
    seqId: required(1, "SeqID"),
    logId: required(2, "LogID"),
    service: Number(BigInt.asIntN(32, required(3, "service"))),
    method: Number(BigInt.asIntN(32, required(4, "method"))),
    headers,
    payloadEncoding: texts.get(6),
    payloadType: texts.get(7),
    payload,
    logIdNew: texts.get(9),
  };
}
