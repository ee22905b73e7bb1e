import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { migrations } from "../../src/store/migrations.ts";
import { problemsOf } from "../config/read.ts";
import { fencesOf } from "./steps.ts";

const own = (await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const paths = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...own];
const pages = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")] as const)));
const pageOf = (path: string): string => pages.get(path) ?? "";

/** A page without its code, in which nothing is a link or a heading. */
const prose = (page: string): string => page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "").replaceAll(/`[^`\n]*`/g, "code");

/** The anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  const headings = page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "").matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The targets of links and pictures that lie in the project. */
const targetsOf = (path: string): readonly string[] =>
  [...prose(pageOf(path)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  );

function resolves(path: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const to = file === "" ? path : normalize(join(dirname(path), file));
  return existsSync(to) && (anchor === undefined || anchorsOf(pageOf(to)).includes(anchor));
}

test.each(paths)("every link of %s leads to a file of the project, and to a heading that it has", (path) => {
  expect(targetsOf(path).filter((target) => !resolves(path, target))).toEqual([]);
});

test("the README leads to every page", () => {
  const linked = targetsOf("README.md").map((target) => normalize(target.split("#")[0] ?? ""));
  expect([...own, "CHANGELOG.md", "CONTRIBUTING.md"].filter((path) => !linked.includes(path))).toEqual([]);
});

test("every picture is shown on a page", async () => {
  const shown = paths.flatMap((path) => targetsOf(path).map((target) => normalize(join(dirname(path), target))));
  const pictures = (await readdir("docs/pictures")).map((name) => `docs/pictures/${name}`);
  expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
});

/** The sections of app.yaml. */
const sections = Object.keys(parse(await readFile("app.yaml", "utf8")));

const snippets = paths.flatMap((path) =>
  fencesOf(pageOf(path)).flatMap(({ language, text }) => {
    const whole =
      language === "sh" ? (/<<'EOF'\n([\s\S]+?)\nEOF/.exec(text)?.[1] ?? "") : language === "yaml" ? text : "";
    return sections.includes(/^(\w+):/.exec(whole)?.[1] ?? "") ? [{ path, text: whole }] : [];
  }),
);

test("pages show parts of a configuration", () => {
  expect(snippets.length).toBeGreaterThan(8);
});

/** What a part of a file may rest on: channels that are switched on. */
const around = `
channels:
  lark: { enabled: true, appId: cli_0123456789abcdef, appSecret: "-" }
  dingtalk: { enabled: true, clientId: ding0123456789, clientSecret: "-" }
`;

test.each(snippets)("a configuration on $path can be used: $text", ({ text }) => {
  const names = [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = ""]) => [
    name,
    name.startsWith("LARK") ? "cli_0123456789abcdef" : "0123456789abcdef",
  ]);
  const whole = /^channels:/m.test(text) ? text : `${text}${around}`;
  expect(problemsOf(whole, Object.fromEntries(names))).toEqual([]);
});

test("docs/doctor.md shows the version of the tables that this release makes", () => {
  const shown = /The tables are up to date, of version (\d+)\./.exec(pageOf("docs/doctor.md"));
  expect(Number(shown?.[1])).toBe(migrations.length);
});

test("docs/upgrading.md names the version of the tables that this release makes", () => {
  const rows = [...pageOf("docs/upgrading.md").matchAll(/^\| [\d.]+ \| (\d+) \|$/gm)];
  expect(Number(rows.at(-1)?.[1])).toBe(migrations.length);
});

test.each(["docs/architecture.md", "docs/development.md", "docs/security.md", "docs/channels.md"])(
  "every path of the sources that %s names is there",
  (path) => {
    const named = [...pageOf(path).matchAll(/`((?:src|test|scripts|deploy|adapters|bench|soak)\/[\w./-]+)`/g)];
    expect(named.length).toBeGreaterThan(0);
    expect(named.map(([, name = ""]) => name).filter((name) => !existsSync(name))).toEqual([]);
  },
);

test("docs/security.md says of each promise how it is kept, and which test holds it", () => {
  const rows = [...pageOf("docs/security.md").matchAll(/^\| (\d) \| (.+) \| (.+) \| \[promise-(\d)\]\((.+)\) \|$/gm)];
  expect(rows.map(([, number, , , test]) => [number, test])).toEqual(
    [..."123456789"].map((number) => [number, number]),
  );
});

test("docs/install.md names each package that npm on Node 20 warns of", async () => {
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const places = Object.keys(packages).filter((place) => {
    const { dev, engines } = packages[place];
    return dev !== true && /^\D*2[1-9]/.test(engines?.node ?? "");
  });
  // Of a scope its name will do.
  const families = new Set(places.map((place) => /node_modules\/@?([\w-]+)[^@]*$/.exec(place)?.[1] ?? place));
  const line = /^.*EBADENGINE[\s\S]*?\n\n/m.exec(pageOf("docs/install.md"))?.[0].toLowerCase() ?? "";
  expect(families.size).toBeGreaterThan(0);
  expect([...families].filter((name) => !line.includes(name))).toEqual([]);
});

test("scripts that pages name are scripts of package.json", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  const named = paths.flatMap((path) =>
    [...pageOf(path).matchAll(/npm run (?:--silent |-s )?([a-z:-]+)/g)].map(([, name = ""]) => name),
  );
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});
