import { access } from "node:fs/promises";
import { DockerfileParser, type Instruction } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { beforeAll, expect, it } from "vitest";
import { configOf } from "../config/read.ts";
import { textOf } from "./files.ts";

let text: string;
let instructions: readonly Instruction[];
/** Those of the image that is run. */
let last: readonly Instruction[];

beforeAll(async () => {
  text = await textOf("Dockerfile");
  instructions = DockerfileParser.parse(text).getInstructions();
  last = instructions.slice(instructions.findLastIndex((one) => one.getKeyword() === "FROM"));
});

/** What stands after a keyword, flags included, on one line. */
const all = (keyword: string, of = instructions) =>
  of
    .filter((one) => one.getKeyword() === keyword)
    .map((one) => {
      const { start, end } = one.getRange();
      const lines = text.split("\n").slice(start.line, end.line + 1);
      return lines.join("").replace(/^\S+\s+/, "");
    });

it("the linter has nothing to say about the Dockerfile", () => {
  expect(
    validate(text, { instructionJSONInSingleQuotes: 2, deprecatedMaintainer: 2, emptyContinuationLine: 2 }),
  ).toEqual([]);
});

it("the image is built in stages from one base, whose tag names a whole version and which a digest can replace", () => {
  const base = "$" + "{NODE_IMAGE}";
  expect(all("FROM")).toEqual([`${base} AS build`, base]);
  expect(all("ARG")[0]).toMatch(/^NODE_IMAGE=node:24\.\d+\.\d+-[a-z]+-slim$/);
});

it("the image runs as a user without rights, from files that this user cannot change", () => {
  expect(all("USER", last)).toEqual(["node"]);
  expect(all("COPY", last).filter((one) => one.includes("--chown"))).toEqual([]);
  expect(all("VOLUME", last)).toEqual(["/data"]);
});

it("the image holds no packages of development, no npm, and nothing that an install script made", () => {
  const runs = all("RUN").join("\n");
  expect(runs).toContain("npm ci --omit=dev --ignore-scripts");
  expect(all("RUN", last).join("\n")).toContain("/usr/local/bin/npm");
  expect(runs).not.toMatch(/npm (install|i) |curl|wget|apt-get|ADD /);
  expect(all("ADD")).toEqual([]);
});

it("the image is checked by Node, stopped by SIGTERM, and started without a shell, so that the bot gets the signal", () => {
  expect(all("HEALTHCHECK")[0]).toMatch(/--timeout=5s .*CMD \["node", "\/opt\/deskhand\/healthcheck.js"\]$/);
  expect(all("STOPSIGNAL")).toEqual(["SIGTERM"]);
  expect(JSON.parse(all("ENTRYPOINT")[0] ?? "")).toEqual(["node", "/opt/deskhand/bin/deskhand.js"]);
  expect(JSON.parse(all("CMD")[0] ?? "")).toEqual(["start", "--config", "/etc/deskhand/app.yaml"]);
});

it("everything that is copied is there, and is sent to the builder", async () => {
  const copied = all("COPY")
    .filter((one) => !one.includes("--from="))
    .flatMap((one) => one.split(/\s+/).slice(0, -1));
  expect(copied.length).toBeGreaterThan(8);
  await Promise.all(copied.map((path) => access(new URL(`../../${path}`, import.meta.url))));
  const sent = (await textOf(".dockerignore"))
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  expect(copied.filter((path) => !sent.some((one) => path === one || path.startsWith(`${one}/`)))).toEqual([]);
});

it("the configuration of the image is valid as it stands, listens to other machines on the port that is exposed, and keeps its store in the volume", async () => {
  const config = configOf(await textOf("deploy/container/app.yaml"));
  expect(config.http).toEqual({ host: "0.0.0.0", port: Number(all("EXPOSE")[0]) });
  expect(config.store.url).toEqual({ kind: "file", directory: "/data" });
  expect(config.fleet.source).toBe("simulator");
});

it("the image serves a playground, which has no sign-in, only to who asks for it, and never with the right of an administrator", async () => {
  const text = await textOf("deploy/container/app.yaml");
  const real = { DESKHAND_FLEET: "alibaba-cloud" };
  const enabled = (environment: Record<string, string>) => configOf(text, environment).channels.playground.enabled;
  expect([enabled({}), enabled(real), enabled({ ...real, DESKHAND_PLAYGROUND: "true" })]).toEqual([false, false, true]);
  expect(configOf(text).access.rules.filter(({ allow }) => allow.includes("admin"))).toEqual([]);
});

it("the configuration of the image takes platforms and fleet from the environment", async () => {
  const config = configOf(await textOf("deploy/container/app.yaml"), {
    ...{ LARK_ENABLED: "true", LARK_APP_ID: "cli_1", LARK_APP_SECRET: "secret" },
    ...{ DESKHAND_FLEET: "alibaba-cloud", DESKHAND_STORE: "postgres://deskhand:p@database:5432/deskhand" },
  });
  expect([config.channels.lark.enabled, config.channels.playground.enabled]).toEqual([true, false]);
  expect([config.fleet.source, config.store.url.kind]).toEqual(["alibaba-cloud", "postgres"]);
});
