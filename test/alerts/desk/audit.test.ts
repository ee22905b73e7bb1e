import { describe, expect, test } from "vitest";
import { createAuditDesk } from "../../../src/alerts/desk/audit.ts";
import { createTime } from "../../../src/alerts/time.ts";
import { type AuditQuery, type Grant, operatorGrant } from "../../../src/bot/index.ts";
import { createPlainAudit } from "../../bot/memory.ts";
import { commandOf } from "../../commands/read.ts";
import { createManualClock } from "../../manual-clock.ts";

const day = 24 * 60 * 60_000;
const clock = createManualClock();

/** The answer to a command over entries of these texts, and what the store was asked. */
async function askOf(text: string, grant: Partial<Grant>, texts: readonly string[], kept = 90 * day) {
  const asked: AuditQuery[] = [];
  const plain = createPlainAudit();
  const audit = {
    ...plain,
    kept: () => kept,
    read: async (query: AuditQuery) => {
      asked.push(query);
      const entries = texts.map((one, index) => {
        const bad = one.startsWith("!");
        const about = { place: String(index), at: 1, user: "ou_1", how: "typed" as const, detail: undefined };
        return { ...about, text: bad ? one.slice(1) : one, outcome: bad ? ("bad" as const) : ("ok" as const) };
      });
      return { ...(await plain.read(query)), entries, people: [{ id: "ou_1", count: 2 }] };
    },
  };
  const people = [{ user: "li.na", ids: { lark: "ou_1", dingtalk: "ou_9" } }];
  const desk = createAuditDesk({ audit, people, zone: "UTC", time: createTime(clock) });
  const command = commandOf(text);
  if (command.kind !== "audit") throw new Error("no audit");
  const answer = await desk(command, {
    asker: { channel: "lark", chat: "oc_1", user: "ou_1" },
    grant: { ...operatorGrant, ...grant },
    ...{ locale: "en", origin: "1", urgency: "person", signal: AbortSignal.timeout(10_000) },
  });
  if (answer.kind !== "audit") throw new Error(answer.kind);
  return { answer, query: asked[0] };
}

const texts = [
  "/runtimes user=li.na status=Running",
  "/view save mine user=li.na",
  "/audit user=li.na",
  "!/rt user=li.na",
];

describe("an audit", () => {
  test("shows commands as they are to who may see users, and who acted by name", async () => {
    const { answer } = await askOf("/audit", { show: "full" }, texts);
    expect(answer.entries.map(({ text }) => text)).toEqual([...texts.slice(0, 3), "/rt user=li.na"]);
    expect([answer.entries[0]?.who, answer.people[0]]).toEqual([
      { id: "ou_1", name: "li.na" },
      { id: "ou_1", name: "li.na", count: 2 },
    ]);
  });

  test.each(["masked", "hidden"] as const)("names no user where they are %s, but ids of who acted", async (show) => {
    const { answer } = await askOf("/audit", { show }, texts);
    expect(answer.entries.map(({ text }) => text)).toEqual([
      ...['/runtimes status=Running user="…"', '/view save mine user="…"', '/audit user="…"', undefined],
    ]);
    expect(answer.entries[0]?.who).toEqual({ id: "ou_1", name: undefined });
    expect(JSON.stringify(answer)).not.toContain("li.na");
  });

  test("finds people by id and, where users may be seen, by name", async () => {
    expect((await askOf("/audit user=li.na,ou_5", { show: "full" }, [])).query?.users).toEqual([
      "li.na",
      "ou_5",
      "ou_1",
    ]);
    expect((await askOf("/audit user=li.na,ou_5", { show: "masked" }, [])).query?.users).toEqual(["li.na", "ou_5"]);
  });

  test("asks of its own chat alone, and no further back than entries are kept", async () => {
    const { query } = await askOf("/audit days=30 page=3 size=20", {}, [], 7 * day);
    expect(query).toMatchObject({ channel: "lark", chat: "oc_1", since: clock.now() - 7 * day, skip: 40, size: 20 });
  });
});
