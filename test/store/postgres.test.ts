import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { machineClock } from "./machine-clock.ts";
import { startPostgres } from "./postgres.ts";
import { commandOf, describeSites, messageOf, messagesOf } from "./sites.ts";

const postgres = await startPostgres();

/** A line to the server that a test can cut, so that neither side hears of it. */
async function openLine(target: number) {
  const sockets = new Set<Socket>();
  let open = true;
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => other.destroy());
    socket.on("data", (data) => void (open && other.write(data)));
  };
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    keep(near, far);
    keep(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut() {
      open = false;
    },
    mend() {
      open = true;
    },
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function reasonOf(url: string): Promise<string> {
  const log = createRecordingLog();
  const location = { kind: "postgres", url: () => url } as const;
  const opened = await openStore({ location, clock: machineClock, log, processId: "test" });
  if (opened.ok) {
    await opened.store.stop();
    return "opened";
  }
  return `${opened.reason} ${JSON.stringify(log.lines)}`;
}

describeSites(
  "a store in PostgreSQL",
  postgres,
  (createSite) => {
    const server = () => {
      if (!postgres.ok) {
        throw new Error(postgres.reason);
      }
      return postgres.server;
    };
    const urlOf = async () => {
      const { location } = await createSite();
      return new URL(location.kind === "postgres" ? location.url() : "");
    };

    it("says so when the password is wrong, and does not repeat it", async () => {
      const url = await urlOf();
      url.password = "geheim";
      const reason = await reasonOf(url.href);

      expect(reason).toContain("refuses the user or the password (28P01). Check them in store.url.");
      expect(reason).not.toContain("geheim");
    });

    it("says so when there is no such database", async () => {
      const url = await urlOf();
      url.pathname = "/nowhere";

      expect(await reasonOf(url.href)).toContain("no database of this name (3D000)");
    });

    it("says so when the database belongs to another program", async () => {
      const site = await createSite();
      await site.look((db) => db.schema.createTable("schema_version").addColumn("installed", "text").execute());

      const reason = await reasonOf(site.location.kind === "postgres" ? site.location.url() : "");
      expect(reason).toContain("its tables are not those of Deskhand (42703)");
    });

    it("works on when its connections are cut", async () => {
      const site = await createSite();
      const { inbox, cards } = await site.open(machineClock);
      const arrivals = messagesOf(50);

      for (const [index, arrival] of arrivals.entries()) {
        if (index % 10 === 5) {
          await server().run(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'deskhand'",
          );
        }
        cards.record({ channel: "lark", chat: "chat-1", message: `card-${index}`, command: "/help" });
        // As a platform that delivers again what was not accepted.
        await expect.poll(() => inbox.take(arrival).then(() => "taken"), { timeout: 10_000 }).toBe("taken");
      }

      const again = await Promise.all(arrivals.map((arrival) => inbox.take(arrival)));
      expect(new Set(again)).toEqual(new Set(["known"]));
      await expect
        .poll(() => site.look((db) => db.selectFrom("cards").select("message").execute()), { timeout: 15_000 })
        .toHaveLength(50);
    });

    it("says that it does not work while the server is away, and works again by itself", async () => {
      const site = await createSite();
      const store = await site.open(machineClock);
      await store.inbox.take(messageOf("before"));
      store.cards.record({ channel: "lark", chat: "chat-1", message: "card-1", command: "/help" });

      await server().stop();
      try {
        await expect(store.inbox.take(messageOf("meanwhile"))).rejects.toThrow(/cannot be reached|stopping/);
        expect(store.ready()).toBe(false);
        store.inbox.settle(messageOf("before"));
        await expect(store.chats.isGone("lark", "chat-1")).rejects.toThrow();
        expect(await commandOf(store.cards, "lark", "chat-1", "card-1")).toBe("/help");
        store.notes.put({ channel: "lark", kind: "button", key: "key-1", text: "/help" });
        expect(await store.notes.get("lark", "button", "key-1")).toBe("/help");
        store.tallies.add("calls", "2026-06", 2);
        await expect(store.tallies.count("calls", "2026-06")).rejects.toThrow();
      } finally {
        await server().start();
      }
      // Its own look at the store, every three seconds, finds that it is there again.
      await expect.poll(() => store.ready(), { timeout: 10_000 }).toBe(true);

      expect(await store.inbox.take(messageOf("meanwhile"))).toBe("new");
      expect(await store.inbox.take(messageOf("before"))).toBe("known");
      await store.stop();
      const next = await site.open(machineClock);
      expect(await next.inbox.adopt(10)).toEqual([messageOf("meanwhile")]);
      expect(await next.notes.get("lark", "button", "key-1")).toBe("/help");
      expect(await next.tallies.count("calls", "2026-06")).toBe(2);
      const said = site.log.lines.map(({ message }) => message);
      expect(said).toEqual([
        expect.stringMatching(/^The store in PostgreSQL at \S+ cannot be used: it (cannot be reached|is stopping)/),
        "The store works again.",
      ]);
    });

    it("gives up connections that have fallen silent, and works again once there are others", async () => {
      const line = await openLine(Number((await urlOf()).port));
      const url = await urlOf();
      url.port = `${line.port}`;
      const location = { kind: "postgres", url: () => url.href } as const;
      const log = createRecordingLog();
      const opened = await openStore({ location, clock: machineClock, log, processId: "test" });
      try {
        const store = opened.ok ? opened.store : undefined;
        expect(await store?.inbox.take(messageOf("before"))).toBe("new");

        line.cut();
        const begun = performance.now();
        await expect(store?.inbox.take(messageOf("meanwhile"))).rejects.toThrow("does not answer");
        // One deadline and not another one for the rollback.
        expect(performance.now() - begun).toBeLessThan(9_000);
        expect(store?.ready()).toBe(false);
        line.mend();

        await expect.poll(() => store?.ready(), { timeout: 15_000 }).toBe(true);
        await expect(store?.inbox.take(messageOf("meanwhile"))).resolves.toBe("new");
      } finally {
        line.mend();
        await (opened.ok && opened.store.stop());
        await line.close();
      }
    }, 40_000);

    it("ends in time when the server is away", async () => {
      const site = await createSite();
      const store = await site.open(machineClock);
      await server().stop();
      try {
        store.cards.record({ channel: "lark", chat: "chat-1", message: "card-1", command: "/help" });
        await store.stop();
      } finally {
        await server().start();
      }
      expect(site.log.lines.map(({ message }) => message)).toContain(
        "Not all could be written: an answer may be given again, a note be forgotten.",
      );
    });
  },
  ["postgres"],
);

describe("a PostgreSQL that cannot be used", () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket));
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => silent.close(resolve));
  });

  it("is named when nothing listens there", async () => {
    const reason = await reasonOf("postgres://desk:geheim@127.0.0.1:1/desk");

    expect(reason).toContain("PostgreSQL at 127.0.0.1:1 cannot be used: it cannot be reached (ECONNREFUSED)");
    expect(reason).not.toContain("geheim");
  });

  it("is given up after five seconds when it says nothing", async () => {
    const begun = performance.now();
    const reason = await reasonOf(`postgres://desk:geheim@127.0.0.1:${port}/desk`);

    expect(reason).toContain("it does not answer");
    expect(performance.now() - begun).toBeLessThan(9_000);
  });
});
