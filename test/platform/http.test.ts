import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { createHttp, type Exchange, type Http, isHttpError, jsonBody } from "../../src/platform/index.ts";
import { createScriptedServer, type ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
let http: Http;

beforeEach(async () => {
  server = await createScriptedServer({
    tokenPath: "/none",
    answer: (_, index) => ({ json: { index } }),
    grant: () => "cut",
  });
  http = createHttp({ clock: systemClock, timeout: 10_000, longest: 1_000, connections: 2 });
});

afterEach(async () => {
  http.stop();
  await server.close();
});

const exchange = (once?: boolean): Exchange => ({ url: new URL(server.url), method: "POST", body: jsonBody({}), once });

describe("an exchange that must not arrive twice", () => {
  it("takes a connection of its own, and leaves it", async () => {
    await http.ask(exchange());
    await http.ask(exchange());
    expect(server.connections()).toBe(1);
    await http.ask(exchange(true));
    await http.ask(exchange(true));
    expect(server.connections()).toBe(3);
    expect(server.asked.map(({ headers }) => headers.connection)).toEqual([
      "keep-alive",
      "keep-alive",
      "close",
      "close",
    ]);
  });

  it("is not sent again when its connection is cut, as others over a kept one are", async () => {
    server.answer((_, index) => (index === 1 || index === 3 ? "cut" : { json: { index } }));
    await http.ask(exchange());
    expect((await http.ask(exchange())).data).toEqual({ index: 2 });
    const error = await http.ask(exchange(true)).catch((thrown: unknown) => thrown);
    expect(isHttpError(error) && error.system).toBe("ECONNRESET");
    expect(server.asked).toHaveLength(4);
  });

  it("waits for its turn where as many are under way as there may be", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => http.ask(exchange(true))));
    expect(all.map(({ status }) => status)).toEqual(Array(6).fill(200));
  });

  it("ends when the client is stopped", async () => {
    server.answer(() => "hang");
    const waiting = http.ask(exchange(true)).catch((thrown: unknown) => thrown);
    http.stop();
    const error = await waiting;
    expect(isHttpError(error) && error.kind).toBe("stopped");
  });
});
