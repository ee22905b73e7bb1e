import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { configOf } from "../config/read.ts";
import { createWorkplace, type Running, run, runIn, type Workplace } from "../e2e/process.ts";
import { ready } from "../e2e/ready.ts";

// Runs docs/try-platforms.md line by line, on free ports in place of the page's own.

const page = await readFile("docs/try-platforms.md", "utf8");

/** Scripts in the order of the page, each with the words that the page says one sees after it. */
const stops = page
  .split(/^```sh$/m)
  .slice(1)
  .map((part) => {
    const [script = "", after = ""] = part.split(/^```$/m);
    const sentence = /^You see (.+)$/m.exec(after)?.[1] ?? "";
    return { script: script.trim(), words: [...sentence.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word) };
  });

let workplace: Workplace;
const running: Running[] = [];
/** The page's addresses and files, and those of this test. */
const instead = new Map<string, string>();

const here = (script: string): string =>
  [...instead].reduce((text, [written, real]) => text.replaceAll(written, real), script);
const secrets = { LARK_APP_SECRET: "secret-of-the-stand-in", DINGTALK_CLIENT_SECRET: "secret-of-the-stand-in" };

/** As npm does it, without npm. */
const withoutNpm = (script: string): string =>
  script.replace(/npm run -s doctor --/, "node --disable-warning=ExperimentalWarning src/main.ts doctor");

/** Starts a stand-in on free ports; resolves when it has printed its addresses. */
async function startStandIn(platform: "lark" | "dingtalk", ports: readonly [string, string]): Promise<void> {
  const main = `test/platforms/${platform}/main.ts`;
  const standIn = runIn(".", process.execPath, ["--disable-warning=ExperimentalWarning", main]);
  running.push(standIn);
  const address = platform === "lark" ? /"url":"http:\/\/([\d.:]+)"/ : /apiBase: http:\/\/([\d.:]+)/;
  const [[, api = ""], [, control = ""]] = await Promise.all([
    standIn.printed(address),
    standIn.printed(/control"?: ?"?http:\/\/([\d.:]+)/),
  ]);
  instead.set(`127.0.0.1:${ports[0]}`, api).set(`127.0.0.1:${ports[1]}`, control);
}

beforeAll(async () => {
  workplace = await createWorkplace();
  await Promise.all([startStandIn("lark", ["9101", "9102"]), startStandIn("dingtalk", ["9201", "9202"])]);
  const [, yaml = ""] = /<<'EOF'\n([\s\S]+?)\nEOF/.exec(page) ?? [];
  const text = here(yaml).replace("port: 8081", "port: 0");
  expect(configOf(text, secrets).channels.lark.enabled).toBe(true);
  const store = await workplace.write("nothing", "");
  const path = await workplace.write("stand-ins.yaml", text.replace("./data/stand-ins", `${store}-but-a-folder`));
  instead.set("stand-ins.yaml", path);
  const bot = run(["start", "--config", path], secrets);
  running.push(bot);
  const [, url = ""] = await bot.printed(/ready on (http:\/\/[\d.]+:\d+)/);
  instead.set("http://127.0.0.1:8081", url);
  await ready(url);
});

afterAll(async () => {
  for (const one of running) one.signal("SIGTERM");
  await Promise.all(running.map(({ finished }) => finished));
  await workplace?.remove();
});

test("the scripts of package.json that the page starts its stand-ins with start these programs", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  for (const platform of ["lark", "dingtalk"]) {
    expect(page).toContain(`npm run -s stand-in:${platform} --`);
    expect(scripts[`stand-in:${platform}`]).toContain(`test/platforms/${platform}/main.ts`);
  }
});

const tried = stops.filter(({ script }) => /curl|doctor/.test(script));

test("the page has something to see at most stops", () => {
  expect(tried.filter(({ words }) => words.length > 0).length).toBeGreaterThan(7);
});

// Each stands on the one before it.
test.each(tried)("$script shows $words", { timeout: 60_000 }, async ({ script, words }) => {
  // What somebody wrote is answered a moment later: a script that only looks is run until its words are there.
  // In one terminal what was exported stays.
  const [exported = ""] = /^export .+$/m.exec(page) ?? [];
  const commands = `${exported}\n${withoutNpm(here(script))}`;
  const once = async () => {
    const { stdout, stderr } = await runIn(".", "sh", ["-c", commands]).finished;
    expect(stdout).not.toBe("");
    expect(stderr).toBe("");
    expect(stdout).not.toContain('"error"');
    expect(words.filter((word) => !stdout.includes(word))).toEqual([]);
  };
  const looksOnly = /\/(?:sent|state|readyz)$/m.test(script) && !script.includes(" -d ");
  await (looksOnly ? vi.waitFor(once, { timeout: 15_000, interval: 100 }) : once());
});
