import { randomInt } from "node:crypto";
import type { Delivery, Desk } from "../bot/index.ts";
import { createAlertViews } from "./alert-views.ts";
import { createBell } from "./bell.ts";
import { createAlertsOn } from "./desk/alerts-on.ts";
import { createAuditDesk } from "./desk/audit.ts";
import { createDesk } from "./desk/desk.ts";
import { createDigestDesk } from "./desk/digest.ts";
import { createChosenLanguages } from "./desk/languages.ts";
import { createQuiet } from "./desk/quiet.ts";
import { createStatus } from "./desk/status.ts";
import { createTrend } from "./desk/trend.ts";
import { createViewsDesk } from "./desk/views.ts";
import { createWhy } from "./desk/why.ts";
import { startLead } from "./lead.ts";
import type { AlertsOptions } from "./options.ts";
import { createPushes } from "./outbox/pushes.ts";
import { createOverview } from "./overview.ts";
import { createPeople } from "./people.ts";
import { createReign } from "./reign.ts";
import { createBudgetWord } from "./rounds/budget-word.ts";
import { createCallBudget } from "./rounds/call-budget.ts";
import { createStanding } from "./standing.ts";
import { createTurns } from "./turns.ts";

/** Everything that is told without being asked, and the commands that set it up. */
export interface Alerts {
  readonly desk: Desk;
  /** Begins to take part in scanning and sending; through `delivery`, which knows the bot's chats. */
  start(delivery: Delivery): void;
  /** Ends what is under way, and lets another process take over at once. Never rejects. */
  stop(): Promise<void>;
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { memory, reader, rules, budget, zone, time, clock, log, meter, tallies } = options;
  const bells = {
    watches: createBell(clock),
    digests: createBell(clock),
    samples: createBell(clock),
    outbox: createBell(clock),
  };
  const views = createAlertViews({
    memory,
    people: createPeople(options.people),
    zone,
    groupLimit: rules.groupLimit,
    time,
  });
  const standing = createStanding(options.access);
  const calls = createCallBudget({
    ...{ tallies, budget: budget.calls, interval: rules.interval, time, log },
    onWord: createBudgetWord({ memory, budget: budget.calls, time, onOwed: bells.outbox.ring }),
  });
  const pushes = createPushes({
    ...{ tallies, budget: budget.pushes, now: clock.now, log },
    onWord: createBudgetWord({ memory, budget: budget.pushes, time, onOwed: bells.outbox.ring }),
  });
  const languages = createChosenLanguages({ memory, clock, log });
  const onSaved = () => {
    bells.watches.ring();
    bells.samples.ring();
  };
  const used = async () => ({ calls: await calls.used(), pushes: await pushes.used() });
  const status = createStatus({
    ...{ memory, zone, interval: rules.interval, groupLimit: rules.groupLimit, budget, time, used },
  });
  const desk = createDesk({
    ...{ memory, alertViews: views, languages, status, time, log, onOwed: bells.outbox.ring },
    alertsOn: createAlertsOn({ memory, reader, rules, time, clock, onSaved }),
    quiet: createQuiet({ memory, views, reader, zone, time, onChanged: bells.outbox.ring }),
    why: createWhy({ memory, status, rules, zone, time }),
    trend: createTrend({ memory, zone, time }),
    digest: createDigestDesk({ memory, zone, time, onSaved: bells.digests.ring }),
    views: createViewsDesk({ memory, time }),
    audit: createAuditDesk({ audit: options.audit, people: options.people, zone, time }),
  });
  const overview = createOverview({ memory, budget, used, meter, time });
  let lead: ReturnType<typeof startLead> | undefined;
  meter.gauge("leading", () => Number(lead?.leads ?? false));

  return {
    desk,
    start(delivery) {
      const onFenced = () => lead?.depose();
      const parts = {
        bells,
        views,
        standing,
        calls,
        pushes,
        overview,
        delivery,
        onFenced,
        newId: createId,
        inTurn: createTurns(),
      };
      const reign = createReign({ ...options, ...parts });
      lead = startLead({ leadership: memory.leadership, time, clock, log, reign });
    },
    async stop() {
      await lead?.stop();
    },
  };
}

const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** Ten characters that no other has, and that can be read out. */
function createId(): string {
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join("");
}
