import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkImports } from "../../scripts/check-imports.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "deskhand-imports-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Writes a house of these files; a name of the form `name -> target` becomes a file that imports the target. */
function house(files: Readonly<Record<string, readonly string[]>>): void {
  const packages = {
    dependencies: { "@alicloud/credentials": "1", hono: "1", zod: "1" },
    devDependencies: { vitest: "1" },
  };
  write("package.json", JSON.stringify({ type: "module", ...packages }));
  for (const name of ["@alicloud/credentials", "hono", "zod", "vitest"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", exports: "./index.js" }));
    write(`node_modules/${name}/index.js`, "export const nothing = 0;\n");
  }
  for (const [name, imports] of Object.entries(files)) {
    const lines = imports.map((target, index) => `import { type Thing${index} } from "${target}";`);
    write(name, [...lines, `export const value = ${imports.length};`].join("\n"));
  }
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

/** The names of the rules that were broken, each once. */
async function broken(files: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
  house(files);
  const { problems } = await checkImports(root);
  return [...new Set(problems.map((problem) => /: ([a-z-]+)\./.exec(problem)?.[1] ?? problem))].sort();
}

describe("the check of the imports", () => {
  it("has nothing to say when everything looks downwards through front doors", async () => {
    const files = {
      "src/main.ts": ["./app.ts", "../adapters/terminal/index.ts", "./simulator/index.ts"],
      "src/app.ts": ["./bot/index.ts", "./appstream/index.ts", "../adapters/lark/index.ts"],
      "src/fleet/index.ts": ["./runtime.ts"],
      "src/fleet/runtime.ts": ["zod"],
      "src/commands/index.ts": ["../fleet/index.ts"],
      "src/cards/index.ts": ["../commands/index.ts"],
      "src/bot/index.ts": ["../cards/index.ts", "node:crypto"],
      "src/simulator/index.ts": ["hono"],
      "src/appstream/index.ts": ["../fleet/index.ts", "@alicloud/credentials"],
      "adapters/lark/index.ts": ["../../src/bot/index.ts", "./render.ts"],
      "adapters/lark/render.ts": ["../../src/cards/index.ts"],
      "adapters/terminal/index.ts": ["../../src/cards/index.ts"],
    };
    expect(await broken(files)).toEqual([]);
    expect((await checkImports(root)).modules).toBe(Object.keys(files).length);
  });

  const leaf: readonly string[] = [];
  const cases: readonly (readonly [string, string, Readonly<Record<string, readonly string[]>>])[] = [
    ["an import upwards", "floor-of-fleet", { "src/fleet/a.ts": ["../cards/index.ts"], "src/cards/index.ts": leaf }],
    [
      "the bot asking the API",
      "floor-of-bot",
      { "src/bot/a.ts": ["../appstream/index.ts"], "src/appstream/index.ts": leaf },
    ],
    [
      "alerts knowing the store",
      "floor-of-alerts",
      { "src/alerts/a.ts": ["../store/index.ts"], "src/store/index.ts": leaf },
    ],
    ["the bot knowing alerts", "floor-of-bot", { "src/bot/a.ts": ["../alerts/index.ts"], "src/alerts/index.ts": leaf }],
    [
      "the simulator knowing the fleet",
      "floor-of-simulator",
      { "src/simulator/a.ts": ["../fleet/index.ts"], "src/fleet/index.ts": leaf },
    ],
    [
      "src knowing an adapter",
      "floor-of-bot",
      { "src/bot/a.ts": ["../../adapters/lark/index.ts"], "adapters/lark/index.ts": leaf },
    ],
    ["a folder knowing the top", "floor-of-http", { "src/http/a.ts": ["../app.ts"], "src/app.ts": leaf }],
    ["the app knowing the command line", "floor-of-app", { "src/app.ts": ["./main.ts"], "src/main.ts": leaf }],
    [
      "an adapter knowing another",
      "floor-of-adapters",
      { "adapters/lark/a.ts": ["../dingtalk/index.ts"], "adapters/dingtalk/index.ts": leaf },
    ],
    [
      "an adapter knowing the store",
      "floor-of-adapters",
      { "adapters/lark/a.ts": ["../../src/store/index.ts"], "src/store/index.ts": leaf },
    ],
    ["a back door", "front-door", { "src/cards/a.ts": ["../fleet/deep.ts"], "src/fleet/deep.ts": leaf }],
    [
      "a back door from the top",
      "front-door-from-the-top",
      { "src/app.ts": ["./bot/deep.ts"], "src/bot/deep.ts": leaf },
    ],
    ["files in a pure folder", "pure-folders-have-no-io", { "src/commands/a.ts": ["node:fs"] }],
    ["a server in a pure folder", "pure-folders-have-few-packages", { "src/fleet/a.ts": ["hono"] }],
    ["the cloud's SDK elsewhere", "cloud-sdk-in-appstream", { "src/http/a.ts": ["@alicloud/credentials"] }],
    ["Node in the page", "page-runs-in-a-browser", { "adapters/playground/page/main.ts": ["node:path"] }],
    ["a circle", "no-circle", { "src/http/a.ts": ["./b.ts"], "src/http/b.ts": ["./a.ts"] }],
    ["a folder that stands nowhere", "known-folder", { "src/helpers/a.ts": ["zod"] }],
    ["an import of what is not there", "resolvable", { "src/http/a.ts": ["./gone.ts"] }],
  ];

  for (const [name, rule, files] of cases) {
    it(`finds ${name}`, async () => {
      expect(await broken(files)).toEqual([rule]);
    });
  }

  it("finds a package that is for development only", async () => {
    house({});
    write("src/http/a.ts", 'import { nothing } from "vitest";\nexport const value = nothing;\n');
    expect((await checkImports(root)).problems).toEqual([expect.stringContaining("shipped-packages")]);
  });

  it("finds imports of types as well as of values", async () => {
    house({ "src/cards/index.ts": leaf });
    write("src/fleet/a.ts", 'export type * from "../cards/index.ts";\n');
    write("src/fleet/b.ts", 'import type { Card } from "../cards/index.ts";\nexport type Mine = Card;\n');
    write("src/fleet/c.ts", 'export { value } from "../cards/index.ts";\n');
    write("src/fleet/d.ts", 'export const late = () => import("../cards/index.ts");\n');
    const { problems } = await checkImports(root);
    expect(problems.map((problem) => problem.slice(0, 14)).sort()).toEqual(
      ["a", "b", "c", "d"].map((letter) => `src/fleet/${letter}.ts`),
    );
  });

  it("does not take a house without modules for a sound one", async () => {
    house({});
    expect((await checkImports(root)).problems).toEqual(["no module was read"]);
  });
});
