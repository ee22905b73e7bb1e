import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Proxies, proxyFor, shownProxy } from "../../src/network/index.ts";

const through = (...except: readonly string[]): Proxies => ({
  https: () => "http://secure:1",
  http: () => "http://plain:1",
  except,
});
const takes = (address: string, ...except: readonly string[]) => proxyFor(through(...except), new URL(address));

describe("the proxy of a connection", () => {
  it("is that of the scheme, a socket's too", () => {
    expect(["https://a.test", "wss://a.test", "http://a.test", "ws://a.test"].map((url) => takes(url))).toEqual([
      "http://secure:1",
      "http://secure:1",
      "http://plain:1",
      "http://plain:1",
    ]);
    expect(proxyFor({ ...through(), https: undefined }, new URL("https://a.test"))).toBeUndefined();
  });

  it("is none for this machine and for where Alibaba Cloud keeps the credentials of its machines", () => {
    const own = ["localhost:8080", "api.localhost", "127.0.0.1", "127.1.2.3:9", "[::1]:80", "100.100.100.200"];
    expect(own.map((host) => [takes(`http://${host}/`), takes(`https://${host}/`)])).toEqual(
      own.map(() => [undefined, undefined]),
    );
  });

  it("is shown without user and password", () => {
    expect(shownProxy("http://user:geheim@proxy.corp:3128")).toBe("proxy.corp:3128");
    expect(shownProxy("http://proxy.corp")).toBe("proxy.corp:80");
  });
});

test.each([
  ["*", "https://a.test", true],
  ["a.test", "https://a.test", true],
  ["a.test", "https://A.TEST.", true],
  ["a.test", "https://deep.below.a.test", true],
  ["a.test", "https://aa.test", false],
  [".a.test", "https://x.a.test", true],
  [".a.test", "https://a.test", true],
  ["*.a.test", "https://x.a.test", true],
  ["a.test:443", "https://a.test", true],
  ["a.test:8443", "https://a.test", false],
  ["a.test:8443", "https://a.test:8443", true],
  ["10.0.0.0/8", "https://10.200.3.4", true],
  ["10.0.0.0/8", "https://11.0.0.1", false],
  ["10.0.0.0/8", "https://10.a.test", false],
  ["10.1.2.3", "https://10.1.2.3", true],
  ["10.1.2.3", "https://10.1.2.30", false],
  ["[fd00::1]:443", "https://[fd00::1]", true],
  ["fd00::1", "https://[FD00:0::1]", true],
  ["fd00::/8", "https://[fd12::9]", true],
  ["fd00::/8", "https://[fe80::9]", false],
  ["10.0.0.0/99", "https://10.0.0.1", false],
  [".", "https://a.test", false],
  ["", "https://a.test", false],
])("NO_PROXY=%s and %s: reached directly is %s", (entry, address, direct) => {
  expect(takes(address, entry) === undefined).toBe(direct);
});

test("a name in NO_PROXY means it and all names below it, and no entry is too strange to be read", () => {
  const host = fc.domain();
  fc.assert(
    fc.property(host, host, fc.string(), (name, below, strange) => {
      expect(takes(`https://${name}`, strange, name)).toBeUndefined();
      expect(takes(`https://www.${name}`, name)).toBeUndefined();
      expect(takes(`https://${below}x${name}`, name)).toBe("http://secure:1");
    }),
  );
});
