import { describe, expect, test } from "vitest";
import { createAnswering } from "../../src/bot/answering.ts";
import { createCommandLog } from "../../src/bot/command-log.ts";
import { toCard } from "../../src/cards/index.ts";
import { parse } from "../../src/commands/index.ts";
import { noMeter, noTracer } from "../../src/telemetry/index.ts";
import { createManualClock, settle } from "../manual-clock.ts";
import { createFakeRun, createRecordingLog, emptyDesk, everybody, listAnswer } from "./rig.ts";

const asker = { channel: "lark", chat: "chat-1", user: "user-1", id: "message-1", locale: "en" } as const;

function rigOf(access = everybody) {
  const clock = createManualClock();
  const log = createRecordingLog();
  const fake = createFakeRun();
  const answering = createAnswering({
    run: fake.run,
    desk: emptyDesk,
    access,
    auditing: { answered: async () => {} },
    commandLog: createCommandLog(log, (text) => text),
    clock,
    log,
    meter: noMeter,
    tracer: noTracer,
    deadline: 60_000,
  });
  const ask = (text: string, signals: readonly AbortSignal[] = []) =>
    answering(asker, parse(text), {
      origin: { how: "typed", id: "message-1", at: 0 },
      signals,
      fresh: false,
      onWait: () => {},
    });
  return { clock, log, fake, ask };
}

