import { expect, it } from "vitest";
import { readLockFile, shippedPackages } from "../../scripts/lock-file.ts";
import { textOf } from "./files.ts";

const lock = readLockFile(await textOf("package-lock.json"));
const manifest = JSON.parse(await textOf("package.json"));

/** Licences under which a package may be shipped with one under Apache 2.0. */
const allowed = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"];

it("the lock file names every package by version and checksum, and none by an address", () => {
  const packages = Object.entries(lock.packages).filter(([folder]) => folder !== "");
  expect(packages.length).toBeGreaterThan(100);
  const loose = packages.filter(
    ([, { version, integrity, resolved, link }]) =>
      version === undefined || !/^sha512-/.test(integrity ?? "") || resolved !== undefined || link !== undefined,
  );
  expect(loose.map(([folder]) => folder)).toEqual([]);
});

it("the lock file is that of package.json", () => {
  const { dependencies, devDependencies, version } = manifest;
  expect(lock.packages[""]).toMatchObject({ dependencies, devDependencies, version });
});

it("the SDKs of the platforms are pinned, as their workings are relied on", () => {
  const { "@larksuiteoapi/node-sdk": lark, "dingtalk-stream": dingtalk } = manifest.dependencies;
  expect([lark, dingtalk]).toEqual([
    expect.stringMatching(/^\d+\.\d+\.\d+$/),
    expect.stringMatching(/^\d+\.\d+\.\d+$/),
  ]);
});

it("every package that is shipped has a licence that allows it", () => {
  const others = Object.entries(shippedPackages(lock)).filter(([, { license }]) => !allowed.includes(license ?? ""));
  expect(others.map(([folder, { license }]) => `${folder}: ${license}`)).toEqual([]);
});

it("of the packages that are shipped, only these have a script that runs when they are installed, and each was decided on", () => {
  const withScript = Object.entries(shippedPackages(lock)).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = withScript.map(([folder]) => folder.replace("node_modules/", ""));
  expect(names).toEqual(["node", "protobufjs"]);
  expect(names.map((name) => manifest.allowScripts[name])).toEqual([true, false]);
});
