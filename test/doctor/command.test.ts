import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorkplace, run, type Workplace } from "../e2e/process.ts";

let place: Workplace;
beforeAll(async () => {
  place = await createWorkplace();
});
afterAll(() => place.remove());

it("tells everything that is wrong with the configuration in the words of the start, and exits with 1", async () => {
  const bad = await place.write("bad.yaml", 'fleet:\n  source: aliyun\nhttp: { port: "80" }\n');
  const [doctor, start] = await Promise.all([
    run(["doctor", "--json", "--config", bad]).finished,
    run(["start", "--config", bad]).finished,
  ]);
  const report: { ok: boolean; findings: { state: string; says: string; todo: string }[] } = JSON.parse(doctor.stdout);
  const failed = report.findings.filter(({ state }) => state === "failed");

  expect([doctor.code, report.ok]).toEqual([1, false]);
  expect(failed.map(({ says, todo }) => `${says} — ${todo}`)).toEqual(start.stderr.trim().split("\n"));
  expect(failed).toHaveLength(2);
});

it("exits with 2 on a call that makes no sense, and says why", async () => {
  const ends = await Promise.all([
    run(["doctor", "--chat", "somewhere"]).finished,
    run(["doctor", "--channel", "lark"]).finished,
    run(["doctor", "--colour"]).finished,
  ]);
  expect(ends.map(({ code, stdout }) => [code, stdout])).toEqual(ends.map(() => [2, ""]));
  expect(ends.every(({ stderr }) => stderr.includes("Usage: npm run doctor"))).toBe(true);
});

it("ends at a signal, although the API hangs", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const hanging = await place.write(
    "hanging.yaml",
    `fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: 127.0.0.1:${port}
    protocol: http
    timeout: 60s
    credentials: { type: access-key, accessKeyId: LTAItest, accessKeySecret: very-secret }
store: { url: "memory:" }
http: { port: 0 }
`,
  );
  const doctor = run(["doctor", "--config", hanging]);
  await doctor.printed(/configuration {2}file/);
  doctor.signal("SIGINT");
  const { code, stdout } = await doctor.finished;
  silent.close();

  expect(code).toBe(1);
  expect(stdout).not.toMatch(/permission|All is well/);
});
