import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSdkHttp, type SdkHttp } from "../../../adapters/lark/http.ts";
import type { StatusError } from "../../../adapters/lark/status-error.ts";
import { systemClock } from "../../../src/app.ts";
import { isHttpError } from "../../../src/platform/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { until } from "../until.ts";
import { createScriptedServer, failed, type ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
let http: SdkHttp;

beforeEach(async () => {
  server = await createScriptedServer();
  http = createSdkHttp({ timeout: 10_000, clock: systemClock });
});

afterEach(async () => {
  http.stop();
  await server.close();
});

async function errorOf(request: Promise<unknown>): Promise<StatusError> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isHttpError(error)) throw new Error("the request did not fail with an HttpError");
  return error;
}

describe("HTTP for the SDK", () => {
  it("sends JSON, a query and headers, and resolves with the parsed body", async () => {
    server.answer(() => ({ json: { code: 0, data: "é" } }));
    const body = await http.request({
      url: `${server.url}/messages`,
      method: "post",
      params: { receive_id_type: "chat_id", list: ["a", "b c"], left: undefined },
      headers: { Authorization: "Bearer t-1", "X-None": undefined },
      data: { text: "é" },
    });
    expect(body).toEqual({ code: 0, data: "é" });
    expect(server.asked).toMatchObject([
      {
        method: "POST",
        path: "/messages",
        query: { receive_id_type: "chat_id", list: "b c" },
        headers: { authorization: "Bearer t-1", "content-type": "application/json; charset=utf-8" },
        body: { text: "é" },
      },
    ]);
  });

  it("resolves with body and headers when the SDK asks for them", async () => {
    server.answer(() => ({ headers: { "x-tt-logid": "L" }, json: {} }));
    const answer = await http.get(server.url, { $return_headers: true });
    expect(answer).toMatchObject({ data: {}, headers: { "x-tt-logid": "L" } });
  });

  it("sends no body with a GET, also when the SDK gives an empty one", async () => {
    await http.request({ url: server.url, method: "GET", data: {} });
    expect(server.asked).toMatchObject([{ method: "GET", body: undefined }]);
  });

  it("keeps its connection for the next request", async () => {
    for (let index = 0; index < 5; index += 1) await http.post(server.url, {});
    expect(server.connections()).toBe(1);
  });

  it("sends a request again when a kept connection turns out to be closed", async () => {
    server.answer((_, index) => (index === 1 ? "cut" : { json: { index } }));
    await http.post(server.url, {});
    expect(await http.post(server.url, {})).toEqual({ index: 2 });
  });

  it("fails when a new connection is cut", async () => {
    server.answer(() => "cut");
    expect(await errorOf(http.post(server.url, {}))).toMatchObject({ kind: "network", system: "ECONNRESET" });
    expect(server.asked).toHaveLength(1);
  });

  it("fails when nobody listens", async () => {
    await server.close();
    expect(await errorOf(http.post(server.url, {}))).toMatchObject({ kind: "network", system: "ECONNREFUSED" });
  });

  it("fails with what the platform said, and with nothing of the request", async () => {
    server.answer(() => failed(400, 99991400, "too many", { "x-ogw-ratelimit-reset": "52" }));
    const request = { url: `${server.url}/secret-path`, headers: { Authorization: "Bearer t-secret" }, data: "s3cret" };
    const error = await errorOf(http.request({ ...request, method: "POST" }));
    expect(error).toMatchObject({
      kind: "status",
      status: 400,
      code: 99991400,
      msg: "too many",
      logId: "LOG123",
      reset: 52,
    });
    const everything = `${JSON.stringify(error)} ${error.message} ${error.stack} ${Object.values(error).join(" ")}`;
    expect(everything).not.toMatch(/secret|s3cret|127\.0\.0\.1/);
  });

  it("reads retry-after where the platform's own header is missing, and no rubbish", async () => {
    server.answer((_, index) => ({
      status: 429,
      headers: { "retry-after": index === 0 ? "7" : "tomorrow" },
      json: {},
    }));
    expect((await errorOf(http.get(server.url))).reset).toBe(7);
    expect((await errorOf(http.get(server.url))).reset).toBeUndefined();
  });

  it("fails on an answer that is not JSON", async () => {
    server.answer(() => ({ text: "<html>" }));
    expect(await errorOf(http.get(server.url))).toMatchObject({ kind: "unreadable", status: 200 });
  });

  it("gives up an answer that is too long", async () => {
    server.answer(() => ({ json: "x".repeat(2_000) }));
    const short = createSdkHttp({ timeout: 10_000, clock: systemClock, longest: 1_000 });
    expect(await errorOf(short.get(server.url))).toMatchObject({ kind: "unreadable" });
    short.stop();
  });

  it("does not follow a redirect", async () => {
    server.answer(() => ({ status: 307, headers: { location: "http://127.0.0.1:1/" }, json: {} }));
    expect(await errorOf(http.post(server.url, {}))).toMatchObject({ kind: "status", status: 307 });
  });

  it("ends an exchange at its deadline, however little the request asked to wait", async () => {
    const clock = createManualClock();
    const timed = createSdkHttp({ timeout: 5_000, clock });
    server.answer(() => "hang");
    const long = errorOf(timed.post(server.url, {}));
    const short = errorOf(timed.request({ url: server.url, method: "POST", timeout: 1_000 }));
    await until(() => server.asked.length === 2);
    await clock.advance(1_000);
    expect(await short).toMatchObject({ kind: "timeout" });
    await clock.advance(4_000);
    expect(await long).toMatchObject({ kind: "timeout" });
    expect(clock.sleeping()).toBe(0);
    timed.stop();
  });

  it("ends what is under way when it is stopped, and takes nothing more", async () => {
    server.answer(() => "hang");
    const waiting = errorOf(http.post(server.url, {}));
    await until(() => server.asked.length === 1);
    http.stop();
    expect(await waiting).toMatchObject({ kind: "stopped" });
    expect(await errorOf(http.get(server.url))).toMatchObject({ kind: "stopped" });
  });

  it("refuses an upload instead of sending it as JSON", async () => {
    const headers = { "Content-Type": "multipart/form-data" };
    expect(await errorOf(http.post(server.url, { file: {} }, { headers }))).toMatchObject({ kind: "unreadable" });
    expect(server.asked).toHaveLength(0);
  });
});