describe("a command", () => {
  test("is logged in one line with who asked, what for, what came of it and how long it took", async () => {
    const { ask, fake, clock, log } = rigOf();
    const answer = ask("/运行时 状态=Running");
    await clock.advance(120);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await answer;
    expect(log.lines).toEqual([
      {
        level: "info",
        message: "command",
        fields: {
          ...{ channel: "lark", chat: "chat-1", user: "user-1", command: "/runtimes status=Running" },
          ...{ outcome: "ok", answer: "list", milliseconds: 120 },
        },
      },
    ]);
  });

  test.each([
    ["full", "user-1", "user=li.na"],
    ["masked", "u***", 'user="…"'],
    ["hidden", undefined, 'user="…"'],
  ] as const)("is logged with users %s as %s, also those that it asks for", async (show, user, asked) => {
    const [rule] = everybody.rules;
    const rules = rule === undefined ? [] : [{ ...rule, show }];
    const { ask, fake, log } = rigOf({ default: "deny", rules });
    fake.answerAll(listAnswer);
    const commands = ["/runtimes", "/runtimes summary", "/audit"];
    for (const command of commands) {
      await ask(`${command} user=li.na`);
    }
    expect(log.lines.map(({ fields }) => fields)).toMatchObject(
      commands.map((command) => ({ user, command: `${command} ${asked}` })),
    );
  });

  test.each([
    ["full", `/runtimes user=li.na statsu=${"x".repeat(172)}`],
    ["masked", undefined],
    ["hidden", undefined],
  ] as const)(
    "that cannot be read is logged with the first 200 characters typed where users are shown %s",
    async (show, typed) => {
      const [rule] = everybody.rules;
      const rules = rule === undefined ? [] : [{ ...rule, show }];
      const { ask, log } = rigOf({ default: "deny", rules });
      await ask(`/runtimes user=li.na statsu=${"x".repeat(300)}`);
      expect(log.lines.map(({ fields }) => fields)).toMatchObject([{ outcome: "problem", answer: "problem" }]);
      expect(log.lines[0]?.fields).toHaveProperty("typed", typed);
      expect(JSON.stringify(log.lines[0]?.fields).includes("li.na")).toBe(show === "full");
    },
  );

  test("is logged with what its pages have taken, added up, and the last request id", async () => {
    const { ask, fake, log } = rigOf();
    const answer = ask("/runtimes");
    fake.asked[0]?.call.onAsked?.({ api: 80.4, waited: 20, requestId: "one" });
    fake.asked[0]?.call.onAsked?.({ api: 40, waited: 0, requestId: "two" });
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await answer;
    expect(log.lines[0]?.fields).toMatchObject({ pages: 2, api: 120, waited: 20, requestId: "two" });
  });

  test("is refused without a right, before it is read", async () => {
    const { ask, fake } = rigOf({ default: "deny", rules: [] });
    expect(await ask("/runtimes")).toMatchObject({ kind: "refused" });
    expect(await ask("/runtimes statsu=Running")).toMatchObject({ kind: "refused" });
    expect(fake.asked).toEqual([]);
  });

  test.each(["/runtimes user=li.na", "/runtimes sort=user", "/runtimes summary user=li.na"])(
    "%s is refused with the reason where users are not shown, and nothing is run",
    async (text) => {
      const [rule] = everybody.rules;
      const { ask, fake } = rigOf({ default: "deny", rules: rule === undefined ? [] : [{ ...rule, show: "masked" }] });
      const answer = await ask(text);
      expect(answer).toEqual({ kind: "refused", because: "users" });
      expect(JSON.stringify(toCard(answer, "en"))).toContain("cannot be filtered or sorted by them");
      expect(JSON.stringify(toCard(answer, "zh"))).toContain("不能按用户筛选或排序");
      expect(JSON.stringify(toCard(answer, "en"))).not.toContain("li.na");
      expect(fake.asked).toEqual([]);
    },
  );

  test("that cannot be read is a problem, and nothing is run", async () => {
    const { ask, fake } = rigOf();
    expect(await ask("/runtimes statsu=Running")).toMatchObject({ kind: "problem", problem: { kind: "unknown-key" } });
    expect(fake.asked).toEqual([]);
  });

  test("that fails by a fault is told as one, and logged without what the error carries", async () => {
    const { ask, fake, log } = rigOf();
    const answer = ask("/runtimes");
    fake.asked[0]?.fail(Object.assign(new Error("x is undefined"), { request: "s3cret" }));
    expect(await answer).toMatchObject({ kind: "internal", command: { kind: "list" } });
    expect(log.lines).toMatchObject([
      { level: "error", fields: { fault: { message: "x is undefined" } } },
      { level: "info", fields: { outcome: "fault", answer: "internal" } },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain("s3cret");
  });

  test("runs as a person's request", async () => {
    const { ask, fake } = rigOf();
    void ask("/runtimes");
    expect(fake.asked[0]?.call.urgency).toBe("person");
  });
});

describe("the deadline", () => {
  test("ends a command, whose own answer is then the answer", async () => {
    const { ask, fake, clock } = rigOf();
    const answer = ask("/runtimes");
    const [asked] = fake.asked;
    asked?.call.signal.addEventListener("abort", () => asked.answer({ kind: "missing", ...missing }));
    await clock.advance(60_000);
    expect(asked?.call.signal.reason).toMatchObject({ name: "TimeoutError" });
    expect(await answer).toMatchObject({ kind: "missing" });
    expect(clock.sleeping()).toBe(0);
  });

  test("holds for a command that does not heed it", async () => {
    const { ask, clock } = rigOf();
    const answer = ask("/runtimes");
    await clock.advance(61_000);
    expect(await answer).toMatchObject({ kind: "failure", failure: { kind: "timeout" } });
    expect(clock.sleeping()).toBe(0);
  });

  test("leaves nothing behind when the command is faster", async () => {
    const { ask, fake, clock } = rigOf();
    fake.answerAll(listAnswer);
    await ask("/runtimes");
    expect(clock.sleeping()).toBe(0);
  });
});

const missing = { command: { kind: "show", target: "x" }, target: "x" } as const;

describe("a signal", () => {
  test.each([0, 1])("ends a command, also as one of several", async (index) => {
    const { ask, fake } = rigOf();
    const controllers = [new AbortController(), new AbortController()];
    void ask(
      "/runtimes",
      controllers.map(({ signal }) => signal),
    );
    const reason = new Error("stopping");
    controllers[index]?.abort(reason);
    await settle();
    expect(fake.asked[0]?.call.signal.reason).toBe(reason);
  });

  test("that was aborted before ends it from the beginning", () => {
    const { ask, fake } = rigOf();
    void ask("/runtimes", [AbortSignal.abort()]);
    expect(fake.asked[0]?.call.signal.aborted).toBe(true);
  });

  test("of the whole process keeps nothing of the commands that are over", async () => {
    const { ask, fake } = rigOf();
    fake.answerAll(listAnswer);
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, given);
    };
    await Promise.all([ask("/runtimes", [signal]), ask("/help", [signal])]);
    expect(listeners).toBe(0);
  });
});
