import { crc32, inflateRawSync } from "node:zlib";

/** The files of a zip by its central directory (APPNOTE.TXT 4.3), each checked against its size and its checksum. */
export function unzip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) {
    throw new Error("no end of the central directory");
  }
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) {
      throw new Error(`no entry at ${at}`);
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const name = zip.toString("utf8", at + 46, at + 46 + (nameLength ?? 0));
    files.set(name, contentOf(zip, at));
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

function contentOf(zip: Buffer, entry: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const checksum = zip.readUInt32LE(entry + 16);
  const [packed, size, local] = [20, 24, 42].map((place) => zip.readUInt32LE(entry + place)) as [
    number,
    number,
    number,
  ];
  const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const raw = zip.subarray(begin, begin + packed);
  const content = method === 8 ? inflateRawSync(raw) : raw;
  if (content.length !== size || crc32(content) !== checksum) {
    throw new Error("an entry is damaged");
  }
  return content;
}
