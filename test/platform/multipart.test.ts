import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Body, formBody, randomBoundary } from "../../src/platform/index.ts";
import { readMultipart } from "../platforms/multipart.ts";

const bytesOf = async (body: Body): Promise<Buffer> => {
  const content = body.open();
  return typeof content === "string" ? Buffer.from(content) : buffer(content);
};

describe("a form", () => {
  it("reads as what was put into it, and is as long as it says, each time it is opened", async () => {
    const random = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.uint8Array(), random, async (text, content, numbers) => {
        const file = { field: "file", name: "runtimes.csv", type: "text/csv", bytes: content.length, content };
        const body = formBody(
          { note: text },
          file,
          randomBoundary(() => numbers.next().value ?? 0),
        );
        const bytes = await bytesOf(body);
        expect(bytes.length).toBe(body.bytes);
        expect(await bytesOf(body)).toEqual(bytes);
        expect(readMultipart(bytes, body.type)).toEqual([
          { name: "note", filename: undefined, content: Buffer.from(text) },
          { name: "file", filename: "runtimes.csv", content: Buffer.from(content) },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it("takes the content from disk as it is sent", async () => {
    const folder = await mkdtemp(join(tmpdir(), "deskhand-form-"));
    try {
      const path = join(folder, "runtimes.csv");
      await writeFile(path, "编号\n1\n");
      const file = { field: "file", name: "运行时.csv", type: "text/csv", bytes: 9, content: { path } };
      const body = formBody({}, file, randomBoundary(Math.random));
      const bytes = await bytesOf(body);
      expect(bytes.length).toBe(body.bytes);
      expect(readMultipart(bytes, body.type)?.[0]?.content.toString()).toBe("编号\n1\n");
      expect(bytes.toString()).toContain('filename="运行时.csv"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("keeps names from ending where they do not", async () => {
    const content = Buffer.from("x");
    const file = { field: "file", name: 'a"\r\nb: c\r\n.csv', type: "text/csv", bytes: 1, content };
    const body = formBody({}, file, randomBoundary(Math.random));
    const parts = readMultipart(await bytesOf(body), body.type);
    expect(parts).toEqual([{ name: "file", filename: "a%22%0D%0Ab: c%0D%0A.csv", content }]);
  });
});

describe("a boundary", () => {
  it("is of letters and digits, within the length that is allowed, and another one each time", () => {
    for (const random of [() => 0, () => 0.999, () => 1]) {
      expect(randomBoundary(random)).toMatch(/^[a-z0-9]{1,70}$/);
    }
    expect(randomBoundary(Math.random)).not.toBe(randomBoundary(Math.random));
  });
});
