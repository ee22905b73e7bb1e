import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStandIn, page, type StandIn } from "../appstream/standin.ts";
import { createWorkplace, run, type Workplace } from "../e2e/process.ts";
import { certificateFile, type FakeProxy, startProxy } from "../platforms/proxy/index.ts";

const password = "g%C3%A4heim%3A7";
let place: Workplace;
let api: StandIn;
let proxy: FakeProxy;
beforeAll(async () => {
  place = await createWorkplace();
  api = await createStandIn();
  api.answer(() => page(["ecd-1"]));
  const port = Number(new URL(`http://${api.endpoint}`).port);
  proxy = await startProxy({
    hosts: { "api.deskhand.test": port },
    credentials: `user:${decodeURIComponent(password)}`,
  });
});
afterAll(async () => {
  await proxy.stop();
  await api.close();
  await place.remove();
});

interface Line {
  readonly part: string;
  readonly check: string;
  readonly state: string;
  readonly says: string;
  readonly todo?: string;
}

/** What a whole process of doctor finds behind the proxy; everything that it is given is in its environment. */
async function findings(login: string): Promise<readonly Line[]> {
  const config = await place.write(
    "behind.yaml",
    `fleet:
  source: alibaba-cloud
  providers: [OpenClaw]
  alibabaCloud:
    endpoint: api.deskhand.test
    attempts: 1
    credentials: { type: access-key, accessKeyId: LTAItest, accessKeySecret: very-secret }
channels:
  lark: { enabled: true, appId: cli_0123456789abcdef, appSecret: s3cret, domain: "https://lark.deskhand.test" }
store: { url: "memory:" }
http: { port: 0 }
`,
  );
  const { stdout, stderr } = await run(["doctor", "--json", "--config", config], {
    HTTPS_PROXY: proxy.url.replace("//", `//${login}`),
    https_proxy: "",
    NO_PROXY: "",
    no_proxy: "",
    NODE_EXTRA_CA_CERTS: fileURLToPath(certificateFile),
  }).finished;
  expect(`${stdout}${stderr}`).not.toMatch(/heim|wr0ng/);
  const report: { readonly findings: readonly Line[] } = JSON.parse(stdout);
  return report.findings;
}

const saidOf = (lines: readonly Line[], part: string, check: string): string => {
  const line = lines.find((one) => one.part === part && one.check === check);
  return `${line?.state}: ${line?.says}${line?.todo === undefined ? "" : ` ${line.todo}`}`;
};

it("takes the proxy of the environment everywhere, and says which", async () => {
  const lines = await findings(`user:${password}@`);
  const { host } = new URL(proxy.url);
  expect(saidOf(lines, "configuration", "proxy")).toBe(
    `ok: Connections to the outside take the proxy ${host}, as HTTPS_PROXY says.`,
  );
  expect(saidOf(lines, "clock", "Alibaba Cloud")).toBe("ok: This clock agrees with that of Alibaba Cloud.");
  expect(saidOf(lines, "fleet", "OpenClaw")).toMatch(/^ok: /);
  // The proxy knows no such host.
  expect(saidOf(lines, "lark", "token")).toMatch(
    /^failed: The proxy made no connection \(HTTP 502\).* See that HTTPS_PROXY names a proxy/,
  );
  expect(new Set(proxy.asked)).toEqual(new Set(["CONNECT api.deskhand.test:443", "CONNECT lark.deskhand.test:443"]));
});

it("says of everything that the proxy keeps away that it is the proxy, in the same words", async () => {
  const lines = await findings("user:wr0ng@");
  const todo =
    "Write them in HTTPS_PROXY as http://user:password@host:port, with signs such as @ and : percent-encoded.";
  expect(saidOf(lines, "fleet", "permission")).toContain(
    `failed: Alibaba Cloud App Streaming cannot be reached: the proxy asks for a user and a password, or does not know those it got.`,
  );
  expect([saidOf(lines, "fleet", "permission"), saidOf(lines, "lark", "token")]).toEqual([
    expect.stringContaining(todo),
    expect.stringContaining(todo),
  ]);
});
