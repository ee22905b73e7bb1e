import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createScrub, formatProblem, loadConfig, readProxies } from "../../src/config/index.ts";

const cloud = "fleet: { source: alibaba-cloud }\n";
const load = (text: string, environment: Record<string, string>) =>
  loadConfig({ path: "app.yaml", environment, readFile: async () => text });

describe("the proxies of the environment", () => {
  it("are those of HTTPS_PROXY and HTTP_PROXY, and without them there is none", () => {
    const { proxies } = readProxies({ HTTPS_PROXY: "http://one:3128", HTTP_PROXY: "http://two:8080/" });
    expect([proxies.https?.(), proxies.http?.()]).toEqual(["http://one:3128", "http://two:8080/"]);
    expect(readProxies({}).proxies).toEqual({ https: undefined, http: undefined, except: [] });
    expect(readProxies({ HTTPS_PROXY: " ", https_proxy: "" }).proxies.https).toBeUndefined();
  });

  it("are taken in lower case before upper case", () => {
    const { proxies } = readProxies({ HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:1", no_proxy: "a" });
    expect([proxies.https?.(), proxies.except]).toEqual(["http://lower:1", ["a"]]);
  });

  it("may be written without http://, as other programs take them", () => {
    expect(readProxies({ HTTPS_PROXY: "user:geheim@proxy:3128" }).proxies.https?.()).toBe(
      "http://user:geheim@proxy:3128",
    );
  });

  it("spare what NO_PROXY lists with commas or blanks", () => {
    const { proxies } = readProxies({ NO_PROXY: " Corp.Example, 10.0.0.0/8  *.local,," });
    expect(proxies.except).toEqual(["corp.example", "10.0.0.0/8", "*.local"]);
  });

  it("show no password, and a log is scrubbed of it", () => {
    const reading = readProxies({ HTTPS_PROXY: "http://user:p%40ssw0rd@proxy:3128" });
    const shown = `${inspect(reading, { depth: 9 })}${JSON.stringify(reading)}`;
    expect(shown).not.toMatch(/ssw0rd/);
    const line = createScrub(reading.secrets)("http://user:p%40ssw0rd@proxy:3128 p%40ssw0rd p@ssw0rd");
    expect(line).not.toMatch(/ssw0rd/);
  });
});

test.each([
  ["socks5://proxy:1080", "only a proxy that is spoken to by http can be taken"],
  ["https://proxy:3128", "only a proxy that is spoken to by http can be taken"],
  ["http://", "is no address of a proxy"],
  ["http://user:p@ss/word@proxy:1", "is no address of a proxy"],
  ["http://proxy:99999", "is no address of a proxy"],
  ["http://proxy:1/path", "is no address of a proxy"],
  ["http://user:100%@proxy:1", "holds a % in user or password that begins no code"],
])("%s is refused with what would mend it", (HTTPS_PROXY, message) => {
  const { proxies, problems } = readProxies({ HTTPS_PROXY });
  expect(proxies.https).toBeUndefined();
  expect(problems.map(formatProblem)).toEqual([expect.stringContaining(`environment: HTTPS_PROXY: ${message} — `)]);
});

test("a wrong proxy is named and nothing of it repeated, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12, unit: "grapheme" }), (text) => {
      const { proxies, problems } = readProxies({ https_proxy: `ftp://${text}` });
      expect(proxies.https).toBeUndefined();
      expect(problems.map(({ key }) => key)).toEqual(["https_proxy"]);
      expect(problems.map(formatProblem).join()).not.toContain(text.trim() === "" ? "ftp" : text);
    }),
  );
});

test("a Node that knows no proxies is told of", () => {
  const problemsAt = (node: string) => readProxies({ HTTPS_PROXY: "http://proxy:1" }, node).problems;
  expect(problemsAt("24.4.1").map(({ message }) => message)).toEqual(["proxies need Node 24.5, this is 24.4.1"]);
  expect([problemsAt("24.5.0"), problemsAt("25.0.0")]).toEqual([[], []]);
});

test("a wrong proxy is a problem of the configuration where something has to go through it", async () => {
  const wrong = { HTTPS_PROXY: "socks5://proxy:1080" };
  const away = await load(cloud, wrong);
  expect(away.ok ? [] : away.problems.map(formatProblem)).toEqual([
    expect.stringContaining("environment: HTTPS_PROXY: "),
  ]);
  expect(await load("fleet: { source: simulator }\n", wrong)).toMatchObject({ ok: true });
  expect(await load(cloud, { HTTPS_PROXY: "http://proxy:3128" })).toMatchObject({ ok: true });
});
