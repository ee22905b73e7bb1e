import { describe, expect, test } from "vitest";
import { faultOfBaseUrl, isListenHost, isLoopback, parseEndpoint } from "../../src/config/address.ts";

describe("an endpoint", () => {
  test.each([
    ["appstream-center.cn-shanghai.aliyuncs.com", "appstream-center.cn-shanghai.aliyuncs.com", undefined],
    ["localhost:8081", "localhost", 8081],
    ["127.0.0.1:1", "127.0.0.1", 1],
    ["[::1]:65535", "[::1]", 65535],
  ])("%s is a host with or without a port", (text, host, port) => {
    expect(parseEndpoint(text)).toEqual({ host, port });
  });

  test.each([
    "https://a.com",
    "a.com/path",
    "a.com:",
    "a.com:0",
    "a.com:65536",
    "a:b:1",
    "::1",
    "[1.2.3.4]",
    "user@a.com",
    "a b",
    "-a.com",
    "a.com?x",
    "",
  ])("is not %j", (text) => {
    expect(parseEndpoint(text)).toBeUndefined();
  });
});

test("only hosts that cannot be anywhere else are loopback", () => {
  const hosts = ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"];
  expect(hosts.filter((host) => !isLoopback(host))).toEqual([]);
  const others = ["127.0.0.1.example.com", "localhost.example.com", "0.0.0.0", "[::]", "10.0.0.1", "127.1", "::1"];
  expect(others.filter(isLoopback)).toEqual([]);
});

test("names and addresses can be listened on, addresses with a port cannot", () => {
  expect(
    ["127.0.0.1", "0.0.0.0", "::1", "::", "localhost", "my-host.example"].filter((host) => !isListenHost(host)),
  ).toEqual([]);
  expect(["", "127.0.0.1:80", "http://a", "a b", "*", "[::1]"].filter(isListenHost)).toEqual([]);
});

describe("a base URL", () => {
  test.each([
    "https://open.feishu.cn",
    "https://a.com/prefix/",
    "http://127.0.0.1:9000",
    "http://[::1]:1",
    "http://localhost",
  ])("%s may be one", (text) => {
    expect(faultOfBaseUrl(text)).toBeUndefined();
  });

  test.each([
    "",
    "feishu",
    "ftp://a.com",
    "a.com",
    "http://a.com",
    "https://u:p@a.com",
    "https://a.com?x=1",
    "https://a.com#x",
  ])("%j is none", (text) => {
    expect(faultOfBaseUrl(text)).toBeTypeOf("string");
  });
});
