import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** A folder that has what the image has in /opt/deskhand. */
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "deskhand-health-"));
  await copyFile(new URL("../../deploy/container/healthcheck.js", import.meta.url), join(place, "healthcheck.js"));
  await mkdir(join(place, "dist/src/config"), { recursive: true });
  await writeFile(join(place, "package.json"), '{ "type": "module" }');
  const config = new URL("../../src/config/index.ts", import.meta.url);
  await writeFile(
    join(place, "dist/src/config/index.js"),
    `export { loadConfig } from ${JSON.stringify(config.href)};\n`,
  );
});

afterAll(() => rm(place, { recursive: true, force: true }));

/** The exit code of the check, with a configuration that has this text. */
async function check(text: string): Promise<number | null> {
  await writeFile(join(place, "app.yaml"), text);
  const child = execFile(process.execPath, ["--no-warnings", join(place, "healthcheck.js"), join(place, "app.yaml")]);
  const [code] = await once(child, "close");
  return code;
}

it.each(["0.0.0.0", "127.0.0.1"])(
  "asks on the port that the configuration names, where the bot listens on %s",
  async (host) => {
    const asked: (string | undefined)[] = [];
    let status = 200;
    const bot = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    }).listen(0, host);
    await once(bot, "listening");
    const { port } = bot.address() as AddressInfo;
    const config = `http: { host: ${host}, port: ${port} }\n`;
    expect(await check(config)).toBe(0);
    status = 500;
    expect([await check(config), asked]).toEqual([1, ["/healthz", "/healthz"]]);
    bot.close();
    bot.closeAllConnections();
    expect(await check(config)).toBe(1);
  },
);
