import { createHash } from "node:crypto";
import { type Desk, type DeskCall, faultOf, type Log } from "../../bot/index.ts";
import type { Answer } from "../../cards/index.ts";
import type { Command, DeskCommand } from "../../commands/index.ts";
import type { AlertViews } from "../alert-views.ts";
import type { AlertMemory } from "../memory.ts";
import { watchId } from "../rounds/configured.ts";
import type { Time } from "../time.ts";
import type { createAlertsOn } from "./alerts-on.ts";
import type { createAuditDesk } from "./audit.ts";
import type { createDigestDesk } from "./digest.ts";
import type { ChosenLanguages } from "./languages.ts";
import type { createQuiet } from "./quiet.ts";
import type { Status } from "./status.ts";
import type { createTrend } from "./trend.ts";
import type { createViewsDesk } from "./views.ts";
import type { createWhy } from "./why.ts";

export interface DeskOptions {
  readonly memory: Pick<AlertMemory, "watches" | "outbox">;
  readonly alertsOn: ReturnType<typeof createAlertsOn>;
  readonly status: Status;
  readonly quiet: ReturnType<typeof createQuiet>;
  readonly why: ReturnType<typeof createWhy>;
  readonly trend: ReturnType<typeof createTrend>;
  readonly digest: ReturnType<typeof createDigestDesk>;
  readonly views: ReturnType<typeof createViewsDesk>;
  readonly languages: ChosenLanguages;
  readonly audit: ReturnType<typeof createAuditDesk>;
  readonly alertViews: AlertViews;
  readonly time: Time;
  readonly log: Log;
  /** Something is owed, or a card shows what is not so any more. */
  readonly onOwed: () => void;
}

/** Runs the commands that concern what is kept for a chat. */
export function createDesk(options: DeskOptions): Desk {
  const { memory, alertsOn, status, quiet, why, trend, digest, views, languages, alertViews, time, log } = options;

  async function run(command: DeskCommand, call: DeskCall): Promise<Answer> {
    switch (command.kind) {
      case "alerts-on":
        return alertsOn(command, call);
      case "alerts-off":
        return off(command, call);
      case "alerts-status":
        return status.answer(command, call);
      case "alerts-test":
        return test(command, call);
      case "alerts-show":
        return show(command, call);
      case "alerts-ack":
      case "alerts-mute":
      case "alerts-unmute":
        return quiet(command, call);
      case "why":
        return why(command, call);
      case "trend":
        return trend(command, call);
      case "digest-on":
        return digest.on(command, call);
      case "digest-off":
        return digest.off(command, call);
      case "digest-status":
        return digest.status(command, call);
      case "view-save":
      case "view-list":
      case "view-drop":
        return views.run(command, call);
      case "lang":
        return language(command, call);
      case "audit":
        return options.audit(command, call);
    }
  }

  async function off(command: Command, { asker }: DeskCall): Promise<Answer> {
    const was = await memory.watches.remove(watchId(asker), time.now());
    options.onOwed();
    const configured = (await memory.watches.of(asker)).filter(({ origin }) => origin === "configuration").length;
    return { kind: "watch-off", command, was, configured };
  }

  /** The same message delivered again asks for the same test. */
  async function test(command: Command, { asker, origin }: DeskCall): Promise<Answer> {
    const { channel, chat, user: by } = asker;
    const about = createHash("sha256")
      .update(JSON.stringify([channel, chat, origin]))
      .digest("hex")
      .slice(0, 12);
    const { wall, steady } = time.now();
    await memory.outbox.add(undefined, {
      ...{ id: `nt${about}`, channel, chat, watch: undefined, kind: "test", target: undefined },
      about: { kind: "test", by, at: wall },
      ...{ madeAt: wall, owedSince: steady },
    });
    options.onOwed();
    return { kind: "alert-test-begun", command };
  }

  async function show(
    command: Extract<DeskCommand, { kind: "alerts-show" }>,
    { asker, grant }: DeskCall,
  ): Promise<Answer> {
    const notice = await memory.outbox.get(command.alert);
    const isOurs = notice !== undefined && notice.channel === asker.channel && notice.chat === asker.chat;
    const card = isOurs ? await alertViews.alert(notice, { grant, page: command.page }) : undefined;
    return card ?? { kind: "no-alert", command, target: command.alert };
  }

  async function language(command: Extract<DeskCommand, { kind: "lang" }>, { asker }: DeskCall): Promise<Answer> {
    if (command.locale === undefined) {
      return { kind: "language", command, locale: await languages.get(asker), changed: false };
    }
    const locale = command.locale === "auto" ? undefined : command.locale;
    await languages.set(asker, locale);
    return { kind: "language", command, locale, changed: true };
  }

  return {
    async run(command, call) {
      try {
        return await run(command, call);
      } catch (error) {
        log.error(
          { command: command.kind, fault: faultOf(error) },
          "What is kept for a chat could not be read or changed.",
        );
        return { kind: "store-failed", command };
      }
    },
    async widen(command, asker) {
      try {
        return await views.widen(command, asker);
      } catch (error) {
        log.error({ fault: faultOf(error) }, "A view could not be looked up.");
        return { answer: { kind: "store-failed", command } };
      }
    },
    language: languages.get,
  };
}
