import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { formatJsonSchema } from "../../src/config/index.ts";

describe("the schema for editors", () => {
  test("is the committed one; npm run schema writes it", async () => {
    expect(await readFile(new URL("../../app.schema.json", import.meta.url), "utf8")).toBe(formatJsonSchema());
  });

  test("is draft 2020-12 and knows defaults and descriptions", () => {
    const schema = JSON.parse(formatJsonSchema());
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema.properties.http.properties.port).toMatchObject({ default: 8080, description: expect.any(String) });
    expect(schema.properties.alerts.properties.repeat.default).toBe("24h");
  });

  test("describes every key", () => {
    const without: string[] = [];
    const walk = (node: Record<string, unknown>, path: string) => {
      for (const [key, inner] of Object.entries(node)) {
        if (typeof inner === "object" && inner !== null) {
          const inside: Record<string, unknown> = { ...inner };
          const named = path.endsWith("properties");
          if (named && typeof inside.description !== "string") {
            without.push(`${path}.${key}`);
          }
          walk(inside, `${path}.${key}`);
        }
      }
    };
    walk(JSON.parse(formatJsonSchema()), "");
    expect(without).toEqual([]);
  });

  describe("as an editor applies it", () => {
    const schema = z.fromJSONSchema(JSON.parse(formatJsonSchema()));
    const valid = (value: unknown) => schema.safeParse(value).success;
    const variable = `\${PORT:-8080}`;

    test("takes a variable where a number, true or false, a choice or a duration is expected", () => {
      expect(valid({ http: { port: variable } })).toBe(true);
      expect(valid({ alerts: { resolved: variable, interval: variable } })).toBe(true);
      expect(valid({ log: { level: variable }, store: { url: variable } })).toBe(true);
    });

    test("takes what is right", () => {
      expect(valid({})).toBe(true);
      expect(valid({ http: { port: 1 }, alerts: { interval: "60s", repeat: 0 }, store: { url: "memory:" } })).toBe(
        true,
      );
      expect(valid({ channels: { lark: { domain: "https://example.com" } } })).toBe(true);
      expect(valid({ access: { rules: [{ channel: "*", allow: ["query"] }] } })).toBe(true);
    });

    test("underlines what is wrong", () => {
      expect(valid({ http: { prt: 1 } })).toBe(false);
      expect(valid({ http: { port: "8080" } })).toBe(false);
      expect(valid({ alerts: { interval: "60" } })).toBe(false);
      expect(valid({ alerts: { interval: 60 } })).toBe(false);
      expect(valid({ log: { level: "loud" } })).toBe(false);
      expect(valid({ access: { rules: [{ channel: "*" }] } })).toBe(false);
      expect(valid({ channels: { lark: { domain: "lrak" } } })).toBe(false);
    });
  });
});
