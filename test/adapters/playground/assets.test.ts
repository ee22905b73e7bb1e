import { describe, expect, it } from "vitest";
import { createAssets } from "../../../adapters/playground/assets.ts";
import { createHarness } from "./harness.ts";

describe("the page's files", () => {
  it("hang together: every module that one names is served", async () => {
    const assets = await createAssets("auto")();
    const names = [...assets].flatMap(([, { type, body }]) =>
      type.startsWith("text/javascript") ? [...body.matchAll(/^(?:import|\}) .*?from "(.+)";$/gm)] : [],
    );
    expect(names.length).toBeGreaterThan(20);
    for (const [, path] of names) expect(assets.has(path?.replace("./", "") ?? ""), path).toBe(true);
  });

  it("name nothing outside, and carry no inline script or style", async () => {
    for (const [name, { body }] of await createAssets("auto")()) {
      const addresses = [...body.matchAll(/https?:\/\/[^"'\s)]+/g)].map(([address]) => address);
      expect(
        addresses.filter((address) => address !== "http://www.w3.org/2000/svg"),
        name,
      ).toEqual([]);
      if (name.endsWith(".html")) expect(body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    }
  });

  it("are served with an ETag, and not again to a browser that has them", async () => {
    const at = await createHarness();
    const first = await at.get("/playground/main.js");
    expect(first.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const again = await at.get("/playground/main.js", { "if-none-match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("are only the page's: no way leads out of its folder", async () => {
    const at = await createHarness();
    for (const path of [
      "/playground/../index.js",
      "/playground/%2e%2e%2findex.js",
      "/playground/main.ts",
      "/playground/constructor.js",
    ]) {
      expect((await at.get(path)).status, path).toBe(404);
    }
  });

  it("tell the page which language the operator chose", async () => {
    expect((await createAssets("zh")()).get("index.html")?.body).toContain('data-locale="zh"');
  });
});
