import { isUtf8 } from "node:buffer";

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

/** Bytes of a varint that holds this length. */
function sizeOfLength(length: number): number {
  return length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : length < 0x1000_0000 ? 4 : 5;
}

/** Writes a frame from front to back; a load driver makes thousands a second. */
function createWriter(size: number) {
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  function length(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) buffer[at++] = (rest & 0x7f) | 0x80;
    buffer[at++] = rest;
  }
  function number(field: number, value: bigint): void {
    buffer[at++] = (field << 3) | varint;
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) buffer[at++] = Number(rest & 0x7fn) | 0x80;
    buffer[at++] = Number(rest);
  }
  function open(field: number, size: number): void {
    buffer[at++] = (field << 3) | bytes;
    length(size);
  }
  return {
    number,
    open,
    text(field: number, text: string): void {
      open(field, Buffer.byteLength(text));
      at += buffer.write(text, at);
    },
    bytes(field: number, content: Uint8Array): void {
      open(field, content.length);
      buffer.set(content, at);
      at += content.length;
    },
    done: () => buffer.subarray(0, at),
  };
}

const sizeOfText = (text: string): number => {
  const length = Buffer.byteLength(text);
  return 1 + sizeOfLength(length) + length;
};

/** At most what tags and lengths outside of headers take: four numbers of eleven bytes, four fields of six. */
const overhead = 4 * 11 + 4 * 6;

/** The bytes of a frame. */
export function encodeFrame(frame: Frame): Buffer {
  const sizes = frame.headers.map(({ key, value }) => sizeOfText(key) + sizeOfText(value));
  const texts = [frame.payloadEncoding, frame.payloadType, frame.logIdNew];
  const total =
    overhead +
    sizes.reduce((sum, size) => sum + size + 6, 0) +
    texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 0) +
    (frame.payload?.length ?? 0);
  const writer = createWriter(total);
  writer.number(1, frame.seqId);
  writer.number(2, frame.logId);
  writer.number(3, BigInt(frame.service));
  writer.number(4, BigInt(frame.method));
  for (const [index, { key, value }] of frame.headers.entries()) {
    writer.open(5, sizes[index] ?? 0);
    writer.text(1, key);
    writer.text(2, value);
  }
  if (frame.payloadEncoding !== undefined) writer.text(6, frame.payloadEncoding);
  if (frame.payloadType !== undefined) writer.text(7, frame.payloadType);
  if (frame.payload !== undefined) writer.bytes(8, frame.payload);
  if (frame.logIdNew !== undefined) writer.text(9, frame.logIdNew);
  return writer.done();
}

interface Field {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of a message in their order. Throws a RangeError on bytes that are no protobuf. */
function* fieldsOf(buffer: Buffer): Generator<Field> {
  let at = 0;
  const next = (): bigint => {
    const first = buffer[at] ?? 0x80;
    if (first < 0x80) {
      at += 1;
      return BigInt(first);
    }
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
  if (!isUtf8(value)) throw new RangeError("a text that is not UTF-8");
  return value.toString();
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

/** Reads a frame. Throws a RangeError on bytes that are none. */
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
